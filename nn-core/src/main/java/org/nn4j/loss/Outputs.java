package org.nn4j.loss;

import org.jspecify.annotations.Nullable;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.activation.Elu;
import org.nn4j.activation.Gelu;
import org.nn4j.activation.Identity;
import org.nn4j.activation.LeakyRelu;
import org.nn4j.activation.Relu;
import org.nn4j.activation.Sigmoid;
import org.nn4j.activation.Silu;
import org.nn4j.activation.Softmax;
import org.nn4j.activation.Softplus;
import org.nn4j.activation.Tanh;

/**
 * What losses require of the output of a network.
 *
 * <p>Known are the activations of this library. A user's own may give anything, so it is accepted.
 */
final class Outputs {
  /** What an activation gives. */
  enum Range {
    /** Numbers from 0 to 1, which sum to 1. */
    DISTRIBUTION,
    /** Numbers from 0 to 1. */
    PROBABILITIES,
    /** Numbers with a bound, or from 0 up. */
    BOUNDED,
    /** Any numbers. */
    REAL,
    /** Not known. */
    UNKNOWN
  }

  private Outputs() {}

  static Range of(@Nullable Activation activation) {
    if (activation instanceof Softmax) {
      return Range.DISTRIBUTION;
    }
    if (activation instanceof Sigmoid) {
      return Range.PROBABILITIES;
    }
    if (activation instanceof Identity
        || (activation instanceof LeakyRelu leaky && leaky.slope() > 0)) {
      return Range.REAL;
    }
    boolean isBounded =
        activation instanceof Tanh
            || activation instanceof Relu
            || activation instanceof LeakyRelu
            || activation instanceof Elu
            || activation instanceof Gelu
            || activation instanceof Silu
            || activation instanceof Softplus;
    return isBounded ? Range.BOUNDED : Range.UNKNOWN;
  }

  /** Classes need two outputs: a softmax of one is always 1. */
  static void requireClasses(Loss loss, Shape output, String remedy) {
    if (output.size() < 2) {
      throw new IllegalArgumentException(
          Require.message(
              loss.toString(),
              "a network with an output for each of 2 or more classes",
              "1 output",
              "give it 2 outputs, or use " + remedy));
    }
  }

  static void requireDistribution(Loss loss, @Nullable Activation last) {
    require(
        loss,
        last,
        Range.DISTRIBUTION,
        "a network that ends in softmax",
        of(last) == Range.PROBABILITIES
            ? "end it in softmax(), or use binaryCrossEntropy() for several labels a sample"
            : "end it in softmax(), or use softmaxCrossEntropy() after a layer without activation");
  }

  static void requireProbabilities(Loss loss, @Nullable Activation last) {
    require(
        loss,
        last,
        Range.PROBABILITIES,
        "a network that ends in sigmoid",
        of(last) == Range.DISTRIBUTION
            ? "end it in sigmoid(), or use crossEntropy() for one of several classes"
            : "end it in sigmoid(), or use sigmoidBinaryCrossEntropy() after a layer without"
                + " activation");
  }

  static void requireLogits(
      Loss loss, @Nullable Activation last, String lossOfProbabilities, String activation) {
    require(
        loss,
        last,
        Range.REAL,
        "a network that ends in logits, without activation",
        "leave the last activation out, or use "
            + lossOfProbabilities
            + " and end the network in "
            + activation
            + "()");
  }

  private static void require(
      Loss loss, @Nullable Activation last, Range needed, String expected, String remedy) {
    Range range = of(last);
    if (range != needed && range != Range.UNKNOWN) {
      throw new IllegalArgumentException(
          Require.message(loss.toString(), expected, "one that ends in " + last, remedy));
    }
  }
}
