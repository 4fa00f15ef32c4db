package org.nn4j.examples;

import static java.util.Comparator.comparingDouble;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.loss.Losses.squaredError;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.data.batch.Batch;
import org.nn4j.examples.cli.Digits;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;

/**
 * Gradient of a 784-16-16-10 network as one vector of 13,002 elements, and gradient descent by
 * hand.
 *
 * <p>Expect a table of the eight weights with the largest gradients, for each of ten digits and on
 * average; then a cost that falls from 2.59 to 0.36 in 500 steps. The digits are generated, so the
 * numbers are the same everywhere except for rounding.
 */
public final class GradientVector {
  private static final int SHOWN = 8;
  private static final int STEPS = 500;
  private static final double RATE = 1;

  /** Number of steps printed at the start; then every {@link #EVERY}-th. */
  private static final int FIRST = 5;

  private static final int EVERY = 100;

  private GradientVector() {}

  /**
   * Prints the gradient by sample, then descends.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Network network =
        Network.builder(784)
            .dense(16, sigmoid())
            .dense(16, sigmoid())
            .dense(10, sigmoid())
            .seed(1)
            .build();
    printGradient(network, Digits.arrays(10, 1));
    descend(network, Digits.arrays(200, 1));
  }

  /** Prints the negative gradient, the direction in which the cost falls fastest. */
  private static void printGradient(Network network, Batch digits) {
    INDArray negative =
        Objective.of(network, squaredError())
            .perSampleGradients(digits.inputs(), digits.targets())
            .neg();
    double[][] byDigit = negative.toDoubleMatrix(); // row i: of digit i alone
    double[] average = negative.mean(0).toDoubleVector();
    double[] size = Arrays.stream(average).map(Math::abs).toArray();
    List<Integer> weights = weights(network);
    weights.sort(comparingDouble((Integer i) -> size[i]).reversed());

    print("The negative gradient of the cost is one vector of %,d elements.", average.length);
    print("Its largest elements of weights, by digit and on average:");
    Stream<String> heads =
        IntStream.range(0, byDigit.length).mapToObj(i -> String.format(Locale.ROOT, "%7d", i));
    print("%24s%s    all", "", row(heads));
    for (int i : weights.subList(0, SHOWN)) {
      Stream<String> elements = Stream.of(byDigit).map(digit -> number(digit[i]));
      print("%-24s%s%s", name(network, i), row(elements), number(average[i]));
    }
    double most = size[weights.get(0)];
    double mean = weights.stream().mapToDouble(i -> size[i]).average().orElseThrow();
    print("The first is %.0f times as large as the mean of all weights.", most / mean);
  }

  /** Returns the indices of the weights in the packed vector. */
  private static List<Integer> weights(Network network) {
    List<Integer> weights = new ArrayList<>();
    int from = 0;
    for (Parameter parameter : network.parameters()) {
      int to = from + Math.toIntExact(parameter.value().length());
      if (parameter.role() == Parameter.Role.WEIGHT) {
        IntStream.range(from, to).forEach(weights::add);
      }
      from = to;
    }
    return weights;
  }

  /** Runs gradient descent without trainer and optimizer. */
  private static void descend(Network network, Batch digits) {
    print("%nSteps of %.1f times the negative gradient of %,d digits:", RATE, digits.size());
    Objective objective = Objective.of(network, squaredError());
    INDArray parameters = network.parameters().values();
    for (int step = 0; step <= STEPS; step++) {
      network.zeroGrad();
      double cost = objective.forward(digits);
      if (step <= FIRST || step % EVERY == 0) {
        print("step %4d  cost %.4f", step, cost);
      }
      objective.backward();
      parameters.subi(network.parameters().gradients().mul(RATE));
    }
  }

  /**
   * Returns the name of an element of the packed vector, such as {@code "layer 3 weight 4 to 7"}.
   */
  private static String name(Network network, int index) {
    int place = index;
    int layer = 1;
    for (Parameter parameter : network.parameters()) {
      int length = Math.toIntExact(parameter.value().length());
      if (place < length) {
        int outputs = Math.toIntExact(parameter.value().size(-1));
        return String.format(
            Locale.ROOT,
            "layer %d %s %d to %d",
            layer,
            parameter.name(),
            place / outputs,
            place % outputs);
      }
      place -= length;
      layer += parameter.role() == Parameter.Role.BIAS ? 1 : 0;
    }
    throw new IndexOutOfBoundsException(index);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%7.3f", value);
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining());
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
