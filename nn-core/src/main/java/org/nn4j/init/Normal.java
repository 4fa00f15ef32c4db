package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;

/**
 * Elements from N(mean, standardDeviation²). Thread-safe.
 *
 * @param mean the mean
 * @param standardDeviation above 0
 */
record Normal(double mean, double standardDeviation) implements Initializer {
  Normal {
    Require.finite(mean, "Normal", "mean");
    Require.positive(standardDeviation, "Normal", "standard deviation");
  }

  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    return RandomArrays.draw(shape, type, () -> mean + standardDeviation * random.nextGaussian());
  }
}
