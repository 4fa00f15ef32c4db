package org.nn4j.init;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;

/**
 * Random orthogonal matrix times a gain: a linear layer keeps the length of signals.
 *
 * <pre>
 * WᵀW = gain² I     if in ≥ out: orthonormal columns
 * WWᵀ = gain² I     if in ≤ out: orthonormal rows
 * </pre>
 *
 * <p>Vectors of normal elements are made orthonormal by the modified Gram-Schmidt process with two
 * passes, because one loses digits where vectors are nearly parallel (Giraud, Langou and Rozložník,
 * 2005). The process leaves a positive diagonal in R, so that all orthogonal matrices are equally
 * likely (Mezzadri, 2007). A shape of more than two dimensions counts as a matrix whose columns are
 * its last dimension. Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear
 * dynamics of learning in deep linear neural networks" (ICLR 2014), section 3. Thread-safe.
 *
 * @param gain the length of each vector; above 0
 */
record Orthogonal(double gain) implements Initializer {
  /** The gain of a linear layer. */
  static final double DEFAULT_GAIN = 1;

  Orthogonal {
    Require.positive(gain, "Orthogonal", "gain");
  }

  /**
   * Returns a new matrix.
   *
   * @throws ShapeMismatchException if the shape has fewer than two dimensions
   */
  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    if (shape.rank() < 2) {
      throw new ShapeMismatchException(
          "Orthogonal",
          "a matrix, [in, out]",
          shape.toString(),
          "use it for weights; biases start from zeros");
    }
    int out = Math.toIntExact(shape.dimension(shape.rank() - 1));
    int in = Math.toIntExact(shape.size() / out);
    double[][] vectors = orthonormal(Math.min(in, out), Math.max(in, out), random);
    double[] w = new double[in * out];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        w[i * out + j] = gain * (in >= out ? vectors[j][i] : vectors[i][j]);
      }
    }
    return RandomArrays.array(w, shape, type);
  }

  private static double[][] orthonormal(int count, int length, RandomGenerator random) {
    double[][] vectors = new double[count][length];
    for (int k = 0; k < count; k++) {
      double[] v = vectors[k];
      Arrays.setAll(v, i -> random.nextGaussian());
      for (int round = 0; round < 2; round++) {
        for (int before = 0; before < k; before++) {
          subtractProjection(v, vectors[before]);
        }
        divide(v, Math.sqrt(dot(v, v)));
      }
    }
    return vectors;
  }

  /** {@code v −= (v·unit) unit}. */
  private static void subtractProjection(double[] v, double[] unit) {
    double projection = dot(v, unit);
    for (int i = 0; i < v.length; i++) {
      v[i] -= projection * unit[i];
    }
  }

  private static void divide(double[] v, double length) {
    for (int i = 0; i < v.length; i++) {
      v[i] /= length;
    }
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += u[i] * v[i];
    }
    return sum;
  }
}
