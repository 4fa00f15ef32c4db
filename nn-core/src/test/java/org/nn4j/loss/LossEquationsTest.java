package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.random;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.nn4j.docs.Maths;

/** Every loss and its gradient against the equations of docs/maths.md in plain loops. */
class LossEquationsTest {
  private static final int ROWS = 7;
  private static final int OUTPUTS = 3;

  private static final double[] WEIGHTS = {1, 0.5, 4};

  /**
   * A loss, its share of the error of an output, and that error with its derivative, of the
   * prediction and target of an output.
   */
  record Equation(Loss loss, double share, DoubleBinaryOperator value, DoubleBinaryOperator slope) {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  private static double huber(double a, double y) {
    double c = cut(a, y);
    return c * (a - y - c / 2);
  }

  private static double cut(double a, double y) {
    return Math.min(Math.max(a - y, -0.3), 0.3);
  }

  private static double smooth(double y) {
    return (1 - 0.2) * y + 0.2 / OUTPUTS;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  static Stream<Equation> elementwise() {
    double mean = 1.0 / OUTPUTS;
    return Stream.of(
        new Equation(Losses.squaredError(), 1, (a, y) -> (a - y) * (a - y), (a, y) -> 2 * (a - y)),
        new Equation(
            Losses.meanSquaredError(), mean, (a, y) -> (a - y) * (a - y), (a, y) -> 2 * (a - y)),
        new Equation(
            Losses.meanAbsoluteError(),
            mean,
            (a, y) -> Math.abs(a - y),
            (a, y) -> Math.signum(a - y)),
        new Equation(Losses.huber(0.3), mean, LossEquationsTest::huber, LossEquationsTest::cut),
        new Equation(Losses.crossEntropy(), 1, (a, y) -> -y * Math.log(a), (a, y) -> -y / a),
        new Equation(
            Losses.crossEntropy().withLabelSmoothing(0.2),
            1,
            (a, y) -> -smooth(y) * Math.log(a),
            (a, y) -> -smooth(y) / a),
        new Equation(
            Losses.binaryCrossEntropy(),
            mean,
            (a, y) -> -y * Math.log(a) - (1 - y) * Math.log(1 - a),
            (a, y) -> (1 - y) / (1 - a) - y / a),
        new Equation(
            Losses.sigmoidBinaryCrossEntropy(),
            mean,
            (z, y) -> Math.max(z, 0) - z * y + Math.log(1 + Math.exp(-Math.abs(z))),
            (z, y) -> sigmoid(z) - y));
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  @Maths({
    "(M3) L = (1 / B) Σᵢ ωᵢ ℓᵢ",
    "(M35) ℓᵢ = s Σⱼ (aᵢⱼ − yᵢⱼ)²",
    "(M36) daᵢⱼ = 2 s (aᵢⱼ − yᵢⱼ) / B",
    "(M37) ℓᵢ = s Σⱼ |aᵢⱼ − yᵢⱼ|",
    "(M38) daᵢⱼ = s sign(aᵢⱼ − yᵢⱼ) / B",
    "(M39) ℓᵢ = s Σⱼ cᵢⱼ (eᵢⱼ − cᵢⱼ / 2),  eᵢⱼ = aᵢⱼ − yᵢⱼ,  cᵢⱼ = min(max(eᵢⱼ, −δ), δ)",
    "(M40) daᵢⱼ = s cᵢⱼ / B",
    "(M42) ℓᵢ = −Σⱼ tᵢⱼ log aᵢⱼ",
    "(M43) daᵢⱼ = −tᵢⱼ / aᵢⱼ / B",
    "(M44) ℓᵢ = −s Σⱼ (yᵢⱼ log aᵢⱼ + (1 − yᵢⱼ) log(1 − aᵢⱼ))",
    "(M45) daᵢⱼ = s ((1 − yᵢⱼ) / (1 − aᵢⱼ) − yᵢⱼ / aᵢⱼ) / B",
    "(M48) ℓᵢ = s Σⱼ (max(zᵢⱼ, 0) − zᵢⱼ yᵢⱼ + log(1 + e^−|zᵢⱼ|))",
    "(M49) dzᵢⱼ = s (aᵢⱼ − yᵢⱼ) / B,  A = sigmoid Z"
  })
  void agreesWithTheSumOverOutputs(Equation equation) {
    double[][] a = probabilities(1).toDoubleMatrix();
    double[][] y = probabilities(2).toDoubleMatrix();
    double[] expected = new double[ROWS];
    double[][] gradient = new double[ROWS][OUTPUTS];
    double mean = 0;
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        expected[i] += equation.share * equation.value.applyAsDouble(a[i][j], y[i][j]);
        gradient[i][j] = equation.share * equation.slope.applyAsDouble(a[i][j], y[i][j]) / ROWS;
      }
      mean += expected[i] / ROWS;
    }
    assertLoss(equation.loss, probabilities(1), expected, mean, gradient);
  }

  private static void assertLoss(
      Loss loss, INDArray predictions, double[] expected, double mean, double[][] gradient) {
    assertNear(
        loss.perSample(predictions, probabilities(2)), Nd4j.createFromArray(expected), 1e-12);
    Pass pass = Pass.training();
    assertThat(loss.forward(predictions, probabilities(2), pass)).isEqualTo(mean, within(1e-12));
    assertNear(loss.backward(pass), Nd4j.createFromArray(gradient), 1e-12);

    double[][] omega = random(9, ROWS, 1).toDoubleMatrix();
    double weighted = 0;
    double[][] weightedGradient = new double[ROWS][OUTPUTS];
    for (int i = 0; i < ROWS; i++) {
      weighted += omega[i][0] * expected[i] / ROWS;
      for (int j = 0; j < OUTPUTS; j++) {
        weightedGradient[i][j] = omega[i][0] * gradient[i][j];
      }
    }
    double found = loss.forward(predictions, probabilities(2), Nd4j.createFromArray(omega), pass);
    assertThat(found).isEqualTo(weighted, within(1e-12));
    assertNear(loss.backward(pass), Nd4j.createFromArray(weightedGradient), 1e-12);
  }

  @Test
  @Maths({
    "(M41) tᵢⱼ = wⱼ ((1 − ε) yᵢⱼ + ε / K)",
    "(M46) ℓᵢ = −Σⱼ tᵢⱼ (zᵢⱼ − mᵢ − log Σₖ e^(zᵢₖ − mᵢ)),  mᵢ = maxₖ zᵢₖ",
    "(M47) dzᵢⱼ = (aᵢⱼ Σₖ tᵢₖ − tᵢⱼ) / B,  A = softmax Z"
  })
  void softmaxCrossEntropyIsTheLogarithmOfTheSoftmax() {
    double[][] z = random(3, ROWS, OUTPUTS).muli(3).toDoubleMatrix();
    double[][] y = probabilities(2).toDoubleMatrix();
    double[] expected = new double[ROWS];
    double[][] gradient = new double[ROWS][OUTPUTS];
    double mean = 0;
    for (int i = 0; i < ROWS; i++) {
      double max = Arrays.stream(z[i]).max().orElseThrow();
      double sum = Arrays.stream(z[i]).map(logit -> Math.exp(logit - max)).sum();
      double sumOfTargets = 0;
      for (int j = 0; j < OUTPUTS; j++) {
        sumOfTargets += WEIGHTS[j] * smooth(y[i][j]);
      }
      for (int j = 0; j < OUTPUTS; j++) {
        double t = WEIGHTS[j] * smooth(y[i][j]);
        expected[i] -= t * (z[i][j] - max - Math.log(sum));
        gradient[i][j] = (Math.exp(z[i][j] - max) / sum * sumOfTargets - t) / ROWS;
      }
      mean += expected[i] / ROWS;
    }
    Loss loss = Losses.softmaxCrossEntropy().withClassWeights(WEIGHTS).withLabelSmoothing(0.2);
    assertLoss(loss, Nd4j.createFromArray(z), expected, mean, gradient);
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
        .hasMessage("Huber: expected a positive, finite delta, found 0.0; pass a number above 0");
    assertThatThrownBy(() -> Losses.crossEntropy().withLabelSmoothing(1))
        .hasMessage(
            "cross-entropy: expected a label smoothing in [0, 1), found 1.0; pass 0 or a"
                + " fraction below 1");
    assertThatThrownBy(() -> Losses.softmaxCrossEntropy().withLabelSmoothing(Double.NaN))
        .hasMessageContaining("found NaN");
    assertThatThrownBy(() -> Losses.crossEntropy().withClassWeights())
        .hasMessage(
            "cross-entropy: expected a class weight of 0 or more for each class, not all 0,"
                + " found []; correct the argument");
    assertThatThrownBy(() -> Losses.softmaxCrossEntropy().withClassWeights(0, 0))
        .hasMessageContaining("not all 0, found [0.0, 0.0]");
    assertThatThrownBy(() -> Losses.softmaxCrossEntropy().withClassWeights(1, -1))
        .hasMessageContaining("found [1.0, -1.0]");
    Loss weighted = Losses.crossEntropy().withClassWeights(1, 2);
    assertThatThrownBy(() -> weighted.perSample(probabilities(1), probabilities(2)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "cross-entropy: expected targets of as many classes as class weights, 2, found [7, 3];"
                + " pass one weight for each class");
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
