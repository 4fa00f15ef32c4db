package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Sample;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.CheckpointListener;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

/** The code of the training section of docs/spark.md, between markers, run. */
@ExtendWith(Cluster.class)
class TrainingPageTest {
  private static org.nn4j.data.Dataset load(String folder) {
    assertThat(folder).isNotEmpty();
    return TrainingSets.dataset();
  }

  @Test
  void aTrainerOnTheDriver(@TempDir Path folder) {
    JavaRDD<Sample> samples = TrainingSets.partitions(32, 32);
    org.nn4j.data.Dataset validation = TrainingSets.dataset();
    // page
    TrainingRecipe recipe =
        () ->
            Trainer.builder(Network.builder(3).dense(20, relu()).dense(2, softmax()).build())
                .loss(crossEntropy())
                .optimizer(adam(0.001))
                .batchSize(32)
                .seed(7);
    Trainer trainer =
        recipe
            .builder()
            .epochs(10)
            .validation(validation)
            .metric(accuracy())
            .listener(CheckpointListener.into(folder))
            .build();
    try (SparkTraining data = SparkTraining.averageEvery(100, samples, recipe)) {
      History history = trainer.fit(data);
      System.out.println(history);
    }
    // end
    assertThat(trainer.progress().epoch()).isEqualTo(11);
  }

  @Test
  void samplesOfFilesAndDataFrames(@TempDir Path folder) throws Exception {
    JavaSparkContext context = Cluster.context();
    Path model = folder.resolve("churn.safetensors");
    Network untrained = Network.builder(1).dense(2, softmax()).build();
    untrained.setInfo(
        ModelInfo.none()
            .withFeatures(
                Features.of(
                    java.util.List.of(
                        new BooleanFeature("active", java.util.OptionalDouble.empty(), false))))
            .withClassLabels("left", "stayed"));
    ModelFiles.save(untrained, model);
    Dataset<Row> customers =
        Cluster.session().sql("select id % 2 = 0 as active, 'left' as outcome from range(4)");
    // page
    JavaRDD<Sample> digits = SparkSamples.of(context, 8, () -> load("/shared/mnist"));

    TrainingRecipe recipe =
        TrainingRecipe.of(
            model, network -> Trainer.builder(network).loss(crossEntropy()).optimizer(adam(0.001)));
    JavaRDD<Sample> rows = SparkSamples.ofLabels(customers, "outcome", recipe);
    // end
    assertThat(digits.count()).isEqualTo(64);
    assertThat(rows.collect()).hasSize(4);
  }
}
