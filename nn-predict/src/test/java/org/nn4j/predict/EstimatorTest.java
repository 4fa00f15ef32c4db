package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.activation.Activations;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.Progress;
import org.nn4j.tuning.TemperatureScaling;

/** How estimators are loaded, shared and shipped. */
class EstimatorTest {
  private static final List<Object> ROW = List.of("33", "yes", "basic");

  @TempDir private Path folder;
  private Path file;
  private Network network;

  @BeforeEach
  void saveClassifier() throws IOException {
    file = folder.resolve("classifier.safetensors");
    network =
        Network.builder(4).dense(9, Activations.tanh()).dense(2, Activations.softmax()).build();
    network.setInfo(
        ModelInfo.none()
            .withFeatures(
                Features.of(
                    List.of(
                        new NumberFeature(
                            "age", new Bounds(0, 99), 40, 20, OptionalDouble.of(3), false),
                        new BooleanFeature("online", OptionalDouble.empty(), false),
                        new CategoryFeature(
                            "plan", List.of("basic", "pro"), UnknownCategory.ERROR))))
            .withClassLabels("stayed", "left"));
    ModelFiles.save(network, file);
  }

  private Path saveRegressor() throws IOException {
    Path regressor = folder.resolve("regressor.safetensors");
    Network one = Network.builder(2).dense(1).build();
    one.setInfo(ModelInfo.none().withTargets(List.of(new TargetColumn("price", 100, 7))));
    ModelFiles.save(one, regressor);
    return regressor;
  }

  @Test
  void aTemperatureIsApplied() throws IOException {
    double before = Classifier.load(file).predict(ROW).probability("left");
    new TemperatureScaling(0.25).applyTo(network);
    ModelFiles.save(network, file);
    double after = Classifier.load(file).predict(ROW).probability("left");
    double logit = 4 * Math.log(before / (1 - before));
    assertThat(after).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-5));
    assertThat(org.nn4j.estimator.Classifier.load(file).predict(ROW).probability("left"))
        .isCloseTo(after, within(1e-6));
  }

  @Test
  void loadFromAPathAStreamAndBytes() throws IOException {
    Prediction expected = Classifier.load(file).predict(ROW);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Classifier.load(bytes).predict(ROW)).isEqualTo(expected);
    assertThat(Classifier.load(new ByteArrayInputStream(bytes)).predict(ROW)).isEqualTo(expected);
    Path regressor = saveRegressor();
    byte[] other = Files.readAllBytes(regressor);
    Estimate price = Regressor.load(regressor).predict(1.5, 2);
    assertThat(Regressor.load(other).predict(1.5, 2)).isEqualTo(price);
    assertThat(Regressor.load(new ByteArrayInputStream(other)).predict(1.5f, 2)).isEqualTo(price);
    assertThatThrownBy(() -> Classifier.load(regressor))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(regressor + ", metadata 'info': expected a network with two or more");
    assertThatThrownBy(() -> Regressor.load(file)).isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(() -> Classifier.load((Path) null))
        .hasMessage("Predictor.load: expected a file, found null; pass a path");
    assertThatThrownBy(() -> Classifier.of(null))
        .hasMessage(
            "Classifier.of: expected argument 'predictor', found null; pass a value for"
                + " 'predictor'");
  }

  @Test
  void checkpointsAreLoaded() throws IOException {
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    Checkpoint.of(network, Optimizers.adam(0.001), new Progress(1, 0, 0, 0, 0)).save(checkpoint);
    assertThat(Classifier.load(checkpoint).predict(ROW))
        .isEqualTo(Classifier.load(file).predict(ROW));
  }

  /** The predictor of a file of format 2 takes encoded rows. */
  @Test
  void thePredictorTakesEncodedRows() throws IOException {
    Classifier classifier = Classifier.load(file);
    float[] outputs = classifier.predictor().predict(new float[] {(33 - 40) / 20f, 1, 1, 0});
    assertThat(classifier.predict(ROW).probabilities().values())
        .containsExactly((double) outputs[0], (double) outputs[1]);
    assertThat(Predictor.load(file).predict(new float[] {(33 - 40) / 20f, 1, 1, 0}))
        .containsExactly(outputs);
  }

  @Test
  void answersAreNotChanged() throws IOException {
    Prediction prediction = Classifier.load(file).predict(ROW);
    assertThatThrownBy(() -> prediction.probabilities().put("x", 1.0))
        .isInstanceOf(UnsupportedOperationException.class);
    Estimate estimate = Regressor.load(saveRegressor()).predict(1, 2);
    assertThatThrownBy(() -> estimate.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    Classifier classifier = Classifier.load(file);
    assertThatThrownBy(() -> classifier.features().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> classifier.classes().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void areShippedAsTheBytesOfTheirFiles() throws Exception {
    Classifier classifier = Classifier.load(file);
    byte[] shipped = Serialized.write(classifier);
    assertThat(shipped.length).isLessThan((int) Files.size(file) + 500);
    Classifier arrived = (Classifier) Serialized.read(shipped);
    assertThat(arrived.predict(ROW)).isEqualTo(classifier.predict(ROW));
    Regressor regressor = Regressor.load(saveRegressor());
    assertThat(((Regressor) Serialized.read(Serialized.write(regressor))).predict(1, 2))
        .isEqualTo(regressor.predict(1, 2));
    shipped[shipped.length - 2] ^= 1; // in the data of the last tensor
    assertThatThrownBy(() -> Serialized.read(shipped))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("content: expected checksum");
  }

  /** The bytes of a regressor in the form of a classifier. */
  @Test
  void shippedFormsThatAreForgedAreRefused() throws Exception {
    byte[] form = Serialized.write(Regressor.load(saveRegressor()));
    String forged =
        new String(form, StandardCharsets.ISO_8859_1)
            .replace(
                "\u0000\u001aorg.nn4j.predict.Regressor",
                "\u0000\u001borg.nn4j.predict.Classifier");
    assertThatThrownBy(() -> Serialized.read(forged.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("expected a network with two or more class labels");
  }

  @Test
  void layersOfTheUsersOwnAreRead() throws Exception {
    byte[] bytes =
        Models.with(
            Models.network("[2]", "{\"type\":\"my.Swap\",\"output\":[2]}", "[2]"),
            "{\"class_labels\":[\"a\",\"b\"],\"notes\":{}}");
    LayerReader swap =
        layer ->
            (input, output) -> {
              output[0] = input[1];
              output[1] = input[0];
            };
    Classifier classifier = Classifier.of(Predictor.load(bytes, Map.of("my.Swap", swap)));
    assertThat(classifier.predict(2, 1).label()).isEqualTo("b");
    assertThat(classifier.predict(2, 1).probability())
        .isEqualTo(1 / (1 + Math.exp(-1)), org.assertj.core.api.Assertions.within(1e-12));
    assertThatThrownBy(() -> Serialized.write(classifier))
        .isInstanceOf(NotSerializableException.class);
  }

  @Test
  void manyThreadsShareOne() throws Exception {
    Classifier classifier = Classifier.load(file);
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Prediction> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("age", i % 7 == 0 ? null : i);
      row.put("online", i % 2 == 0);
      row.put("plan", i % 3 == 0 ? "pro" : "basic");
      rows.add(row);
      expected.add(classifier.predict(row));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            () -> {
              int wrong = 0;
              for (int k = 0; k < 2000; k++) {
                wrong += classifier.predict(rows.get(k % 50)).equals(expected.get(k % 50)) ? 0 : 1;
              }
              return wrong;
            });
      }
      for (Future<Integer> wrong : threads.invokeAll(calls)) {
        assertThat(wrong.get()).isZero();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** One pass over the text: a number of so many digits would take minutes otherwise. */
  @Test
  void longTextsAreRefusedAtOnce() throws IOException {
    Classifier classifier = Classifier.load(file);
    String digits = "1".repeat(2_000_000) + "x";
    assertThatThrownBy(() -> classifier.predict(List.of(digits, "yes", "basic")))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("... (2,000,001 characters)'");
  }
}
