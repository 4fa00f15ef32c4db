package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.activation.Activations;

/**
 * Finite numbers never make a NaN, whatever their size: each loss and activation, in float and
 * double, on the arrays' own memory and in ND4J operations.
 */
class ExtremeNumbersTest {
  private static final double[] FLOATS = {
    0,
    1,
    88,
    104,
    1e3,
    1e10,
    1e19,
    1e20,
    1e38,
    2e38,
    Float.MAX_VALUE,
    Float.MIN_NORMAL,
    Float.MIN_VALUE
  };
  private static final double[] DOUBLES = {
    0,
    1,
    710,
    746,
    1e10,
    1e154,
    1e155,
    1e200,
    9e307,
    Double.MAX_VALUE,
    Double.MIN_NORMAL,
    Double.MIN_VALUE
  };

  /** How arrays lie in memory: row-major for the fast form, column-major for ND4J's. */
  record Form(DataType type, char order) {
    double[] numbers() {
      double[] sizes = type == FLOAT ? FLOATS : DOUBLES;
      return DoubleStream.concat(Arrays.stream(sizes), Arrays.stream(sizes).map(v -> -v)).toArray();
    }

    INDArray array(double[][] rows) {
      return Nd4j.createFromArray(rows).castTo(type).dup(order);
    }

    /** All pairs of numbers as rows. */
    double[][] pairs() {
      double[] numbers = numbers();
      return Arrays.stream(numbers)
          .boxed()
          .flatMap(a -> Arrays.stream(numbers).mapToObj(b -> new double[] {a, b}))
          .toArray(double[][]::new);
    }
  }

  static List<Form> forms() {
    return List.of(
        new Form(FLOAT, 'c'), new Form(FLOAT, 'f'), new Form(DOUBLE, 'c'), new Form(DOUBLE, 'f'));
  }

  private static double[][] all(int rows, double first, double second) {
    double[][] all = new double[rows][];
    Arrays.setAll(all, i -> new double[] {first, second});
    return all;
  }

  private static void assertNoNaN(String what, double[][] rows, INDArray found) {
    double[] numbers = doubles(found);
    int each = numbers.length / rows.length;
    for (int i = 0; i < numbers.length; i++) {
      if (Double.isNaN(numbers[i])) {
        fail("%s of %s is NaN".formatted(what, Arrays.toString(rows[i / each])));
      }
    }
  }

  private static void assertLoss(
      Loss loss, double[][] rows, INDArray predictions, INDArray targets) {
    Pass pass = Pass.training();
    double mean = loss.forward(predictions, targets, pass);
    assertThat(mean).as(loss.toString()).isNotNaN();
    assertNoNaN(loss + ", loss", rows, loss.perSample(predictions, targets));
    assertNoNaN(loss + ", gradient", rows, loss.backward(pass));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void lossesOfNumbers(Form form) {
    double[][] pairs = form.pairs();
    INDArray predictions = form.array(pairs);
    for (double huge : new double[] {1, Float.MAX_VALUE, 1e39, Double.MAX_VALUE}) {
      for (SumOrMean reduction : SumOrMean.values()) {
        for (Loss loss :
            List.of(
                new SquaredError(reduction),
                new AbsoluteError(reduction),
                Losses.huber(huge, reduction))) {
          for (double target : form.numbers()) {
            assertLoss(loss, pairs, predictions, form.array(all(pairs.length, target, -target)));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void lossesOfLogitsAndProbabilities(Form form) {
    double[][] pairs = form.pairs();
    INDArray predictions = form.array(pairs);
    double[][] targets = {{1, 0}, {0, 1}, {0.25, 0.75}, {0.5, 0.5}};
    for (Loss loss :
        List.of(
            Losses.crossEntropy(),
            Losses.crossEntropy().withLabelSmoothing(0.1).withClassWeights(0, 7),
            Losses.softmaxCrossEntropy(),
            Losses.softmaxCrossEntropy().withLabelSmoothing(0.1),
            Losses.softmaxCrossEntropy().withClassWeights(0, 7),
            Losses.binaryCrossEntropy(),
            Losses.sigmoidBinaryCrossEntropy(),
            Losses.sigmoidBinaryCrossEntropy(SumOrMean.SUM))) {
      for (double[] target : targets) {
        assertLoss(loss, pairs, predictions, form.array(all(pairs.length, target[0], target[1])));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theCrossEntropyOfHugeLogitsIsRight(Form form) {
    double huge = form.type == FLOAT ? 2e38 : 1e308;
    double largest = form.type == FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    INDArray z = form.array(new double[][] {{huge, -huge, 0}, {huge, huge, -huge}});
    INDArray sure = form.array(new double[][] {{1, 0, 0}, {0.5, 0.5, 0}});
    INDArray wrong = form.array(new double[][] {{0, 1, 0}, {0, 0, 1}});
    Loss loss = Losses.softmaxCrossEntropy();
    assertNear(doubles(loss.perSample(z, sure)), new double[] {0, Math.log(2)}, 1e-7);
    assertThat(DoubleStream.of(doubles(loss.perSample(z, wrong))))
        .as("beyond the largest number")
        .allMatch(v -> v > 0.99 * largest && v <= largest);
    Pass pass = Pass.training();
    loss.forward(z, wrong, pass);
    assertThat(doubles(loss.backward(pass))).containsExactly(0.5, -0.5, 0, 0.25, 0.25, -0.5);
  }

  static Stream<Activation> activations() {
    return Stream.of(
        Activations.identity(),
        Activations.sigmoid(),
        Activations.tanh(),
        Activations.relu(),
        Activations.leakyRelu(),
        Activations.leakyRelu(0),
        Activations.elu(),
        Activations.elu(0),
        Activations.gelu(),
        Activations.silu(),
        Activations.softplus(),
        Activations.softmax());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void activationsAndTheirGradients(Form form) {
    double[][] pairs = form.pairs();
    activations()
        .forEach(
            activation -> {
              INDArray z = form.array(pairs);
              INDArray a = z.ulike();
              activation.forward(z, a);
              assertNoNaN(activation.toString(), pairs, a);
              assertThat(DoubleStream.of(doubles(a)))
                  .as(activation.toString())
                  .allMatch(Double::isFinite);
              INDArray kept = activation.needsPreActivation() ? z : a;
              for (double slope : form.numbers()) {
                INDArray dZ = z.ulike();
                activation.backward(form.array(all(pairs.length, slope, -slope)), kept, dZ);
                assertNoNaN(activation + ", gradient of " + slope, pairs, dZ);
              }
            });
  }
}
