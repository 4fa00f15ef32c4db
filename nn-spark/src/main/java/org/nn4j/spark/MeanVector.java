package org.nn4j.spark;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weighted mean of vectors, summed in double precision in the order in which they are added.
 *
 * <pre>
 * mean = Σ wₚ vₚ / Σ wₚ
 * </pre>
 */
final class MeanVector {
  private double[] sum = new double[0];
  private double weights;

  /** Adds {@code w v}. */
  void add(double[] vector, double weight) {
    add(vector, weight, weight);
  }

  /** Adds a vector that is a sum over {@code w} samples. */
  void addSum(double[] vector, double weight) {
    add(vector, 1, weight);
  }

  private void add(double[] vector, double factor, double weight) {
    if (sum.length == 0) {
      sum = new double[vector.length];
    }
    for (int i = 0; i < vector.length; i++) {
      sum[i] += factor * vector[i];
    }
    weights += weight;
  }

  /** Returns the mean as an array of the caller. */
  INDArray mean(DataType type) {
    if (type == DataType.FLOAT) {
      float[] floats = new float[sum.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) (sum[i] / weights);
      }
      return Nd4j.createFromArray(floats);
    }
    double[] doubles = new double[sum.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = sum[i] / weights;
    }
    return Nd4j.createFromArray(doubles);
  }
}
