package org.nn4j.examples;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.data.Batch;
import org.nn4j.data.Batches;
import org.nn4j.data.Dataset;
import org.nn4j.metric.Metrics;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;

/**
 * Digits to train on and digits to test on.
 *
 * @param name what they are, for people
 * @param train the samples to train on
 * @param test the samples to measure on
 */
record Digits(String name, Dataset train, Dataset test) {
  static final String MNIST = "MNIST";
  static final String GENERATED = "generated digits";

  /** Digits to train on for each one to test on, as in MNIST. */
  private static final int TRAIN_PER_TEST = 6;

  private static final long TRAIN_SEED = 1;
  private static final long TEST_SEED = 2;

  static Digits of(String name, LabeledImages images) {
    return new Digits(name, images.train(), images.test());
  }

  /** Generated digits 0, 1, ... 9, 0, 1, ... and so on, as arrays. */
  static Batch arrays(int count, long seed) {
    Dataset digits = SyntheticDigits.generate(count, seed).dataset();
    return Batches.inOrder(digits, count, DataType.FLOAT).evaluation().iterator().next();
  }

  /** A line below the answer for a picture that is unlike a digit. */
  static String remark(String doubt) {
    return "  this may be no digit: " + doubt + "; a network has only digits to answer with";
  }

  /** A line with the accuracy of a network on the test digits. */
  String accuracy(Network network) {
    return accuracy(
        Evaluator.of(network).metrics(Metrics.accuracy()).evaluate(test).value(Metrics.accuracy()));
  }

  /** A line with an accuracy on the test digits. */
  String accuracy(double share) {
    String on = name.equals(MNIST) ? "" : " on " + name;
    return String.format(Locale.ROOT, "test accuracy%s: %.2f %%", on, 100 * share);
  }

  /** The same digits each time, whatever the seed of the network. */
  static Digits generated(int count) {
    return new Digits(
        GENERATED,
        SyntheticDigits.generate(count, TRAIN_SEED).dataset(),
        SyntheticDigits.generate(Math.max(1, count / TRAIN_PER_TEST), TEST_SEED).dataset());
  }
}
