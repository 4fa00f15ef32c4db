package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.random;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.data.Labels;

/** Every loss against its equation in plain loops over numbers. */
class LossEquationsTest {
  private static final int ROWS = 7;
  private static final int OUTPUTS = 3;

  /** The loss, its equation for one output, and whether outputs are averaged. */
  static Stream<Arguments> elementwise() {
    return Stream.of(
        Arguments.of(Losses.meanSquaredError(), op((a, y) -> (a - y) * (a - y)), false),
        Arguments.of(
            Losses.meanSquaredError(Reduction.MEAN), op((a, y) -> (a - y) * (a - y)), true),
        Arguments.of(Losses.meanAbsoluteError(), op((a, y) -> Math.abs(a - y)), true),
        Arguments.of(
            Losses.huber(0.3),
            op(
                (a, y) -> {
                  double e = Math.abs(a - y);
                  return e <= 0.3 ? e * e / 2 : 0.3 * (e - 0.15);
                }),
            true),
        Arguments.of(Losses.crossEntropy(), op((a, y) -> -y * Math.log(a)), false),
        Arguments.of(
            Losses.crossEntropy().withLabelSmoothing(0.2),
            op((a, y) -> -(0.8 * y + 0.2 / 3) * Math.log(a)),
            false),
        Arguments.of(
            Losses.binaryCrossEntropy(),
            op((a, y) -> -y * Math.log(a) - (1 - y) * Math.log(1 - a)),
            true),
        Arguments.of(
            Losses.sigmoidBinaryCrossEntropy(),
            op(
                (z, y) -> {
                  double a = 1 / (1 + Math.exp(-z));
                  return -y * Math.log(a) - (1 - y) * Math.log(1 - a);
                }),
            true));
  }

  private static DoubleBinaryOperator op(DoubleBinaryOperator equation) {
    return equation;
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void agreesWithTheSumOverOutputs(Loss loss, DoubleBinaryOperator equation, boolean averaged) {
    double[][] a = probabilities(1).toDoubleMatrix();
    double[][] y = probabilities(2).toDoubleMatrix();
    double[] expected = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        expected[i] += equation.applyAsDouble(a[i][j], y[i][j]) / (averaged ? OUTPUTS : 1);
      }
    }
    assertNear(
        loss.perSample(probabilities(1), probabilities(2)), Nd4j.createFromArray(expected), 1e-12);
  }

  @Test
  void softmaxCrossEntropyIsTheLogarithmOfTheSoftmax() {
    double[][] z = random(3, ROWS, OUTPUTS).muli(3).toDoubleMatrix();
    double[][] y = probabilities(2).toDoubleMatrix();
    double[] expected = new double[ROWS];
    double[] weights = {1, 0.5, 4};
    for (int i = 0; i < ROWS; i++) {
      double sum = 0;
      for (double logit : z[i]) {
        sum += Math.exp(logit);
      }
      for (int j = 0; j < OUTPUTS; j++) {
        expected[i] -= weights[j] * y[i][j] * Math.log(Math.exp(z[i][j]) / sum);
      }
    }
    Loss loss = Losses.softmaxCrossEntropy().withClassWeights(weights);
    assertNear(
        loss.perSample(Nd4j.createFromArray(z), probabilities(2)),
        Nd4j.createFromArray(expected),
        1e-12);
  }

  @Test
  void binaryCrossEntropyByHand() {
    // a = 0.25 and y = 1: loss -log 0.25 = 1.3863; gradient -1 / 0.25 = -4.
    // a = 0.25 and y = 0: loss -log 0.75 = 0.2877; gradient 1 / 0.75.
    Pass pass = Pass.training();
    INDArray a = Nd4j.createFromArray(new double[][] {{0.25}, {0.25}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1}, {0}});
    Loss loss = Losses.binaryCrossEntropy();
    loss.forward(a, y, pass);
    assertNear(loss.perSample(a, y), Nd4j.createFromArray(-Math.log(0.25), -Math.log(0.75)), 1e-15);
    assertNear(
        loss.backward(pass), Nd4j.createFromArray(new double[][] {{-2}, {0.5 / 0.75}}), 1e-15);
  }

  @Test
  void integerLabelsBecomeTargets() {
    INDArray targets = Labels.oneHot(new int[] {2, 0}, 3, DataType.DOUBLE);
    INDArray a = Nd4j.createFromArray(new double[][] {{0.1, 0.2, 0.7}, {0.5, 0.25, 0.25}});
    assertNear(
        Losses.crossEntropy().perSample(a, targets),
        Nd4j.createFromArray(-Math.log(0.7), -Math.log(0.5)),
        1e-15);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1000, -1000})
  void extremeLogitsStayFinite(double logit) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray z = Nd4j.createFromArray(new double[][] {{logit, -logit, 0}}).castTo(type);
      INDArray y = Nd4j.createFromArray(new double[][] {{0, 1, 0}}).castTo(type);
      for (Loss loss :
          new Loss[] {
            Losses.softmaxCrossEntropy(),
            Losses.softmaxCrossEntropy().withLabelSmoothing(0.1),
            Losses.sigmoidBinaryCrossEntropy()
          }) {
        Pass pass = Pass.training();
        assertThat(loss.forward(z, y, pass)).as(loss.toString()).isFinite();
        assertThat(loss.backward(pass).sumNumber().doubleValue()).as(loss.toString()).isFinite();
      }
    }
  }

  @Test
  void certainAndWrongProbabilitiesStayFinite() {
    INDArray a = Nd4j.createFromArray(new float[][] {{1, 0}});
    INDArray y = Nd4j.createFromArray(new float[][] {{0, 1}});
    Pass pass = Pass.training();
    Loss loss = Losses.binaryCrossEntropy();
    assertThat(loss.forward(a, y, pass)).isBetween(80.0, 100.0);
    assertThat(loss.backward(pass).sumNumber().doubleValue()).isFinite();
  }

  private static INDArray probabilities(long seed) {
    INDArray p = random(seed, ROWS, OUTPUTS);
    Activations.softmax().forward(p, p);
    return p;
  }

  @Test
  void refusesBadHyperParameters() {
    assertThatThrownBy(() -> Losses.huber(0))
        .hasMessage("Huber: expected delta above 0 and finite, found 0.0; correct this argument");
    assertThatThrownBy(() -> Losses.crossEntropy().withLabelSmoothing(1))
        .hasMessage(
            "cross-entropy: expected label smoothing in [0, 1), found 1.0; correct this argument");
    assertThatThrownBy(() -> Losses.softmaxCrossEntropy().withLabelSmoothing(Double.NaN))
        .hasMessageContaining("found NaN");
    assertThatThrownBy(() -> Losses.crossEntropy().withClassWeights())
        .hasMessage(
            "cross-entropy: expected a class weight of 0 or more for each class, found []; correct"
                + " this argument");
    assertThatThrownBy(() -> Losses.softmaxCrossEntropy().withClassWeights(1, -1))
        .hasMessageContaining("found [1.0, -1.0]");
    Loss weighted = Losses.crossEntropy().withClassWeights(1, 2);
    assertThatThrownBy(() -> weighted.perSample(probabilities(1), probabilities(2)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage(
            "cross-entropy: expected targets of as many classes as class weights, 2, found [7, 3];"
                + " give one weight for each class");
  }

  @Test
  void lossesWithTheSameSettingsAreEqual() {
    assertThat(Losses.crossEntropy().withLabelSmoothing(0.1))
        .isEqualTo(Losses.crossEntropy().withLabelSmoothing(0.1))
        .hasSameHashCodeAs(Losses.crossEntropy().withLabelSmoothing(0.1))
        .isNotEqualTo(Losses.crossEntropy());
    assertThat(Losses.softmaxCrossEntropy()).hasSameHashCodeAs(Losses.softmaxCrossEntropy());
  }
}
