package org.nn4j.loss;

import static org.nn4j.internal.StandardActivation.rangeOf;

import org.jspecify.annotations.Nullable;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.StandardActivation.OutputRange;

/** Requirements of losses on the output of a network. A user-defined activation is accepted. */
final class OutputChecks {
  private OutputChecks() {}

  /** Checks that there are two outputs or more: a softmax of one is always 1. */
  static void requireClasses(Loss loss, Shape output, String remedy) {
    Require.notNull(output, loss, "output");
    if (output.size() < 2) {
      throw new IllegalArgumentException(
          Require.message(
              loss.toString(),
              "a network with an output for each of 2 or more classes",
              "1 output",
              "end the network with 2 outputs, or use " + remedy));
    }
  }

  static void requireDistribution(Loss loss, @Nullable Activation last) {
    require(
        loss,
        last,
        OutputRange.DISTRIBUTION,
        "a network that ends in softmax",
        rangeOf(last) == OutputRange.PROBABILITIES
            ? "end it in softmax(), or use binaryCrossEntropy() for several labels a sample"
            : "end it in softmax(), or use softmaxCrossEntropy() after a layer without activation");
  }

  static void requireProbabilities(Loss loss, @Nullable Activation last) {
    require(
        loss,
        last,
        OutputRange.PROBABILITIES,
        "a network that ends in sigmoid",
        rangeOf(last) == OutputRange.DISTRIBUTION
            ? "end it in sigmoid(), or use crossEntropy() for one of several classes"
            : "end it in sigmoid(), or use sigmoidBinaryCrossEntropy() after a layer without"
                + " activation");
  }

  static void requireLogits(
      Loss loss, @Nullable Activation last, String lossOfProbabilities, String activation) {
    require(
        loss,
        last,
        OutputRange.REAL,
        "a network that ends in logits, without activation",
        "leave the last activation out, or use "
            + lossOfProbabilities
            + " and end the network in "
            + activation
            + "()");
  }

  private static void require(
      Loss loss, @Nullable Activation last, OutputRange needed, String expected, String remedy) {
    OutputRange range = rangeOf(last);
    if (range != needed && range != OutputRange.UNKNOWN) {
      throw new IllegalArgumentException(
          Require.message(loss.toString(), expected, "one that ends in " + last, remedy));
    }
  }
}
