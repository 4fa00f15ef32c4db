package org.nn4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;

/**
 * The share of samples whose class is among the k largest outputs, {@code correct / N}.
 *
 * <p>Of equal outputs the first counts as larger, so that k = 1 is {@link Accuracy}. A row that
 * holds a NaN is wrong. Targets have to name one class each, as with {@link Accuracy}. Not
 * thread-safe.
 */
public final class TopKAccuracy implements Metric {
  private final int k;
  private long correct;
  private long total;

  /**
   * Starts with no sample.
   *
   * @param k the number of guesses, 1 or more
   * @throws IllegalArgumentException if k is below 1
   */
  public TopKAccuracy(int k) {
    this.k = Require.atLeastOne(k, "TopKAccuracy", "k");
  }

  @Override
  public String name() {
    return "top-" + k + " accuracy";
  }

  /**
   * Takes a batch into account.
   *
   * @throws ShapeMismatchException if the shapes differ, or there are fewer than two or k classes
   * @throws IllegalArgumentException if a target does not name one class
   */
  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "TopKAccuracy.update", "predictions");
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    int least = Math.max(2, k);
    if (predictions.size(1) < least) {
      throw new ShapeMismatchException(
          name(),
          "predictions [B, classes] with " + least + " or more classes",
          Arrays.toString(predictions.shape()),
          "choose a smaller k, or Accuracy for one output");
    }
    int[] expected = PredictionRows.classesOfTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      int target = expected[i];
      if (IntStream.of(PredictionRows.largest(predicted[i], k))
          .anyMatch(guess -> guess == target)) {
        correct++;
      }
    }
    total += predicted.length;
  }

  @Override
  public double value() {
    return total == 0 ? Double.NaN : (double) correct / total;
  }

  @Override
  public void reset() {
    correct = 0;
    total = 0;
  }
}
