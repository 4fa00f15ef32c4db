package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

/** Predictions of nn-core and nn-predict from all kinds of outputs. */
class SameOutputsTest {
  @TempDir private Path folder;

  /** The activations and outputs that a classifier may end in. */
  @Test
  void ofEachKindOfOutput() throws IOException {
    Random random = new Random(8);
    for (Activation last :
        List.of(Activations.softmax(), Activations.sigmoid(), Activations.identity())) {
      // one output of a softmax is always 1
      for (int outputs = last.equals(Activations.softmax()) ? 2 : 1; outputs < 5; outputs++) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
          BothClassifiers pair =
              BothClassifiers.of(
                  folder,
                  Network.builder(4).dense(outputs, last).dataType(type).seed(outputs).build(),
                  ModelInfo.none().withClassLabels(labels(Math.max(2, outputs))));
          for (int i = 0; i < 20; i++) {
            double[] row =
                DoubleStream.generate(() -> random.nextGaussian() * 5).limit(4).toArray();
            pair.requireSame(row);
          }
          pair.requireSame(new double[] {1e30, -1e30, 1e30, 1e30});
        }
      }
    }
  }

  private static String[] labels(int n) {
    return IntStream.range(0, n).mapToObj(i -> "class " + i).toArray(String[]::new);
  }

  /** Sigmoids that are all 0, and layers after the last activation. */
  @Test
  void ofUnusualOutputs() throws IOException {
    Network zeros = Network.builder(2).dense(3, Activations.sigmoid()).seed(1).build();
    zeros.parameters().get(0).value().assign(-100);
    BothClassifiers pair =
        BothClassifiers.of(folder, zeros, ModelInfo.none().withClassLabels(labels(3)));
    pair.requireSame(new double[] {1e3, 1e3});
    assertThat(pair.own().predict(1e3, 1e3).probability()).isEqualTo(1.0 / 3);
    Network nested =
        Network.builder(2)
            .dense(4, Activations.relu())
            .layer(Network.builder(4).dense(3, Activations.sigmoid()).spec())
            .seed(1)
            .build();
    BothClassifiers.of(folder, nested, ModelInfo.none().withClassLabels(labels(3)))
        .requireSame(new double[] {1, 2});
    Network logits =
        Network.builder(2).dense(3, Activations.relu()).layerNormalization().seed(1).build();
    BothClassifiers.of(folder, logits, ModelInfo.none().withClassLabels(labels(3)))
        .requireSame(new double[] {1, 2});
    Network matrix =
        Network.builder(2, 3).flatten().dense(3, Activations.softmax()).seed(1).build();
    BothClassifiers.of(folder, matrix, ModelInfo.none().withClassLabels(labels(3)))
        .requireSame(new double[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void refusalsOfOutputsThatAreNotFinite() throws IOException {
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(2).dense(3, Activations.softmax()).seed(1).build(),
            ModelInfo.none().withClassLabels(labels(3)));
    pair.refusal(new double[] {Double.NaN, 1});
    pair.refusal(new float[] {1, Float.POSITIVE_INFINITY});
  }

  /** Format 1: labels and scaling of plain numbers. */
  @Test
  void ofScaledPlainNumbers() throws IOException {
    Network one = Network.builder(3).dense(2, Activations.softmax()).seed(2).build();
    ModelInfo labeled = ModelInfo.none().withClassLabels("no", "yes").withNote("title", "test");
    for (InputScaling scaling :
        List.of(
            InputScaling.divideBy(255),
            new InputScaling(List.of(1.5e9, 0.1, -3.0), List.of(1e3, -0.3, 7.0)))) {
      BothClassifiers pair = BothClassifiers.of(folder, one, labeled.withInputScaling(scaling));
      pair.requireSame(new double[] {1.5e9 + 123.25, 0.2, 250});
      pair.requireSame(new float[] {1.5e9f, 0.2f, 250});
      assertThat(pair.own().features()).isEmpty();
    }
    BothClassifiers plain = BothClassifiers.of(folder, one, labeled);
    plain.requireSame(new double[] {1, 2, 3});
    assertThat(plain.refusal(new double[2]))
        .isEqualTo(
            "Classifier(numbers -> [no, yes]): expected 3 numbers, found 2 numbers; pass all"
                + " numbers of one sample");
    plain.requireSame(List.of(1, 2.5, 3L));
    assertThat(plain.refusal(Map.of("a", 1)))
        .isEqualTo(
            "Classifier(numbers -> [no, yes]): expected numbers, because the network has no named"
                + " features, found Map1 {a=1}; pass a float[], a double[] or a list of numbers");
    plain.refusal(List.of(1, 2, "3"));
    plain.refusal(List.of(1, 2));
    plain.refusal("text");
  }

  /** What a digit classifier saves: a checkpoint with the scaling of bytes and the labels. */
  @Test
  void ofTheCheckpointOfADigitClassifier() throws IOException {
    Network digits =
        Network.builder(784)
            .dense(30, Activations.sigmoid())
            .dense(10, Activations.sigmoid())
            .seed(1)
            .build();
    digits.setInfo(
        ModelInfo.none()
            .withInputScaling(InputScaling.divideBy(255))
            .withClassLabels("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    Path file = folder.resolve("digits.safetensors");
    Checkpoint.of(digits, Optimizers.sgd(3), new Progress(1, 0, 0, 0, 0)).save(file);
    BothClassifiers pair =
        new BothClassifiers(org.nn4j.estimator.Classifier.load(file), Classifier.load(file));
    byte[] images = SyntheticDigits.generate(100, 1).pixels();
    for (int i = 0; i < 100; i++) {
      float[] pixels = new float[784];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = Byte.toUnsignedInt(images[i * pixels.length + j]);
      }
      pair.requireSame(pixels);
    }
  }

  @Test
  void ofRegressionsWithScaledTargets() throws IOException {
    List<TargetColumn> targets =
        List.of(new TargetColumn("rent", 812.5, 240.25), TargetColumn.unscaled("area"));
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Path file =
          BothClassifiers.save(
              folder,
              Network.builder(5).dense(6, Activations.elu(1)).dense(2).dataType(type).build(),
              ModelInfo.none().withFeatures(SameNumbersTest.NUMBERS).withTargets(targets));
      org.nn4j.estimator.Regressor core = org.nn4j.estimator.Regressor.load(file);
      Regressor own = Regressor.load(file);
      List<List<?>> rows = List.of(List.of("0.3", "yes", "2.50"), Arrays.asList(null, 0, "none"));
      List<org.nn4j.estimator.Estimate> expected = core.predictAll(rows);
      List<Estimate> found = own.predictAll(rows);
      for (int i = 0; i < rows.size(); i++) {
        Estimate one = found.get(i);
        expected
            .get(i)
            .values()
            .forEach(
                (name, value) ->
                    assertThat(one.value(name))
                        .isCloseTo(value, within(1e-5 * Math.max(1, Math.abs(value)))));
        assertThat(one.values().keySet()).containsExactly("rent", "area");
        org.nn4j.estimator.Estimate other = expected.get(i);
        BothClassifiers.sameRefusal(other::value, one::value);
        BothClassifiers.sameRefusal(() -> other.value("x"), () -> one.value("x"));
        BothClassifiers.sameRefusal(() -> other.value(null), () -> one.value(null));
      }
      assertThat(own).hasToString(core.toString());
      assertThat(own.targets()).containsExactly("rent", "area");
      BothClassifiers.sameRefusal(() -> core.predict(List.of()), () -> own.predict(List.of()));
      assertThat(found.get(0)).isEqualTo(own.predict(rows.get(0)));
      assertThat(found.get(0)).hasSameHashCodeAs(own.predict(rows.get(0)));
      assertThat(found.get(0).toString()).startsWith("Estimate[values={rent=");
    }
    Path single =
        BothClassifiers.save(
            folder,
            Network.builder(2).dense(1).build(),
            ModelInfo.none()
                .withInputScaling(InputScaling.divideBy(10))
                .withTargets(List.of(new TargetColumn("price", -5, 3))));
    assertThat(Regressor.load(single).predict(4f, 7f).value())
        .isCloseTo(org.nn4j.estimator.Regressor.load(single).predict(4f, 7f).value(), within(1e-5));
  }
}
