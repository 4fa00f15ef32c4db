package org.nn4j.model;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Activations and gradients of a layer for a batch.
 *
 * @param path the position of the layer, such as {@code layers.0}
 * @param layer the text of the layer
 * @param activations its output {@code [B, out...]}, a copy
 * @param activation the statistics of its output
 * @param outputGradient those of ∂L/∂output; of ∂L/∂Z for a last layer whose activation is fused
 *     with the loss; empty without a loss
 * @param parameterGradient those of ∂L/∂θ of its parameters, as one row; empty without a loss or
 *     without parameters
 */
public record LayerReport(
    String path,
    String layer,
    INDArray activations,
    Statistics activation,
    Optional<Statistics> outputGradient,
    Optional<Statistics> parameterGradient) {
  /**
   * Statistics of the elements of an array over a batch, in double precision.
   *
   * @param mean the mean
   * @param deviation the standard deviation, {@code √ mean (x − mean)²}
   * @param zeros the share that is exactly 0
   * @param dead the share of units (elements of a sample) that are 0 in every sample of the batch
   */
  public record Statistics(double mean, double deviation, double zeros, double dead) {
    /** Returns the statistics of an array whose rows are samples. */
    static Statistics of(INDArray batch) {
      double[] numbers =
          batch.dup('c').castTo(DataType.DOUBLE).reshape(batch.length()).toDoubleVector();
      int units = (int) (numbers.length / batch.size(0));
      double sum = 0;
      for (double number : numbers) {
        sum += number;
      }
      double mean = sum / numbers.length;
      double squares = 0;
      long zeros = 0;
      boolean[] alive = new boolean[units];
      for (int i = 0; i < numbers.length; i++) {
        squares += (numbers[i] - mean) * (numbers[i] - mean);
        if (numbers[i] == 0) {
          zeros++;
        } else {
          alive[i % units] = true;
        }
      }
      int dead = 0;
      for (boolean unit : alive) {
        dead += unit ? 0 : 1;
      }
      return new Statistics(
          mean,
          Math.sqrt(squares / numbers.length),
          (double) zeros / numbers.length,
          (double) dead / units);
    }
  }
}
