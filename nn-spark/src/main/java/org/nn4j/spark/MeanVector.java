package org.nn4j.spark;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean of vectors in double precision, in the order in which they are added. The mean of equal
 * vectors has their bits.
 */
final class MeanVector {
  private double[] mean = new double[0];
  private double weights;

  /** Adds a vector with a weight, {@code mean ← mean + w / Σ w (v − mean)}. */
  void add(double[] vector, double weight) {
    weights += weight;
    if (mean.length == 0) {
      mean = vector.clone();
      return;
    }
    double share = weight / weights;
    for (int i = 0; i < mean.length; i++) {
      mean[i] += share * (vector[i] - mean[i]);
    }
  }

  /** Adds the mean of {@code w} samples, given as their sum. */
  void addSum(double[] sum, double weight) {
    add(Arrays.stream(sum).map(element -> element / weight).toArray(), weight);
  }

  /** Returns the mean as an array of the caller. */
  INDArray mean(DataType type) {
    if (type == DataType.FLOAT) {
      float[] floats = new float[mean.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) mean[i];
      }
      return Nd4j.createFromArray(floats);
    }
    return Nd4j.createFromArray(mean);
  }
}
