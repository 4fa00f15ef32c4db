package org.nn4j.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Split;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

class CsvTest {
  private static final String FLOWERS =
      """
      id,length,color,width,species
      a1,5.1,red,1.5,setosa
      a2,4,green,-2e-1,"virginica"
      a3, 7.25 ,blue,0,setosa

      a4,6,red,.5,versicolor
      """;

  private final Path folder;

  CsvTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), content);
  }

  private static double[][] rows(BatchSource source) {
    List<double[]> rows = new ArrayList<>();
    try (Epoch epoch = source.epoch(1)) {
      for (Batch batch : epoch) {
        for (int i = 0; i < batch.size(); i++) {
          double[] x = doubles(batch.inputs().slice(i));
          double[] y = doubles(batch.targets().slice(i));
          double[] row = new double[x.length + y.length];
          System.arraycopy(x, 0, row, 0, x.length);
          System.arraycopy(y, 0, row, x.length, y.length);
          rows.add(row);
        }
      }
    }
    return rows.toArray(double[][]::new);
  }

  private static double[][] rows(Dataset data) {
    return rows(Batches.inOrder(data, 3, DOUBLE));
  }

  @Test
  void columnsBecomeInputsCategoriesAndClasses() throws IOException {
    Path file = file(FLOWERS);
    CsvColumns columns =
        CsvFormat.withHeader().ignore("id").categorical("color").label("species").columnsOf(file);
    assertThat(columns.inputs())
        .containsExactly("length", "color=blue", "color=green", "color=red", "width");
    assertThat(columns.classes()).containsExactly("setosa", "versicolor", "virginica");
    assertThat(columns.inputShape()).isEqualTo(Shape.of(5));
    assertThat(columns.targetShape()).isEqualTo(Shape.of(3));
    assertThat(columns)
        .hasToString(
            "CsvColumns(length, color=blue, color=green, color=red, width -> species of [setosa,"
                + " versicolor, virginica])");
    Dataset data = columns.read(file);
    assertThat(rows(data))
        .isDeepEqualTo(
            new double[][] {
              {5.1, 0, 0, 1, 1.5, 1, 0, 0},
              {4, 0, 1, 0, -0.2, 0, 0, 1},
              {7.25, 1, 0, 0, 0, 1, 0, 0},
              {6, 0, 0, 1, 0.5, 0, 1, 0}
            });
    assertThat(data.classes()).containsExactly(0, 2, 0, 1);
  }

  @Test
  void anotherFileIsReadWithTheSameCategoriesAndClasses() throws IOException {
    CsvColumns columns =
        CsvFormat.withHeader()
            .ignore("id")
            .categorical("color")
            .label("species")
            .columnsOf(file(FLOWERS));
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "id,length,color,width,species\nb1,1,green,2,versicolor\n");
    assertThat(rows(columns.read(other))).isDeepEqualTo(new double[][] {{1, 0, 1, 0, 2, 0, 1, 0}});
  }

  @Test
  void regressionsHaveTargetsThatAreNumbers() throws IOException {
    Path file = file("y,x,z\n1,2,3\n4,5,6\n");
    CsvColumns columns = CsvFormat.withHeader().target("z", "y").columnsOf(file);
    assertThat(columns.inputs()).containsExactly("x");
    assertThat(columns.classes()).isEmpty();
    assertThat(columns).hasToString("CsvColumns(x -> y, z)");
    assertThat(rows(columns.read(file))).isDeepEqualTo(new double[][] {{2, 1, 3}, {5, 4, 6}});
  }

  @Test
  void filesWithoutHeaderHaveColumnsByIndex() throws IOException {
    Path file = file("7;5;a;1\r\n8;6;b;0\r\n");
    CsvFormat format = CsvFormat.withoutHeader().separator(';').ignore("0").categorical("2");
    CsvColumns columns = format.labelNumber("3", 2).columnsOf(file);
    assertThat(columns.inputs()).containsExactly("1", "2=a", "2=b");
    assertThat(rows(columns.read(file)))
        .isDeepEqualTo(new double[][] {{5, 1, 0, 0, 1}, {6, 0, 1, 1, 0}});
    assertThat(format.label("3").columnsOf(file).classes()).containsExactly("0", "1");
    assertThat(
            rows(
                CsvFormat.withoutHeader()
                    .separator(';')
                    .ignore("2")
                    .target("3", "0")
                    .columnsOf(file)
                    .read(file)))
        .isDeepEqualTo(new double[][] {{5, 7, 1}, {6, 8, 0}});
  }

  @Test
  void classesMayBeGivenAndNumbersAreSortedByValue() throws IOException {
    Path file = file("x,c\n1,10\n2,9\n3,100\n");
    CsvFormat format = CsvFormat.withHeader();
    assertThat(format.label("c").columnsOf(file).classes()).containsExactly("9", "10", "100");
    CsvColumns given = format.label("c", "100", "10", "9", "8").columnsOf(file);
    assertThat(given.read(file).classes()).containsExactly(1, 2, 0);
    assertThat(given.targetShape()).isEqualTo(Shape.of(4));
    assertThat(format.labelNumber("c", 101).columnsOf(file).read(file).classes())
        .containsExactly(10, 9, 100);
  }

  @Test
  void quotesByteOrderMarksAndEncodingsAreRead() throws IOException {
    Path file = file("\ufeff\"x, \"\"mm\"\"\",\"c\"\n\"1\", \"zwei\nZeilen\"\n2,Zürich\n");
    CsvColumns columns = CsvFormat.withHeader().label("c").columnsOf(file);
    assertThat(columns.inputs()).containsExactly("x, \"mm\"");
    assertThat(columns.classes()).containsExactly("Zürich", "zwei\nZeilen");
    Path latin = folder.resolve("latin.csv");
    Files.writeString(latin, "x,c\n1,Zürich\n", StandardCharsets.ISO_8859_1);
    CsvFormat format = CsvFormat.withHeader().label("c").charset(StandardCharsets.ISO_8859_1);
    assertThat(format.columnsOf(latin).classes()).containsExactly("Zürich");
  }

  @Test
  void largeFilesAreReadInBatches() throws IOException {
    Path file = file(FLOWERS);
    CsvColumns columns =
        CsvFormat.withHeader().ignore("id").categorical("color").label("species").columnsOf(file);
    BatchSource source = columns.batches(file, 3, DOUBLE);
    assertThat(rows(source)).isDeepEqualTo(rows(columns.read(file)));
    assertThat(rows(source)).as("again").isDeepEqualTo(rows(columns.read(file)));
    assertThat(columns.batches(file, 3, FLOAT).epoch(1).iterator().next().inputs().dataType())
        .isEqualTo(FLOAT);
  }

  /** The whole way: file, split, statistics, training, saved model, raw numbers of another file. */
  @Test
  void aClassifierIsTrainedFromAFile() throws IOException {
    StringBuilder text = new StringBuilder("weight,color,height,kind\n");
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 200; i++) {
      boolean large = random.nextBoolean();
      boolean red = random.nextBoolean();
      text.append(
          String.format(
              Locale.ROOT,
              "%.3f,%s,%.3f,%s%n",
              (large ? 900 : 500) + 40 * random.nextGaussian(),
              red ? "red" : "blue",
              0.2 + 0.01 * random.nextGaussian(),
              large ? red ? "apple" : "melon" : "plum"));
    }
    Path file = file(text.toString());
    CsvColumns columns = CsvFormat.withHeader().categorical("color").label("kind").columnsOf(file);
    Split split = columns.read(file).splitStratified(0.25, 1);
    InputScaling scaling = InputStatistics.of(split.training()).standard();
    Network network = Network.builder(4).dense(8, tanh()).dense(3, softmax()).seed(1).build();
    Trainer trainer =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(adam(0.05))
            .batchSize(16)
            .epochs(20)
            .build();
    trainer.fit(split.training().normalize(scaling));
    assertThat(
            Evaluator.of(network)
                .metrics(accuracy())
                .evaluate(split.validation().normalize(scaling))
                .value(accuracy()))
        .isGreaterThan(0.95);
    network.setInfo(
        ModelInfo.none()
            .withInputScaling(scaling)
            .withClassLabels(columns.classes().toArray(String[]::new)));
    Path model = folder.resolve("fruit.safetensors");
    ModelFiles.save(network, model);

    Path fruit = folder.resolve("fruit.csv");
    Files.writeString(fruit, "weight,color,height,kind\n910,blue,0.2,melon\n480,red,0.2,plum\n");
    Network loaded = ModelFiles.load(model);
    Batch raw = Batches.inOrder(columns.read(fruit), 2, FLOAT).evaluation().iterator().next();
    int[] answers =
        loaded
            .predict(loaded.info().inputScaling().orElseThrow().apply(raw.inputs()))
            .argMax(1)
            .toIntVector();
    assertThat(loaded.info().classLabels().get(answers[0])).isEqualTo("melon");
    assertThat(loaded.info().classLabels().get(answers[1])).isEqualTo("plum");
  }
}
