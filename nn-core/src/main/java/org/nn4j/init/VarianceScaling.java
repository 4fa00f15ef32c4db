package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;

/**
 * Numbers of mean 0 whose variance keeps the size of signals from layer to layer.
 *
 * <pre>
 * GLOROT   variance = 2 / (fanIn + fanOut)
 * HE       variance = 2 / fanIn
 * LECUN    variance = 1 / fanIn
 *
 * normal   N(0, variance)
 * uniform  U(−√(3 variance), √(3 variance))
 * </pre>
 *
 * <p>The fan-in is the first dimension of the shape and the fan-out the last. Sources: Glorot and
 * Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS
 * 2010), equation 16; He et al., "Delving Deep into Rectifiers" (ICCV 2015), equation 10; LeCun,
 * Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.6. Thread-safe.
 *
 * @param scale the rule for the variance
 * @param uniform whether the numbers are uniform rather than normal
 */
record VarianceScaling(Scale scale, boolean uniform) implements Initializer {
  VarianceScaling {
    Require.notNull(scale, "VarianceScaling", "scale");
  }

  /** The rule for the variance. */
  enum Scale {
    /** {@code 2 / (fanIn + fanOut)}: for sigmoid, tanh, softmax and linear layers. */
    GLOROT {
      @Override
      double variance(long fanIn, long fanOut) {
        return 2.0 / (fanIn + fanOut);
      }
    },
    /** {@code 2 / fanIn}: for the ReLU family, which halves the variance. */
    HE {
      @Override
      double variance(long fanIn, long fanOut) {
        return 2.0 / fanIn;
      }
    },
    /** {@code 1 / fanIn}: outputs vary as much as inputs do; for linear and self-scaling layers. */
    LECUN {
      @Override
      double variance(long fanIn, long fanOut) {
        return 1.0 / fanIn;
      }
    };

    abstract double variance(long fanIn, long fanOut);
  }

  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    double variance = scale.variance(shape.dimension(0), shape.dimension(shape.rank() - 1));
    if (uniform) {
      double limit = Math.sqrt(3 * variance);
      return Samples.draw(shape, type, () -> limit * (2 * random.nextDouble() - 1));
    }
    double deviation = Math.sqrt(variance);
    return Samples.draw(shape, type, () -> deviation * random.nextGaussian());
  }
}
