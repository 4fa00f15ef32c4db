package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * The gradient over the root of the running mean of its square; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * v ← ρ v + (1 − ρ) g²
 * θ ← θ − η g / (√v + ε)
 * </pre>
 *
 * <p>Source: Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning". ε
 * stands outside the root, as in PyTorch. {@code v} starts at 0. Not thread-safe.
 */
public final class RmsProp implements Optimizer {
  /** η unless told otherwise. */
  public static final double DEFAULT_RATE = 0.001;

  /** ρ unless told otherwise: that of the lecture (PyTorch has 0.99). */
  public static final double DEFAULT_DECAY = 0.9;

  /** ε unless told otherwise. */
  public static final double DEFAULT_EPSILON = 1e-8;

  static final String NAME = "RmsProp";

  private final Schedule rate;
  private final double decay;
  private final double epsilon;
  private final Slots slots = new Slots(NAME, 1, "meanOfSquares");

  /**
   * With all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param decay ρ in [0, 1), how much of the mean a step keeps
   * @param epsilon ε, above 0
   * @throws IllegalArgumentException if ρ or ε is out of its range
   */
  public RmsProp(Schedule rate, double decay, double epsilon) {
    Require.notNull(rate, "RmsProp", "rate");
    this.rate = rate;
    this.decay = Require.fraction(decay, NAME, "decay");
    this.epsilon = Require.positive(epsilon, NAME, "epsilon");
  }

  @Override
  public void step(ParameterVector parameters) {
    Require.notNull(parameters, this, "parameters");
    double eta = slots.rate(rate);
    slots.begin(parameters);
    for (Slots.Slot slot : slots.all()) {
      if (slots.update(
          slot, (gs, thetas, state, from, to) -> update(gs, thetas, state[0], from, to, eta))) {
        continue;
      }
      INDArray g = slot.gradients();
      INDArray v = slot.state().get(0);
      INDArray s = slot.scratch().get(0);
      g.mul(g, s);
      InPlace.average(decay, v, s);
      InPlace.sqrt(v, s);
      slots.plus(epsilon, s, s);
      g.div(s, s);
      Kernel.axpy(-eta, s, slot.values());
    }
  }

  /** The same in one pass over floats. */
  private void update(float[] g, float[] theta, float[] v, int from, int to, double eta) {
    float kept = (float) decay;
    float added = (float) (1 - decay);
    float rateNow = (float) eta;
    float e = (float) epsilon;
    for (int i = from; i < to; i++) {
      v[i] = kept * v[i] + added * g[i] * g[i];
      theta[i] -= rateNow * g[i] / ((float) Math.sqrt(v[i]) + e);
    }
  }

  @Override
  public double learningRate() {
    return slots.rate(rate);
  }

  @Override
  public String settings() {
    return "RMSProp(decay " + decay + ", epsilon " + epsilon + ")";
  }

  @Override
  public OptimizerState state() {
    return slots.state(rate);
  }

  @Override
  public void restore(OptimizerState state, ParameterVector parameters) {
    slots.restore(state, rate, parameters);
  }

  @Override
  public long offHeapBytes() {
    return slots.offHeapBytes();
  }

  @Override
  public void close() {
    slots.close();
  }

  @Override
  public String toString() {
    return "RMSProp(" + rate + ", decay " + decay + ")";
  }
}
