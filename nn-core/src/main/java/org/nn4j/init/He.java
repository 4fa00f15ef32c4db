package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Shape;

/**
 * He's initialization (Kaiming's), for the ReLU family, which halves the variance.
 *
 * <pre>
 * variance = 2 / fanIn, mean = 0      fanIn the first dimension
 * </pre>
 *
 * <p>Source: He et al., "Delving Deep into Rectifiers" (ICCV 2015), equation 10. Thread-safe.
 *
 * @param uniform whether elements are uniform rather than normal
 */
record He(boolean uniform) implements Initializer {
  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    return RandomArrays.ofVariance(2.0 / shape.dimension(0), uniform, shape, type, random);
  }
}
