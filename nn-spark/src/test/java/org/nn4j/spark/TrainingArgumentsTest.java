package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nn4j.RunLength;
import org.nn4j.data.Sample;

@ExtendWith(Cluster.class)
@SuppressWarnings("NullAway")
class TrainingArgumentsTest {
  private static void assertRefused(String who, String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NullPointerException.class)
        .hasMessage(
            "%s: expected argument '%s', found null; pass a value for '%s'", who, name, name);
  }

  @Test
  void trainingNeedsSamplesAndARecipe() {
    TrainingRecipe recipe = TrainingSets.RECIPE;
    JavaRDD<Sample> samples = Cluster.context().parallelize(List.of(), 1);
    String who = "SparkTraining";
    assertRefused(who, "samples", () -> SparkTraining.averageEachEpoch(null, recipe));
    assertRefused(who, "recipe", () -> SparkTraining.averageEachEpoch(samples, null));
    assertRefused(who, "samples", () -> SparkTraining.averageEvery(1, null, recipe));
    assertRefused(who, "recipe", () -> SparkTraining.averageEvery(1, samples, null));
    assertRefused(who, "samples", () -> SparkTraining.sumGradients(null, recipe));
    assertRefused(who, "recipe", () -> SparkTraining.sumGradients(samples, null));
    assertThatThrownBy(() -> SparkTraining.averageEvery(0, samples, recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("steps between averages");
    try (SparkTraining data = SparkTraining.sumGradients(samples, recipe)) {
      assertRefused(who + ".next", "training", () -> data.next(null, RunLength.of(1, 1)));
    }
  }

  @Test
  void samplesNeedASource() {
    TrainingRecipe recipe = TrainingSets.RECIPE;
    Dataset<Row> frame = Cluster.session().range(1).toDF();
    JavaSparkContext context = Cluster.context();
    String who = "SparkSamples";
    assertRefused(who, "frame", () -> SparkSamples.ofLabels(null, "a", recipe));
    assertRefused(who, "label", () -> SparkSamples.ofLabels(frame, null, recipe));
    assertRefused(who, "recipe", () -> SparkSamples.ofLabels(frame, "a", null));
    assertRefused(who, "frame", () -> SparkSamples.ofTargets(null, recipe));
    assertRefused(who, "recipe", () -> SparkSamples.ofTargets(frame, null));
    assertRefused(who, "context", () -> SparkSamples.of(null, 1, TrainingSets::dataset));
    assertRefused(who, "data", () -> SparkSamples.of(context, 1, null));
    assertThatThrownBy(() -> SparkSamples.of(context, 0, TrainingSets::dataset))
        .hasMessageContaining("partitions");
  }

  @Test
  void recipesNeedAModelAndSettings() {
    assertRefused("TrainingRecipe.of", "model", () -> TrainingRecipe.of(null, network -> null));
    assertRefused("TrainingRecipe.of", "settings", () -> TrainingRecipe.of(Path.of("file"), null));
  }
}
