package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Sample;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Regressor;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

@ExtendWith(Cluster.class)
class SparkSamplesTest {
  private static final String CSV =
      "width,color,price,kind\n1,red,10,a\n2,blue,20,b\n3,red,30,a\n4,blue,40,b\n";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Dataset<Row> frame(Path file) {
    return Cluster.session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(file.toString());
  }

  private TrainingRecipe classifier(Path csv) throws IOException {
    CsvFormat format =
        CsvFormat.withHeader().categorical("color").ignore("price").label("kind", "a", "b");
    Path model = folder.resolve("classifier.safetensors");
    try (Classifier small = Classifier.builder(format, csv).epochs(1).fit()) {
      small.save(model);
    }
    return TrainingRecipe.of(
        model,
        network ->
            Trainer.builder(network).loss(crossEntropy()).optimizer(adam(0.01)).batchSize(2));
  }

  @Test
  void rowsAreEncodedAsTheNetworkEncodesThem() throws IOException {
    Path csv = write("rows.csv", CSV);
    TrainingRecipe recipe = classifier(csv);

    List<Sample> samples = SparkSamples.ofLabels(frame(csv), "kind", recipe).collect();

    double[] expected =
        recipe
            .builder()
            .buildWorker()
            .network()
            .info()
            .features()
            .orElseThrow()
            .encode(List.of(2, "blue"));
    assertThat(samples).hasSize(4);
    assertThat(samples.get(1).input()).isEqualTo(expected);
    assertThat(samples.get(1).target()).containsExactly(0, 1);
  }

  @Test
  void aDataFrameTrainsAClassifier() throws IOException {
    Path csv = write("rows.csv", CSV);
    TrainingRecipe recipe = classifier(csv);
    Trainer trainer = recipe.builder().epochs(2).build();

    try (SparkTraining data =
        SparkTraining.averageEachEpoch(
            SparkSamples.ofLabels(frame(csv).repartition(2), "kind", recipe), recipe)) {
      History history = trainer.fit(data);

      assertThat(history.epochs()).hasSize(2);
    }
    assertThat(Classifier.of(trainer.network()).classes()).containsExactly("a", "b");
  }

  @Test
  void targetsAreScaledAsInTheModel() throws IOException {
    Path csv = write("rows.csv", CSV);
    CsvFormat format = CsvFormat.withHeader().categorical("color").ignore("kind").target("price");
    Path model = folder.resolve("regressor.safetensors");
    try (Regressor small = Regressor.builder(format, csv).epochs(1).fit()) {
      small.save(model);
    }
    TrainingRecipe recipe =
        TrainingRecipe.of(
            model, network -> Trainer.builder(network).loss(squaredError()).optimizer(adam(0.01)));
    double scaled = recipe.builder().buildWorker().network().info().targets().get(0).scale(30);

    List<Sample> samples = SparkSamples.ofTargets(frame(csv), recipe).collect();

    assertThat(samples.get(2).target()).containsExactly(scaled);
    RowEncoder encoder = new RowEncoder(recipe.builder().buildWorker().network(), "");
    Row noPrice = frame(write("hole.csv", "width,color,price\n1,red,\n")).first();
    assertThatThrownBy(() -> encoder.encode(noPrice))
        .hasMessage(
            "SparkSamples, column 'price': expected a finite number, found null; correct or"
                + " remove the row");
    assertThatThrownBy(() -> SparkSamples.ofLabels(frame(csv), "kind", recipe))
        .hasMessageContaining("a network with class labels");
  }

  @Test
  void aRowThatCannotBeEncodedIsNamed() throws IOException {
    TrainingRecipe recipe = classifier(write("rows.csv", CSV));
    Dataset<Row> wrong = frame(write("wrong.csv", CSV.replace("40,b", "40,c")));

    try (SparkTraining data =
        SparkTraining.averageEachEpoch(SparkSamples.ofLabels(wrong, "kind", recipe), recipe)) {
      assertThatThrownBy(data::stepsPerEpoch)
          .hasMessageContaining(
              "partition 0, row 3, SparkSamples, column 'kind': expected one of the labels [a, b],"
                  + " found 'c'");
    }
  }

  @Test
  void missingColumnsAreRefusedBeforeTheFirstJob() throws IOException {
    Path csv = write("rows.csv", CSV);
    TrainingRecipe recipe = classifier(csv);

    assertThatThrownBy(
            () -> SparkSamples.ofLabels(frame(csv).drop("width", "kind"), "kind", recipe))
        .hasMessage(
            "SparkSamples: expected the columns [width, kind], found [color, price]; rename or"
                + " add the columns");
    assertThatThrownBy(() -> SparkSamples.ofLabels(frame(csv), "kind", TrainingSets.RECIPE))
        .hasMessageContaining("a network with named features");
    assertThatThrownBy(() -> SparkSamples.ofTargets(frame(csv), recipe))
        .hasMessageContaining("a network with target columns");
  }

  @Test
  void executorsLoadTheirPartOfADataSet() {
    List<List<Sample>> parts =
        SparkSamples.of(Cluster.context(), 3, TrainingSets::dataset).glom().collect();

    assertThat(parts).extracting(List::size).containsExactly(21, 21, 22);
    assertThat(parts.get(1).get(5).input()).isEqualTo(TrainingSets.SAMPLES.get(26).input());
    assertThat(SparkSamples.of(Cluster.context(), 65, TrainingSets::dataset).count()).isEqualTo(64);
  }

  @Test
  void weightsOfSamplesAreRefused() {
    double[] weights = new double[64];
    Arrays.fill(weights, 2);
    JavaRDD<Sample> weighted =
        SparkSamples.of(Cluster.context(), 1, () -> TrainingSets.dataset().withWeights(weights));

    try (SparkTraining data =
        SparkTraining.averageEachEpoch(weighted, TrainingSets.WITHOUT_DROPOUT)) {
      assertThatThrownBy(data::stepsPerEpoch)
          .hasMessageContaining("SparkSamples: expected samples without weights, found ")
          .hasMessageContaining("; use classWeights(...)");
    }
  }
}
