package org.nn4j.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ShapeMismatchException;

/** Score of a {@link ConfusionMatrix} with a class for each output. Not thread-safe. */
final class MatrixMetric implements Metric {
  private final String name;
  private final ToDoubleFunction<ConfusionMatrix> score;
  private @Nullable ConfusionMatrix matrix;

  MatrixMetric(String name, ToDoubleFunction<ConfusionMatrix> score) {
    this.name = name;
    this.score = score;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsProbabilities(int outputs) {
    return outputs == 1;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    PredictionRows.requireRows(predictions, name, "predictions");
    int classes = Math.max(2, Math.toIntExact(predictions.size(1)));
    if (matrix == null) {
      matrix = ConfusionMatrix.named(name, classes);
    }
    if (matrix.classes() != classes) {
      throw new ShapeMismatchException(
          name,
          "predictions of " + matrix.classes() + " classes like those before",
          Arrays.toString(predictions.shape()),
          "call reset() before measuring another network");
    }
    matrix.update(predictions, targets);
  }

  @Override
  public double value() {
    return matrix == null || matrix.total() == 0 ? Double.NaN : score.applyAsDouble(matrix);
  }

  @Override
  public void reset() {
    matrix = null;
  }
}
