package org.nn4j.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.data.feature.Fill.median;
import static org.nn4j.data.feature.TargetColumn.unscaled;
import static org.nn4j.metric.Metrics.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Activation;
import org.nn4j.data.InputScaling;
import org.nn4j.data.csv.CsvColumns;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.csv.CsvFormatException;
import org.nn4j.data.feature.FeatureException;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.init.Initializers;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

class ClassifierTest {
  private static final Map<String, Object> YOUNG =
      Map.of("age", 20, "plan", "basic", "paid", 50, "online", true);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static CsvFormat format;

  @SuppressWarnings("NullAway.Init")
  private static Path test;

  @SuppressWarnings("NullAway.Init")
  private static Classifier model;

  record Customer(double age, String plan, double paid, boolean online) {}

  @BeforeAll
  static void train() throws IOException {
    Path file = ChurnFile.write(folder.resolve("customers.csv"), 400, 1);
    test = ChurnFile.write(folder.resolve("test.csv"), 400, 2);
    format = CsvFormat.infer(file).label("churned").fillMissing(median());
    model =
        Classifier.builder(format, file)
            .hidden(32, relu())
            .epochs(60)
            .validationSplit(0.2)
            .seed(1)
            .fit();
  }

  private static Classifier savedAndLoaded(Classifier classifier) throws IOException {
    Path file = folder.resolve("model.safetensors");
    classifier.save(file);
    return Classifier.load(file);
  }

  @Test
  void rawRowsInLabelsOut() throws IOException {
    Classifier loaded = savedAndLoaded(model);
    assertThat(loaded.evaluate(format, test, accuracy()).value(accuracy())).isGreaterThan(0.9);
    Prediction prediction = loaded.predict(YOUNG);
    assertThat(prediction.label()).isEqualTo("left");
    assertThat(prediction.probability())
        .isEqualTo(prediction.probability("left"))
        .isGreaterThan(0.5);
    assertThat(prediction.probability("stayed"))
        .isCloseTo(1 - prediction.probability(), within(1e-6));
    assertThat(prediction.probabilities().keySet()).containsExactly("left", "stayed");
    assertThat(loaded.predict(List.of("20", "basic", "50", "yes"))).isEqualTo(prediction);
    assertThat(loaded.predict(new Customer(20, "basic", 50, true))).isEqualTo(prediction);
    assertThat(model.predict(YOUNG)).isEqualTo(prediction);
    List<Prediction> two = loaded.predictAll(List.of(YOUNG, List.of(20, "basic", 50, 1)));
    assertThat(two).hasSize(2).allMatch(one -> one.label().equals("left"));
    assertThat(loaded.predictAll(List.of())).isEmpty();
  }

  @Test
  void missingValuesAreFilledAndOthersRefused() {
    Map<String, Object> row = new HashMap<>(YOUNG);
    row.put("age", null);
    Map<String, Object> median = new HashMap<>(YOUNG);
    median.put("age", 48);
    assertThat(model.predict(row)).isEqualTo(model.predict(median));
    row.put("plan", "gold");
    assertThatThrownBy(() -> model.predict(row))
        .isInstanceOfSatisfying(
            FeatureException.class, e -> assertThat(e.feature()).isEqualTo("plan"))
        .hasMessageContaining("one of the categories basic, family, pro, found 'gold'");
    assertThatThrownBy(() -> model.predict(Map.of("age", 1)))
        .hasMessageContaining("feature 'plan': expected a value");
    assertThatThrownBy(() -> model.predict(1, 2, 3, 4)).hasMessageContaining("feature 'plan'");
    assertThatThrownBy(() -> model.predictAll(List.of("20,basic,50,yes")))
        .hasMessageContaining("expected a map, list, record, float[] or double[], found");
  }

  @Test
  void theRowThatIsRefusedIsNamed() {
    List<Object> old = List.of("old", "basic", 50, true);
    assertThatThrownBy(() -> model.predictAll(List.of(YOUNG, old)))
        .isInstanceOfSatisfying(
            FeatureException.class, e -> assertThat(e.feature()).isEqualTo("age"))
        .hasMessage(
            "row at index 1, feature 'age': expected a finite number, found 'old'; pass a number,"
                + " or a"
                + " string with a decimal point");
    assertThatThrownBy(() -> model.predictAll(List.of(YOUNG, List.of(1))))
        .hasMessage(
            "row at index 1, Features: expected 4 values: age, plan, paid, online, found 1"
                + " values; pass a"
                + " value for each feature, in this order");
  }

  @Test
  void aListOfNumbersIsARowOfANetworkWithoutFeatures() {
    Classifier plain = plain(3, sigmoid());
    assertThat(plain.predict(List.of(255, 0.0))).isEqualTo(plain.predict(255, 0.0));
    assertThatThrownBy(() -> plain.predict(List.of(1, "2")))
        .hasMessage(
            "Classifier(numbers -> [a, b, c]): expected numbers, because the network has no named"
                + " features,"
                + " found List12 [1, 2]; pass a float[], a double[] or a list of numbers");
  }

  /** The copy has the columns of the file, which need not have the label. */
  @Test
  void predictionsAreWrittenBesideTheRows() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "plan,age,online,paid,remark\nbasic,20,yes,50,\"a, b\"\npro,,no,20,\n");
    Path copy = folder.resolve("copy.csv");
    model.predict(format, rows, copy);
    List<String> lines = Files.readAllLines(copy);
    assertThat(lines.get(0)).isEqualTo("plan,age,online,paid,remark,prediction,probability");
    String row = "basic,20,yes,50,\"a, b\",left,";
    assertThat(lines.get(1)).startsWith(row);
    assertThat(Double.parseDouble(lines.get(1).substring(row.length())))
        .isEqualTo(model.predict(YOUNG).probability(), within(1e-6));
    assertThat(lines.get(2)).startsWith("pro,,no,20,,stayed,");
    Files.writeString(rows, "plan,age,online\nbasic,20,yes\n");
    assertThatThrownBy(() -> model.predict(format, rows, copy))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("found no column paid");
    Files.writeString(rows, "plan,age,online,paid\nbasic,20,yes,50\nbasic,1e308,yes,50\n");
    assertThatThrownBy(() -> model.predict(format, rows, copy))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining(
            "'age': expected a number that is in the range of float when it is encoded, found");
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    Prediction expected = model.predict(YOUNG);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Prediction>> predictions = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        predictions.add(threads.submit(() -> model.predict(YOUNG)));
      }
      for (Future<Prediction> prediction : predictions) {
        assertThat(prediction.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Classifier plain(int outputs, Activation last) {
    Network network =
        Network.builder(2).dense(outputs, last).weights(Initializers.constant(1)).build();
    String[] labels = outputs == 1 ? new String[] {"no", "yes"} : new String[] {"a", "b", "c"};
    network.parameters().get(1).value().putScalar(0, Math.log(2)); // the first bias
    network.setInfo(
        ModelInfo.none().withInputScaling(InputScaling.divideBy(255)).withClassLabels(labels));
    return Classifier.of(network);
  }

  /** z = (ln 2, 0, 0) for the input (0, 0). */
  @Test
  void outputsBecomeProbabilitiesByTheLastActivation() throws IOException {
    Map<String, Double> softmax = plain(3, identity()).predict(0f, 0f).probabilities();
    assertThat(softmax.get("a")).isCloseTo(0.5, within(1e-6));
    assertThat(softmax.get("c")).isCloseTo(0.25, within(1e-6));
    Prediction logit = plain(1, identity()).predict(0.0, 0.0);
    assertThat(logit.probability("yes")).isCloseTo(2.0 / 3, within(1e-6));
    assertThat(plain(1, sigmoid()).predict(0, 0).label()).isEqualTo("yes");
    Prediction shares = savedAndLoaded(plain(3, sigmoid())).predict(0, 0);
    assertThat(shares.label()).isEqualTo("a");
    assertThat(shares.probability()).isCloseTo(2.0 / 3 / (2.0 / 3 + 1), within(1e-6));
    // (255, 0) / 255 adds 1 to each z
    Prediction scaled = plain(1, sigmoid()).predict(255, 0);
    assertThat(scaled.probability()).isCloseTo(1 / (1 + Math.exp(-1) / 2), within(1e-6));
    assertThatThrownBy(() -> plain(3, tanh()))
        .hasMessageContaining("expected softmax, sigmoid or identity as the last activation");
    assertThatThrownBy(() -> plain(3, sigmoid()).predict(1))
        .hasMessageContaining("expected 2 numbers, found 1 numbers");
    assertThatThrownBy(() -> plain(3, sigmoid()).predict(1, Float.NaN))
        .hasMessageEndingWith(
            "expected finite numbers, found NaN at index 1; fill it in: only named"
                + " features have a rule for missing values");
    assertThatThrownBy(() -> plain(1, softmax()))
        .hasMessageContaining("sigmoid or identity as the last activation of one output");
    assertThatThrownBy(() -> plain(3, sigmoid()).predict(YOUNG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "expected numbers, because the network has no named features, found Map");
  }

  /** The label of a file has two columns. */
  @Test
  void aNetworkOfOneOutputIsEvaluated() throws IOException {
    Path signs = Files.writeString(folder.resolve("signs.csv"), "x,sign\n-0.5,no\n-2,no\n3,yes\n");
    CsvFormat labeled = CsvFormat.withHeader().label("sign");
    CsvColumns columns = labeled.columnsOf(signs);
    for (Activation last : List.of(identity(), sigmoid())) {
      Network network = Network.builder(1).dense(1, last).build();
      network.parameters().values().assign(1);
      Classifier one = Classifier.of(network, columns.features(), columns.classes());
      assertThat(one.evaluate(labeled, signs, accuracy()).value(accuracy())).isEqualTo(2.0 / 3);
    }
  }

  @Test
  void aNetworkThatIsRefusedKeepsItsInformation() throws IOException {
    Features features = model.features().orElseThrow();
    Network network = Network.builder(features.inputs().size()).dense(2, tanh()).build();
    assertThatThrownBy(() -> Classifier.of(network, features, List.of("a", "b")))
        .hasMessageContaining("as the last activation, found tanh");
    assertThatThrownBy(() -> Regressor.of(network, features, List.of()))
        .hasMessageContaining("a network with targets");
    assertThat(network.info()).isEqualTo(ModelInfo.none());
  }

  @Test
  void aNetworkThatDivergedHasNoAnswer() {
    Classifier broken = plain(3, sigmoid());
    broken.network().parameters().values().putScalar(0, Double.NaN);
    assertThatThrownBy(() -> broken.predict(1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "expected finite outputs of the network, found NaN or infinite ones;");
  }

  @Test
  void rowsOfALongFileWithoutFiniteOutputsAreNamed() throws IOException {
    Features one = Features.of(List.of(number("a")));
    Network network = Network.builder(1).dense(2).build();
    network.parameters().get(0).value().assign(3);
    Classifier classifier = Classifier.of(network, one, List.of("x", "y"));
    Path rows = folder.resolve("long.csv");
    Files.writeString(rows, "a\n" + "1\n".repeat(2000) + "3e38\n");
    assertThatThrownBy(
            () -> classifier.predict(CsvFormat.withHeader(), rows, folder.resolve("long-copy.csv")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NaN or infinite ones for the row at index 2000;");
  }

  private static NumberFeature number(String name) {
    return new NumberFeature(
        name, new NumberFeature.Bounds(0, 1), 0, 1, OptionalDouble.empty(), false);
  }

  /** In the type of the network. */
  @Test
  void plainNumbersOfDoublesMayBeHuge() {
    Network network = Network.builder(1).dense(1, sigmoid()).dataType(DataType.DOUBLE).build();
    network.parameters().values().assign(1);
    network.setInfo(
        ModelInfo.none().withInputScaling(InputScaling.divideBy(0.5)).withClassLabels("no", "yes"));
    Classifier doubles = Classifier.of(network);
    assertThat(doubles.predict(1e300).label()).isEqualTo("yes");
    assertThatThrownBy(() -> doubles.predict(1e308))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "expected numbers that are in the range of double when they are scaled, found 1.0E308"
                + " at index 0; correct the number or its unit");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Network network = Network.builder(2).dense(2).build();
    Path file = folder.resolve("plain.safetensors");
    ModelFiles.save(network, file);
    assertThatThrownBy(() -> Classifier.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            refused(
                file,
                "a network with two or more class labels, found 0 class labels; load it with"
                    + " ModelFiles.load, and set them:"
                    + " network.setInfo(network.info().withClassLabels(...))"));
    assertThatThrownBy(() -> Regressor.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            refused(
                file,
                "a network with targets, found none; load it with ModelFiles.load, and set them:"
                    + " network.setInfo(network.info().withTargets(...))"));
    model.save(file);
    assertThatThrownBy(() -> Regressor.load(file))
        .hasMessage(
            refused(
                file, "a network with targets, found one with class labels; use Classifier.load"));
    network.setInfo(ModelInfo.none().withTargets(List.of(unscaled("a"), unscaled("b"))));
    assertThatThrownBy(() -> Classifier.of(network))
        .hasMessage(
            "Classifier: expected a network with two or more class labels, found one with targets;"
                + " use Regressor");
    ModelFiles.save(network, file);
    assertThatThrownBy(() -> Classifier.load(file))
        .hasMessage(
            refused(
                file,
                "a network with two or more class labels, found one with targets; use"
                    + " Regressor.load"));
    network.setInfo(ModelInfo.none());
    assertThatThrownBy(() -> Classifier.of(network, model.features().orElseThrow(), List.of("a")))
        .hasMessageContaining("features of 2 numbers, the inputs of the network, found 6 numbers");
    assertThatThrownBy(() -> model.evaluate(CsvFormat.withHeader(), test, accuracy()))
        .hasMessageContaining("found no label; pass a file with these columns");
    assertThatThrownBy(
            () ->
                Classifier.builder(
                        CsvFormat.withHeader().target("a"), RegressorTest.numbers(folder))
                    .fit())
        .hasMessageContaining("expected a format with a label");
    Path alike = Files.writeString(folder.resolve("alike.csv"), "a,b\n1,x\n2,x\n");
    assertThatThrownBy(() -> Classifier.builder(CsvFormat.infer(alike).label("b"), alike).fit())
        .hasMessage(
            "Classifier: expected two or more classes in the column of the label, found [x]; use"
                + " a file"
                + " with rows of each class");
  }

  @Test
  void aPredictionPrintsTheMostProbableClasses() {
    Map<String, Double> ten = new LinkedHashMap<>();
    IntStream.range(0, 10).forEach(i -> ten.put("c" + i, 0.1));
    assertThat(new Prediction("c0", ten))
        .hasToString("Prediction[label=c0, probabilities=" + ten + "]");
    Map<String, Double> twelve = new LinkedHashMap<>();
    IntStream.range(0, 12).forEach(i -> twelve.put("c" + i, i / 64.0));
    assertThat(new Prediction("c11", twelve))
        .hasToString(
            "Prediction[label=c11, probabilities={c11=0.171875, c10=0.15625, c9=0.140625,"
                + " c8=0.125, c7=0.109375, c6=0.09375, c5=0.078125, c4=0.0625, c3=0.046875,"
                + " c2=0.03125 and 2 more}]");
  }

  private static String refused(Path file, String reason) {
    return "model file "
        + file
        + ", metadata 'info': expected "
        + reason
        + "; see docs/troubleshooting.md#model-file";
  }
}
