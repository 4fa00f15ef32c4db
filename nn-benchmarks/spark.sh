#!/usr/bin/env bash
# Builds nn-spark and submits a main class of its tests to two executors on this machine:
#   spark.sh [options of spark-submit, each with a value] CLASS [arguments]
# CLASS is in org.nn4j.spark. The executors get Spark, nn-spark and nn-predict, and nothing else.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
module=$root/nn-spark
(cd "$root" && mvn -q -B package dependency:build-classpath -Dmdep.outputFile=target/classpath -pl nn-spark -am \
  -DskipTests -Dspotless.check.skip -Djacoco.skip -Dmaven.javadoc.skip -Dmaven.source.skip >&2)

# A folder like that of a Spark distribution, which has no script spark-submit but the class behind it.
export SPARK_HOME=$module/target/distribution SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
rm -rf "$SPARK_HOME"
mkdir -p "$SPARK_HOME/jars"
tr ':' '\n' <"$module/target/classpath" | grep -v '/nn-\|nd4j\|bytedeco' | xargs ln -s -t "$SPARK_HOME/jars"
jars=$(ls "$module"/target/nn-spark-*.jar "$root"/nn-predict/target/nn-predict-*.jar |
  grep -v 'sources\|javadoc' | paste -sd,)

options=()
while [[ ${1:-} == -* ]]; do
  options+=("$1" "$2")
  shift 2
done
class=$1
shift
flags=(-Djava.io.tmpdir="$module/target" -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector)
for package in java.lang java.lang.invoke java.io java.net java.nio java.util java.util.concurrent sun.nio.ch; do
  flags+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
exec java "${flags[@]}" -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/classpath")" \
  org.apache.spark.deploy.SparkSubmit --master 'local-cluster[2,1,1024]' \
  --conf spark.driver.host=localhost --conf spark.ui.enabled=false ${options[@]+"${options[@]}"} \
  --jars "$jars" --class "org.nn4j.spark.$class" spark-internal "$@"
