package org.nn4j.examples.cli;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.metric.Metrics;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;

/**
 * Training set and test set of digits.
 *
 * @param name their name, as printed
 * @param train the training set
 * @param test the test set
 */
public record Digits(String name, Dataset train, Dataset test) {
  public static final String MNIST = "MNIST";
  public static final String GENERATED = "generated digits";

  /** Training digits for each test digit, as in MNIST. */
  private static final int TRAIN_PER_TEST = 6;

  private static final long TRAIN_SEED = 1;
  private static final long TEST_SEED = 2;

  static Digits of(String name, LabeledImages images) {
    return new Digits(name, images.train(), images.test());
  }

  /** Returns generated digits 0, 1, ... 9, 0, 1, ... as one batch. */
  public static Batch arrays(int count, long seed) {
    Dataset digits = SyntheticDigits.generate(count, seed).dataset();
    return Batches.inOrder(digits, count, DataType.FLOAT).evaluation().iterator().next();
  }

  /** Returns a warning for a picture that is unlike a digit. */
  public static String remark(String doubt) {
    return "  this may not be a digit: " + doubt + "; a network can only predict digits";
  }

  /** Returns the share of samples that a network classifies correctly. */
  public static double accuracy(Network network, Dataset data) {
    return Evaluator.of(network)
        .metrics(Metrics.accuracy())
        .evaluate(data)
        .value(Metrics.accuracy());
  }

  /** Returns a line with the accuracy of a network on the test digits. */
  public String accuracy(Network network) {
    return accuracy(accuracy(network, test));
  }

  /** Returns a line with an accuracy on the test digits. */
  public String accuracy(double share) {
    String on = name.equals(MNIST) ? "" : " on " + name;
    return String.format(Locale.ROOT, "test accuracy%s: %.2f %%", on, 100 * share);
  }

  /** Returns the same digits each time, independent of the seed of the network. */
  public static Digits generated(int count) {
    return new Digits(
        GENERATED,
        SyntheticDigits.generate(count, TRAIN_SEED).dataset(),
        SyntheticDigits.generate(Math.max(1, count / TRAIN_PER_TEST), TEST_SEED).dataset());
  }
}
