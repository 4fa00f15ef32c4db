package org.nn4j.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.metric.Metrics.mae;
import static org.nn4j.metric.Metrics.mse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Reference;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

class PermutationImportanceTest {
  private static final double[][] X = {{1, 5}, {2, -5}, {3, 1}, {6, 0}};

  private static Network neuron(Activation activation, double bias, double... weights) {
    Network network = Network.builder(weights.length).dense(1, activation).dataType(DOUBLE).build();
    double[] all = Arrays.copyOf(weights, weights.length + 1);
    all[weights.length] = bias;
    network.parameters().setValues(Nd4j.createFromArray(all));
    return network;
  }

  private static double[][] column(double... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(number -> new double[] {number})
        .toArray(double[][]::new);
  }

  private static double[][] rows(Reference reference) {
    try (INDArray x = reference.array("x", DOUBLE)) {
      return x.toDoubleMatrix();
    }
  }

  /**
   * y = 2 x₀, so the error before is 0. A permutation replaces x by any x' with the same chance: E
   * (2x − 2x')² = 4 · 2 var x, and x = 1, 2, 3, 6 has variance 3.5.
   */
  @Test
  void theErrorOfAPermutedLinearInputIsTwiceItsVariance() {
    Network network = neuron(identity(), 0, 2, 0);
    Dataset data = Dataset.of(X, column(2, 4, 6, 12));
    List<FeatureImportance> found = PermutationImportance.ofError(network, data, mse(), 4000, 1);
    assertThat(found).extracting(FeatureImportance::feature).containsExactly("0", "1");
    assertThat(found.get(0).losses()).hasSize(4000);
    assertThat(found.get(0).mean()).isCloseTo(4 * 2 * 3.5, within(1.0));
    assertThat(found.get(1).losses()).containsOnly(0.0);
    assertThat(found.get(1).deviation()).isZero();
    assertThat(new FeatureImportance("age", List.of(1.0, 2.0, -0.5)))
        .hasToString("FeatureImportance[feature=age, mean=0.8333, deviation=1.027]");
  }

  @Test
  void theFiguresAreThoseOfScikitLearn() {
    for (Reference reference : Reference.cases("importance.json")) {
      boolean isError = reference.string("name").equals("error");
      Network network = neuron(isError ? identity() : sigmoid(), 0.2, reference.vector("weights"));
      Dataset data = Dataset.of(rows(reference), column(reference.vector("y")));
      List<FeatureImportance> found =
          isError
              ? PermutationImportance.ofError(network, data, mae(), 3000, 2)
              : PermutationImportance.ofScore(network, data, accuracy(), 3000, 2);
      double[] mean = reference.vector("mean");
      double[] deviation = reference.vector("deviation");
      for (int j = 0; j < mean.length; j++) {
        // Two means of 3000 draws each: five standard errors of their difference.
        double near = 5 * deviation[j] * Math.sqrt(2.0 / 3000) + 1e-9;
        assertThat(found.get(j).mean()).isCloseTo(mean[j], within(near));
        assertThat(found.get(j).deviation())
            .isCloseTo(deviation[j], within(0.1 * deviation[j] + 1e-9));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    Network network = neuron(identity(), 0, 2, 1);
    Dataset data = Dataset.of(X, column(1, 2, 3, 4));
    List<FeatureImportance> once = PermutationImportance.ofError(network, data, mse(), 5, 3);
    assertThat(PermutationImportance.ofError(network, data, mse(), 5, 3)).isEqualTo(once);
    assertThat(PermutationImportance.ofError(network, data, mse(), 5, 4)).isNotEqualTo(once);
  }

  @Test
  void theInputsOfACategoryArePermutedTogether() {
    Network network = Network.builder(4).dense(2, softmax()).dataType(DOUBLE).build();
    Features features =
        Features.of(
            List.of(
                new BooleanFeature("member", OptionalDouble.empty(), false),
                new CategoryFeature(
                    "color", List.of("red", "green", "blue"), UnknownCategory.ERROR)));
    network.setInfo(ModelInfo.none().withFeatures(features));
    double[][] x =
        Arrays.stream(new String[] {"red", "green", "blue", "red", "blue", "blue"})
            .map(color -> features.encode(Map.of("member", true, "color", color)))
            .toArray(double[][]::new);
    double[][] y = new double[6][2];
    Arrays.stream(y).forEach(row -> row[1] = 1);
    assertThat(PermutationImportance.ofScore(network, Dataset.of(x, y), accuracy(), 2, 1))
        .extracting(FeatureImportance::feature)
        .containsExactly("member", "color");

    Dataset permuted = new PermutedFeature(Dataset.of(x, y), 1, 4, new SeededRandom(1));
    try (var inputs = Nd4j.create(DOUBLE, 6, 4);
        var targets = Nd4j.create(DOUBLE, 6, 2)) {
      permuted.gather(new int[] {5, 4, 3, 2, 1, 0}, inputs, targets);
      assertThat(inputs.getColumn(0).sumNumber().doubleValue()).isEqualTo(6);
      assertThat(inputs.getColumns(1, 2, 3).sum(1).toDoubleVector()).containsOnly(1.0);
      assertThat(inputs.getColumns(1, 2, 3).sum(0).toDoubleVector()).containsExactly(2, 1, 3);
    }
  }

  @Test
  void dataAndSettingsAreChecked() {
    Network network = neuron(identity(), 0, 2, 1);
    Dataset data = Dataset.of(X, column(1, 2, 3, 4));
    assertThatThrownBy(() -> PermutationImportance.ofError(network, data, mse(), 0, 1))
        .hasMessageContaining("PermutationImportance: expected a positive number of repetitions");
    Dataset wide = Dataset.of(new double[][] {{1, 2, 3}}, column(1));
    assertThatThrownBy(() -> PermutationImportance.ofError(network, wide, mse(), 1, 1))
        .hasMessageContaining("[2]");
    assertThatThrownBy(() -> new FeatureImportance("x", List.of()))
        .hasMessageContaining("number of repetitions");
  }
}
