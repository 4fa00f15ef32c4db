package org.nn4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;

/**
 * Share of samples whose class is among the k largest outputs, {@code correct / N}.
 *
 * <p>Of equal outputs the first counts as larger, so k = 1 is {@link Accuracy}. A row that contains
 * NaN is wrong. Targets must have one class each, as for {@link Accuracy}. Not thread-safe.
 */
final class TopKAccuracy extends MeanMetric {
  private final int k;

  TopKAccuracy(int k) {
    super("top-" + Require.atLeastOne(k, "TopKAccuracy", "k") + " accuracy");
    this.k = k;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    int least = Math.max(2, k);
    if (predictions.size(1) < least) {
      throw new ShapeMismatchException(
          name(),
          "predictions [B, classes] with " + least + " or more classes",
          Arrays.toString(predictions.shape()),
          "choose a smaller k, or accuracy() for one output");
    }
    int[] expected = PredictionRows.classesOfTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      int target = expected[i];
      boolean isAmong =
          IntStream.of(PredictionRows.largest(predicted[i], k)).anyMatch(c -> c == target);
      add(isAmong ? 1 : 0);
    }
  }
}
