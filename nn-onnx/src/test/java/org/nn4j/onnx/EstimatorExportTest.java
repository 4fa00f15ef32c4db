package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Estimate;
import org.nn4j.estimator.Prediction;
import org.nn4j.estimator.Regressor;
import org.nn4j.io.Settings;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Predictions of onnxruntime for raw rows. */
class EstimatorExportTest {
  private static final Bounds BOUNDS = new Bounds(0, 1);

  static final Features FEATURES =
      Features.of(
          List.of(
              new NumberFeature("time", BOUNDS, 1.7e9, 1000, OptionalDouble.empty(), false),
              new NumberFeature("age", BOUNDS, 40, 12.5, OptionalDouble.of(37), true),
              new BooleanFeature("online", OptionalDouble.of(0.25), true),
              new BooleanFeature("new", OptionalDouble.empty(), false),
              new CategoryFeature("plan", List.of("basic", "plus", "pro"), UnknownCategory.ZEROS),
              new CategoryFeature("city", List.of("Rome", "Oslo"), UnknownCategory.ERROR)));

  private static final List<List<@Nullable Object>> ROWS = new ArrayList<>();

  static {
    ROWS.add(java.util.Arrays.asList(1.7000001e9, 20, true, false, "basic", "Rome"));
    ROWS.add(java.util.Arrays.asList(1.6999999e9, null, null, true, "other", "Oslo"));
    ROWS.add(java.util.Arrays.asList(1.7e9, 90.5, false, true, "pro", "Oslo"));
  }

  private final Path folder;

  EstimatorExportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < FEATURES.names().size(); i++) {
      int column = i;
      List<@Nullable Object> values = ROWS.stream().map(row -> row.get(column)).toList();
      boolean isText = values.get(0) instanceof String;
      columns.put(
          FEATURES.names().get(i),
          isText
              ? values.stream().map(v -> new String[] {(String) v}).toArray(String[][]::new)
              : Nd4j.createFromArray(
                      values.stream().mapToDouble(EstimatorExportTest::number).toArray())
                  .reshape(values.size(), 1));
    }
    return columns;
  }

  private static double number(@Nullable Object value) {
    return value == null
        ? Double.NaN
        : value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
  }

  private static Network network(int outputs, Activation last) {
    return Networks.drawn(
        Network.builder(FEATURES.inputs().size()).dense(6, tanh()).dense(outputs, last), 3);
  }

  static Stream<Arguments> classifiers() {
    return Stream.of(
        Arguments.of(3, softmax(), List.of("a", "b", "c")),
        Arguments.of(3, identity(), List.of("a", "b", "c")),
        Arguments.of(3, sigmoid(), List.of("a", "b", "c")),
        Arguments.of(1, sigmoid(), List.of("no", "yes")),
        Arguments.of(1, identity(), List.of("no", "yes")));
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void classifiersAnswerWithLabelsAndProbabilities(
      int outputs, Activation last, List<String> classes) throws Exception {
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      Classifier classifier = Classifier.of(network(outputs, last), FEATURES, classes);
      Path file = folder.resolve("classifier.onnx");
      Onnx.export(classifier, file, OnnxOptions.defaults().dataType(type));
      try (OnnxRuntime runtime = new OnnxRuntime(file)) {
        assertThat(runtime.inputs()).containsExactlyElementsOf(FEATURES.names());
        assertThat(runtime.outputs()).containsExactly("label", "probabilities");
        Map<String, Object> found = runtime.run(columns());
        List<Prediction> predictions = classifier.predictAll(ROWS);
        assertThat(found.get("label"))
            .isEqualTo(predictions.stream().map(Prediction::label).toList());
        INDArray expected =
            Nd4j.createFromArray(
                predictions.stream()
                    .map(
                        prediction ->
                            prediction.probabilities().values().stream()
                                .mapToDouble(p -> p)
                                .toArray())
                    .toArray(double[][]::new));
        Networks.assertClose(OnnxRuntime.array(found, "probabilities"), expected, 1e-5);
      }
    }
  }

  @Test
  void unknownCategoriesOfAStrictFeatureAreRefused() throws Exception {
    Path file = folder.resolve("classifier.onnx");
    Onnx.export(Classifier.of(network(2, softmax()), FEATURES, List.of("a", "b")), file);
    Map<String, Object> columns = columns();
    columns.put("city", new String[][] {{"Rome"}, {"Paris"}, {"Oslo"}});
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      assertThatThrownBy(() -> runtime.run(columns)).isInstanceOf(OrtException.class);
    }
  }

  @Test
  void sigmoidsThatAreAllZeroAreEqualProbabilities() throws Exception {
    Network network = Network.builder(2).dense(2, sigmoid()).build();
    network.parameters().get(1).value().assign(-200);
    network.setInfo(ModelInfo.none().withClassLabels("a", "b"));
    Path file = folder.resolve("zeros.onnx");
    Onnx.export(Classifier.of(network), file);
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      Map<String, Object> found = runtime.run(Map.of("input", Nd4j.zeros(FLOAT, 1, 2)));
      assertThat(OnnxRuntime.array(found, "probabilities").toFloatMatrix()[0])
          .containsExactly(0.5f, 0.5f);
      assertThat(found.get("label")).isEqualTo(List.of("a"));
    }
  }

  /** Floats round such units to the same value. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void unitsAreDoubles(DataType type) throws Exception {
    List<TargetColumn> targets =
        List.of(new TargetColumn("seconds since 1970", 1.7e9, 10), new TargetColumn("b", 1e39, 1));
    Regressor regressor = Regressor.of(network(2, identity()), FEATURES, targets);
    Path file = folder.resolve("units.onnx");
    Onnx.export(regressor, file, OnnxOptions.defaults().dataType(type));
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      INDArray found = OnnxRuntime.array(runtime.run(columns()), "values");
      List<Estimate> expected = regressor.predictAll(ROWS);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.getDouble(i, 0))
            .isEqualTo(expected.get(i).value("seconds since 1970"), within(1e-4));
        assertThat(found.getDouble(i, 1)).isEqualTo(1e39);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void regressorsAnswerInUnits(DataType type) throws Exception {
    List<TargetColumn> targets =
        List.of(new TargetColumn("price", 200, 40), new TargetColumn("days", -3, 0.5));
    Regressor regressor = Regressor.of(network(2, identity()), FEATURES, targets);
    Path file = folder.resolve("regressor.onnx");
    Onnx.export(regressor, file, OnnxOptions.defaults().dataType(type));
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      INDArray found = OnnxRuntime.array(runtime.run(columns()), "values");
      INDArray expected =
          Nd4j.createFromArray(
              regressor.predictAll(ROWS).stream()
                  .map(
                      prediction ->
                          new double[] {prediction.value("price"), prediction.value("days")})
                  .toArray(double[][]::new));
      Networks.assertClose(found, expected, 1e-3);
    }
  }

  @Test
  void plainNumbersAreScaledInTheGraph() throws Exception {
    for (InputScaling scaling :
        List.of(
            InputScaling.divideBy(255),
            new InputScaling(List.of(1.0, 2.0, 3.0, 4.0), List.of(0.5, 2.0, -1.0, 3.0)))) {
      Network network = Networks.drawn(Network.builder(2, 2).flatten().dense(3, softmax()), 4);
      network.setInfo(ModelInfo.none().withInputScaling(scaling).withClassLabels("x", "y", "z"));
      Path file = folder.resolve("plain.onnx");
      Onnx.export(Classifier.of(network), file, OnnxOptions.defaults().names("pixels", "-"));
      INDArray raw = Networks.random(1, FLOAT, 5, 2, 2).mul(100);
      try (OnnxRuntime runtime = new OnnxRuntime(file)) {
        INDArray found = OnnxRuntime.array(runtime.run(Map.of("pixels", raw)), "probabilities");
        Networks.assertClose(found, network.predict(scaling.apply(raw)), 1e-5);
        Map<String, String> metadata = runtime.metadata();
        String info = Objects.requireNonNull(metadata.get("nn4j.info"));
        assertThat(ModelInfo.of(Settings.parse(info))).isEqualTo(network.info());
        assertThat(metadata).containsEntry("nn4j.input", "Div");
      }
    }
  }

  @Test
  void namesOfFeaturesMayBeThoseOfOutputsButNotBlank() throws Exception {
    for (String name : List.of("label", "Concat", "labels", "input", "é \u2603")) {
      Features features =
          Features.of(
              List.of(
                  new NumberFeature(name, BOUNDS, 0, 1, OptionalDouble.empty(), false),
                  new NumberFeature("x", BOUNDS, 0, 1, OptionalDouble.empty(), false)));
      Network network = Network.builder(2).dense(2, softmax()).build();
      Path file = folder.resolve("names.onnx");
      Onnx.export(Classifier.of(network, features, List.of("a", "b")), file);
      try (OnnxRuntime runtime = new OnnxRuntime(file)) {
        assertThat(runtime.inputs()).containsExactly(name, "x");
        assertThat(runtime.outputs()).hasSize(2).contains("probabilities");
      }
    }
    Features blank =
        Features.of(List.of(new NumberFeature(" ", BOUNDS, 0, 1, OptionalDouble.empty(), false)));
    Network network = Network.builder(1).dense(2, softmax()).build();
    Classifier classifier = Classifier.of(network, blank, List.of("a", "b"));
    assertThatThrownBy(() -> Onnx.export(classifier, folder.resolve("blank.onnx")))
        .hasMessage(
            "Onnx.export: expected features whose names are not blank, found ' '; rename the"
                + " feature");
  }

  @Test
  void equalModelsAreEqualFiles() throws Exception {
    Classifier classifier = Classifier.of(network(3, softmax()), FEATURES, List.of("a", "b", "c"));
    Path one = folder.resolve("one.onnx");
    Path two = folder.resolve("two.onnx");
    Onnx.export(classifier, one);
    Onnx.export(classifier, two);
    assertThat(one).hasSameBinaryContentAs(two);
  }
}
