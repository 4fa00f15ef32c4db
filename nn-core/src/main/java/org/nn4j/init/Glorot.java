package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Shape;

/**
 * Glorot's initialization (Xavier's), for sigmoid, tanh, softmax and linear layers.
 *
 * <pre>
 * variance = 2 / (fanIn + fanOut), mean = 0      fanIn the first dimension, fanOut the last
 * </pre>
 *
 * <p>A compromise between the variance of activations and that of gradients. Source: Glorot and
 * Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS
 * 2010), equation 16. Thread-safe.
 *
 * @param uniform whether elements are uniform rather than normal
 */
record Glorot(boolean uniform) implements Initializer {
  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    long fanIn = shape.dimension(0);
    long fanOut = shape.dimension(shape.rank() - 1);
    return RandomArrays.ofVariance(2.0 / (fanIn + fanOut), uniform, shape, type, random);
  }
}
