package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.ShapeMismatchException;

class LossTest {
  private final Pass pass = Pass.training();

  @Test
  void squaredErrorByHand() {
    // Two samples, two outputs. Errors: (0.5, -1) and (0, 2).
    // Sums of squares: 0.25 + 1 = 1.25 and 0 + 4 = 4; their mean is 2.625.
    // Gradient 2 (a - y) / B = (0.5, -1), (0, 2).
    INDArray a = Nd4j.createFromArray(new double[][] {{1.5, 0}, {3, 1}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1, 1}, {3, -1}});
    Loss loss = Losses.squaredError();
    assertThat(loss.forward(a, y, pass)).isEqualTo(2.625);
    assertThat(doubles(loss.backward(pass))).containsExactly(0.5, -1, 0, 2);
    assertThat(doubles(loss.perSample(a, y))).containsExactly(1.25, 4);
  }

  @Test
  void eachLossNamesWhatItsValueDependsOn() {
    // Checkpoints hold these texts.
    assertThat(Losses.absoluteError()).hasToString("absolute error (sum over outputs)");
    assertThat(Losses.meanAbsoluteError()).hasToString("mean absolute error");
    assertThat(Losses.softmaxCrossEntropy()).hasToString("softmax cross-entropy on logits");
    assertThat(Losses.crossEntropy().withLabelSmoothing(0.1))
        .hasToString("cross-entropy (label smoothing 0.1)");
  }

  @Test
  void aLossWithAnActivationBeforeItHasAFormOnPreActivations() {
    assertThat(Losses.crossEntropy().fusion()).isPresent();
    assertThat(Losses.binaryCrossEntropy().fusion()).isPresent();
    assertThat(Losses.squaredError().fusion()).isEmpty();
  }

  @Test
  void aLossWeighsClassesIfItHasWeights() {
    for (ClassificationLoss loss : List.of(Losses.crossEntropy(), Losses.softmaxCrossEntropy())) {
      assertThat(loss.weighsClasses()).isFalse();
      assertThat(loss.withClassWeights(1, 2).weighsClasses()).isTrue();
    }
  }

  @Test
  void crossEntropyByHand() {
    // One sample of class 1 with probability 0.25: loss -log 0.25 = 1.386..., gradient -1 / 0.25.
    INDArray a = Nd4j.createFromArray(new double[][] {{0.75, 0.25}});
    INDArray y = Nd4j.createFromArray(new double[][] {{0, 1}});
    Loss loss = Losses.crossEntropy();
    assertThat(loss.forward(a, y, pass)).isEqualTo(Math.log(4), within(1e-15));
    assertThat(loss.backward(pass).getDouble(1)).isEqualTo(-4);
  }

  @Test
  void crossEntropyOfProbabilityZeroIsFinite() {
    INDArray a = Nd4j.createFromArray(new float[][] {{1, 0}});
    INDArray y = Nd4j.createFromArray(new float[][] {{0, 1}});
    Loss loss = Losses.crossEntropy();
    assertThat(loss.forward(a, y, pass)).isBetween(80.0, 100.0);
    assertThat(loss.backward(pass).getDouble(1)).isFinite().isNegative();
    assertThat(loss.backward(pass).getDouble(0)).isZero();
  }

  @Test
  void refusesTargetsOfAnotherShape() {
    assertThatThrownBy(
            () -> Losses.squaredError().forward(Nd4j.create(2, 3), Nd4j.create(2, 4), pass))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "squared error (sum over outputs): expected targets [2, 3], found [2, 4]; pass an"
                + " array of that shape");
    assertThatThrownBy(() -> Losses.crossEntropy().perSample(Nd4j.create(2, 3), Nd4j.create(3)))
        .hasMessageContaining("cross-entropy: expected targets [2, 3], found [3]");
  }

  @Test
  void backwardBeforeForwardSaysSo() {
    assertThatThrownBy(() -> Losses.softmaxCrossEntropy().backward(Pass.training()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "softmax cross-entropy on logits: expected forward before backward, on the same pass");
  }

  @Test
  void whatIsNotANumberStaysSo() {
    INDArray a = Nd4j.createFromArray(new float[][] {{Float.NaN, 0.5f}});
    INDArray y = Nd4j.createFromArray(new float[][] {{1, 0}});
    for (Loss loss :
        new Loss[] {
          Losses.crossEntropy(),
          Losses.binaryCrossEntropy(),
          Losses.softmaxCrossEntropy(),
          Losses.sigmoidBinaryCrossEntropy(),
          Losses.squaredError(),
          Losses.meanAbsoluteError(),
          Losses.huber()
        }) {
      assertThat(loss.forward(a, y, pass)).as(loss.toString()).isNaN();
    }
  }

  @Test
  void refusesOtherRanksAndTypes() {
    assertThatThrownBy(
            () -> Losses.squaredError().forward(Nd4j.create(2, 2, 3), Nd4j.create(2, 2, 3), pass))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "squared error (sum over outputs): expected predictions [B, out], found [2, 2, 3];"
                + " put a Flatten layer at the end of the network");
    assertThatThrownBy(
            () ->
                Losses.crossEntropy()
                    .forward(
                        Nd4j.create(DataType.FLOAT, 2, 3),
                        Nd4j.create(DataType.DOUBLE, 2, 3),
                        pass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cross-entropy: expected targets of data type FLOAT, found DOUBLE; cast them with"
                + " castTo(DataType.FLOAT); see docs/troubleshooting.md#data-type");
  }

  @Test
  void weightsScaleLossAndGradientOfEachSample() {
    INDArray a = random(1, 3, 2);
    INDArray y = random(2, 3, 2);
    INDArray w = Nd4j.createFromArray(new double[][] {{2}, {0}, {0.5}});
    Loss loss = Losses.squaredError();
    double[] each = doubles(loss.perSample(a, y));
    assertThat(loss.forward(a, y, w, pass))
        .isCloseTo((2 * each[0] + 0.5 * each[2]) / 3, within(1e-15));
    INDArray error = a.sub(y);
    assertNear(loss.backward(pass), error.mul(2.0 / 3).mulColumnVector(w), 1e-15);
    assertThatThrownBy(() -> loss.forward(a, y, Nd4j.ones(DataType.DOUBLE, 2, 1), pass))
        .hasMessageContaining("one weight for each of 3 samples, found 2");
    assertThatThrownBy(() -> loss.forward(a, y, Nd4j.ones(DataType.DOUBLE, 3), pass))
        .hasMessageContaining("expected weights [B, 1]");
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesResultsOfAnotherShapeOrType(Loss loss) {
    INDArray a = Nd4j.ones(DataType.FLOAT, 50, 50);
    INDArray samples = Nd4j.zeros(DataType.FLOAT, 50);
    for (ThrowingCallable misuse :
        new ThrowingCallable[] {
          () -> loss.compute(a, a, Nd4j.zeros(DataType.FLOAT, 2), a.ulike()),
          () -> loss.compute(a, a, Nd4j.zeros(DataType.FLOAT, 2500), a.ulike()),
          () -> loss.compute(a, a, Nd4j.zeros(DataType.DOUBLE, 50), a.ulike()),
          () -> loss.compute(a, a, samples, Nd4j.zeros(DataType.FLOAT, 2, 2)),
          () -> loss.compute(a, a, samples, Nd4j.zeros(DataType.DOUBLE, 50, 50)),
          () -> loss.compute(a, Nd4j.zeros(DataType.FLOAT, 2, 2), samples, a.ulike()),
          () -> loss.compute(a, a.castTo(DataType.DOUBLE), samples, a.ulike()),
          () -> loss.compute(a, a.castTo(DataType.INT32), samples, a.ulike()),
          () -> loss.compute(samples, samples, samples, samples.ulike()),
          () -> loss.requireTargets(samples),
          () -> loss.requireTargets(Nd4j.create(DataType.FLOAT, 0, 3)),
          () -> loss.forward(a, Nd4j.create(DataType.FLOAT, 0, 50), pass)
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(misuse)
          .withMessageStartingWith(loss + ": expected ");
    }
  }

  static Stream<Loss> all() {
    return Stream.of(
        Losses.squaredError(),
        Losses.absoluteError(),
        Losses.huber(),
        Losses.crossEntropy(),
        Losses.softmaxCrossEntropy(),
        Losses.crossEntropy().withLabelSmoothing(0.1),
        Losses.binaryCrossEntropy(),
        Losses.sigmoidBinaryCrossEntropy());
  }
}
