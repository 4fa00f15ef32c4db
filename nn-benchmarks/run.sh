#!/usr/bin/env bash
# Builds the benchmarks and runs one of their main classes in a JVM of its own:
#   run.sh [JVM options] CLASS [arguments]
# CLASS is in org.nn4j.benchmarks unless it is written in full (org.openjdk.jmh.Main) or is the path of a source file.
# Without one, it only builds.
set -euo pipefail
module=$(cd "$(dirname "$0")" && pwd)

(cd "$module/.." && mvn -q -B package -pl nn-benchmarks -am \
  -DskipTests -Dspotless.check.skip -Djacoco.skip -Dmaven.javadoc.skip -Dmaven.source.skip >&2)

options=()
while [[ ${1:-} == -* ]]; do
  options+=("$1")
  shift
done
[ $# -gt 0 ] || exit 0
class=$1
shift
case $class in *.*) ;; *) class=org.nn4j.benchmarks.$class ;; esac
# Otherwise onnxruntime writes an identifier of this machine to the home folder.
export ORT_DISABLE_TELEMETRY=1
exec java -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  ${options[@]+"${options[@]}"} -cp "$module/target/classes:$(cat "$module/target/classpath")" "$class" "$@"
