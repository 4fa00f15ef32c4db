package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.activation.Activations;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Rows of numbers, with and without features, are predicted or refused as nn-core does. */
class SameNumbersTest {
  @TempDir private Path folder;

  static final Features NUMBERS =
      Features.of(
          List.of(
              new NumberFeature("a", new Bounds(0, 1), 0.5, 2, OptionalDouble.of(1), true),
              new BooleanFeature("b", OptionalDouble.of(0.5), false),
              new CategoryFeature("c", List.of("1", "2.50"), UnknownCategory.ZEROS)));

  @Test
  void ofNumbersForFeatures() throws IOException {
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(5).dense(2, Activations.softmax()).seed(1).build(),
            ModelInfo.none().withFeatures(NUMBERS).withClassLabels("x", "y"));
    for (double[] row :
        new double[][] {{0.3, 1, 2.5}, {Double.NaN, Double.NaN, Double.NaN}, {-4, 0, 1}}) {
      pair.requireSame(row);
      pair.requireSame(core -> core.predict(row), own -> own.predict(row));
      float[] floats = floats(row);
      pair.requireSame(floats);
      pair.requireSame(core -> core.predict(floats), own -> own.predict(floats));
    }
    pair.refusal(new double[] {0.3, 7, 1});
    pair.refusal(new double[] {Double.POSITIVE_INFINITY, 1, 1});
    pair.refusal(new float[] {1, 1});
  }

  static Stream<Object> hugeRows() {
    return Stream.of(
        List.of(1e308, true, 1),
        Map.of("a", "-1e300", "b", true, "c", 1),
        new double[] {7e38, 1, 1},
        Arrays.asList(new java.math.BigDecimal("1e39"), true, null));
  }

  /** Deviation 2: numbers up to twice the maximum of float are in its range when encoded. */
  @ParameterizedTest
  @MethodSource("hugeRows")
  void ofNumbersBeyondTheRangeOfFloat(Object huge) throws IOException {
    BothClassifiers pair =
        BothClassifiers.of(
            folder,
            Network.builder(5).dense(2, Activations.sigmoid()).seed(1).build(),
            ModelInfo.none().withFeatures(NUMBERS).withClassLabels("x", "y"));
    List<Object> good = List.of(6e38, true, 1);
    pair.requireSame(good);
    String refusal =
        "feature 'a': expected a number that is in the range of float when it is encoded, found '";
    assertThat(pair.refusal(huge))
        .startsWith(refusal)
        .endsWith("'; correct the number or its unit");
    assertThat(
            BothClassifiers.sameRefusal(
                () -> pair.core().predictAll(List.of(good, good, huge)),
                () -> pair.own().predictAll(List.of(good, good, huge))))
        .startsWith("row at index 2, " + refusal);
  }

  @Test
  void ofPlainNumbersBeyondTheRangeOfFloat() throws IOException {
    for (double deviation : new double[] {1, 1e-3}) {
      BothClassifiers pair =
          BothClassifiers.of(
              folder,
              Network.builder(3).dense(2, Activations.sigmoid()).seed(1).build(),
              ModelInfo.none()
                  .withInputScaling(InputScaling.divideBy(deviation))
                  .withClassLabels("x", "y"));
      double[] good = {-3e38 * deviation, 0, 3e38 * deviation};
      double[] huge = {0, 1, -4e38 * deviation};
      pair.requireSame(good);
      assertThat(pair.refusal(huge))
          .endsWith(
              ": expected numbers that are in the range of float when they are scaled, found "
                  + huge[2]
                  + " at index 2; correct the number or its unit");
      assertThat(
              BothClassifiers.sameRefusal(
                  () -> pair.core().predictAll(List.of(good, huge)),
                  () -> pair.own().predictAll(List.of(good, huge))))
          .startsWith("row at index 1, ");
    }
  }

  @Test
  void ofOutputsThatAreNotFinite() throws IOException {
    Network network = Network.builder(2).dense(2).seed(1).build();
    network.parameters().get(0).value().assign(3);
    BothClassifiers pair =
        BothClassifiers.of(folder, network, ModelInfo.none().withClassLabels("x", "y"));
    double[] good = {1, 2};
    double[] bad = {3e38, 3e38};
    String found = ": expected finite outputs of the network, found NaN or infinite ones";
    String remedy = "; check the row for huge numbers, or train again with a smaller learning rate";
    assertThat(pair.refusal(bad)).endsWith(found + remedy);
    assertThat(
            BothClassifiers.sameRefusal(
                () -> pair.core().predictAll(List.of(good, bad, good, bad)),
                () -> pair.own().predictAll(List.of(good, bad, good, bad))))
        .endsWith(found + " for the row at index 1" + remedy);
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers[i]);
    return floats;
  }
}
