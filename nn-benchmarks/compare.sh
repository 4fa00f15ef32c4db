#!/usr/bin/env bash
# Runs our workloads and those of the other libraries that are built in PEERS_DIR, alternating, and prints a Markdown
# table for each workload and the ratios of the times, ours over theirs. README.md explains the figures.
#   MNIST_DIR=... ./compare.sh PEERS_DIR [W1 W2 W3 W4]
# ROUNDS (5); EPOCHS of ours (20 in W1 and W2, 3 in W3); PEERS (all that are installed), such as "c-openblas sklearn";
# PY, a Python with numpy, sklearn and torch (python3); JAVA_OPTS for ours.
set -euo pipefail
if [ $# -eq 0 ] || [ ! -x "$1/run_peers.sh" ]; then
  sed -n '2,6s/^# *//p' "$0" >&2
  exit 2
fi
: "${MNIST_DIR:?set MNIST_DIR to the folder of the four MNIST files, raw or .gz}"
peers=$(cd "$1" && pwd)
shift
module=$(cd "$(dirname "$0")" && pwd)
"$module/run.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The other libraries' programs read raw files alone.
for name in {train,t10k}-{images-idx3,labels-idx1}-ubyte; do
  if [ -e "$MNIST_DIR/$name" ]; then
    ln -s "$(realpath "$MNIST_DIR/$name")" "$scratch/$name"
  else
    gunzip -c "$MNIST_DIR/$name.gz" >"$scratch/$name"
  fi
done

NN4J_CLASS_PATH="$module/target/classes:$(cat "$module/target/classpath")"
export NN4J_CLASS_PATH MNIST_DIR="$scratch" PY="${PY:-python3}"
[ $# -gt 0 ] || set -- W1 W2 W3 W4
python3 "$module/compare.py" "$peers" "$@"
