package org.nn4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.kernel.Kernel;

/**
 * Inverted dropout: in training, each element is set to zero with probability p, and the others are
 * scaled up so that the expected value is unchanged.
 *
 * <pre>
 * training    Y = M X,  dX = M dY,  each m = 0 with probability p, else 1 / (1 − p)
 * inference   Y = X,    dX = dY
 * </pre>
 *
 * <p>Each pass draws its masks from a random stream that starts at the seed of the layer. Source:
 * Srivastava et al., "Dropout" (JMLR 15, 2014), with the scaling moved to training. Thread-safe
 * under the conditions of {@link Layer}.
 */
public final class Dropout implements Layer {
  record Spec(double rate) implements SizedSpec {
    Spec {
      Require.fraction(rate, "Dropout", "rate");
    }

    @Override
    public Size size(Shape input) {
      return new Size(0, input);
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(input, "Dropout.build", "input");
      Require.notNull(type, "Dropout.build", "type");
      Require.notNull(random, "Dropout.build", "random");
      return new Dropout(rate, random.nextLong(), input, type);
    }

    @Override
    public String toString() {
      return "Dropout(" + rate + ")";
    }
  }

  /** Random bits of {@link RandomGenerator#nextDouble}. */
  private static final int RANDOM_BITS = 53;

  private static final Formula.Elementwise<Dropout> SCALE =
      Formula.of(Dropout::loop, Dropout::loop, Dropout::operations);

  private final double rate;
  private final long seed;
  private final Shape shape;
  private final DataType type;

  private Dropout(double rate, long seed, Shape shape, DataType type) {
    this.rate = rate;
    this.seed = seed;
    this.shape = shape;
    this.type = type;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, shape, type, this, "input");
    if (!pass.isTraining()) {
      return x;
    }
    INDArray mask = pass.buffer(this, "M", type, x.shape());
    draw(mask, pass.state(this, SeededRandom.class, () -> new SeededRandom(seed)));
    pass.keep(this, "M", mask);
    INDArray y = pass.buffer(this, "Y", type, x.shape());
    Kernel.multiply(x, mask, y);
    return y;
  }

  private void draw(INDArray mask, SeededRandom random) {
    float[] numbers = new float[Math.toIntExact(mask.length())];
    long bound = (long) Math.ceil(rate * (1L << RANDOM_BITS));
    for (int i = 0; i < numbers.length; i++) {
      long drawn = random.nextLong() >>> (Long.SIZE - RANDOM_BITS);
      // 0 if nextDouble() < p, else 1: the sign of a difference. A branch would be mispredicted.
      numbers[i] = 1 - ((drawn - bound) >>> (Long.SIZE - 1));
    }
    JavaArrays.copy(numbers, mask);
    SCALE.apply(this, mask, mask);
  }

  /** Computes {@code m / (1 − p)}. */
  private void loop(float[] mask, int n) {
    float kept = (float) (1 - rate);
    for (int i = 0; i < n; i++) {
      mask[i] /= kept;
    }
  }

  private void loop(double[] mask, int n) {
    for (int i = 0; i < n; i++) {
      mask[i] /= 1 - rate;
    }
  }

  private void operations(INDArray mask, INDArray to) {
    mask.div(1 - rate, to);
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    Require.notNull(dY, this, "gradient");
    Require.notNull(pass, this, "pass");
    if (!pass.isTraining()) {
      return dY;
    }
    INDArray mask = pass.kept(this, "M");
    Require.like(mask, dY, this, "gradient");
    INDArray dX = pass.buffer(this, "dX", type, mask.shape());
    Kernel.multiply(dY, mask, dX);
    return dX;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Shape outputShape() {
    return shape;
  }

  /** {@return the probability p of dropping an element} */
  public double rate() {
    return rate;
  }

  /** {@return the seed of the random stream of each pass} */
  public long seed() {
    return seed;
  }

  @Override
  public String toString() {
    return "Dropout(" + rate + ")";
  }
}
