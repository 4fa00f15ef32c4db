package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Shape;

/**
 * LeCun's initialization, for linear and self-normalizing layers.
 *
 * <pre>
 * variance = 1 / fanIn, mean = 0      fanIn the first dimension
 * </pre>
 *
 * <p>Outputs have the variance of the inputs. Source: LeCun, Bottou, Orr and Müller, "Efficient
 * BackProp" (1998), section 4.6. Thread-safe.
 *
 * @param uniform whether elements are uniform rather than normal
 */
record LeCun(boolean uniform) implements Initializer {
  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    return RandomArrays.ofVariance(1.0 / shape.dimension(0), uniform, shape, type, random);
  }
}
