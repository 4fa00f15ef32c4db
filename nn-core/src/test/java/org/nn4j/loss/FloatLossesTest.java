package org.nn4j.loss;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;

/**
 * Losses of floats beside losses of doubles, whose equations other tests check, on batches of one
 * row and more, on widths with and without a remainder after a vectorized loop.
 */
class FloatLossesTest {
  private static final int[] ROWS = {1, 2, 10};
  private static final int[] WIDTHS = {1, 2, 3, 4, 5, 8, 37};

  private static double[] weights(int classes) {
    double[] weights = new double[classes];
    Arrays.setAll(weights, j -> 1 + j % 3);
    return weights;
  }

  /** The losses of some outputs. */
  static Stream<IntFunction<Loss>> losses() {
    return Stream.of(
        out -> Losses.squaredError(),
        out -> Losses.meanSquaredError(),
        out -> Losses.absoluteError(),
        out -> Losses.meanAbsoluteError(),
        out -> Losses.huber(0.3),
        out -> Losses.binaryCrossEntropy(),
        out -> Losses.sigmoidBinaryCrossEntropy(),
        out -> Losses.crossEntropy(),
        out -> Losses.softmaxCrossEntropy(),
        out -> Losses.crossEntropy().withLabelSmoothing(0.2).withClassWeights(weights(out)),
        out -> Losses.softmaxCrossEntropy().withLabelSmoothing(0.2).withClassWeights(weights(out)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void floatsGiveTheResultsOfDoubles(IntFunction<Loss> ofOutputs) {
    for (int rows : ROWS) {
      for (int out : WIDTHS) {
        Loss loss = ofOutputs.apply(out);
        boolean onLogits = loss.toString().contains("logits");
        SeededRandom random = new SeededRandom(1);
        double[][] a = new double[rows][out];
        double[][] y = new double[rows][out];
        for (int i = 0; i < rows; i++) {
          // In the domain of each loss: logits or probabilities, and one target of 1.
          Arrays.setAll(
              a[i],
              j -> (float) (onLogits ? random.nextDouble(-8, 8) : random.nextDouble(0.1, 0.9)));
          y[i][random.nextInt(out)] = 1;
        }
        INDArray doubleA = Nd4j.createFromArray(a);
        INDArray doubleY = Nd4j.createFromArray(y);
        INDArray floatA = doubleA.castTo(FLOAT);
        INDArray floatY = doubleY.castTo(FLOAT);
        assertNear(
            loss.perSample(floatA, floatY).castTo(DOUBLE), loss.perSample(doubleA, doubleY), 1e-5);
        assertNear(gradient(loss, floatA, floatY), gradient(loss, doubleA, doubleY), 1e-5);
      }
    }
  }

  private static INDArray gradient(Loss loss, INDArray a, INDArray y) {
    Pass pass = Pass.training();
    loss.forward(a, y, pass);
    return loss.backward(pass).mul(a.length()); // comparable with 1 also where it is a mean
  }
}
