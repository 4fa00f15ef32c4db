package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * A rate for each parameter, smaller the more gradient it has seen; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * v ← v + g²
 * θ ← θ − η g / (√v + ε)
 * </pre>
 *
 * <p>Source: Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods", figure 1 with the
 * diagonal matrix, whose δ stands where ε does here. {@code v} starts at 0. Not thread-safe.
 */
public final class Adagrad implements Optimizer {
  /** η unless told otherwise. */
  public static final double DEFAULT_RATE = 0.01;

  /** ε unless told otherwise. */
  public static final double DEFAULT_EPSILON = 1e-10;

  static final String NAME = "Adagrad";

  private final Schedule rate;
  private final double epsilon;
  private final Slots slots = new Slots(NAME, 1, "sumOfSquares");

  /**
   * With all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param epsilon ε, above 0
   * @throws IllegalArgumentException if ε is out of its range
   */
  public Adagrad(Schedule rate, double epsilon) {
    Require.notNull(rate, "Adagrad", "rate");
    this.rate = rate;
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
      Kernel.axpy(1, s, v);
      InPlace.sqrt(v, s);
      slots.plus(epsilon, s, s);
      g.div(s, s);
      Kernel.axpy(-eta, s, slot.values());
    }
  }

  /** The same in one pass over floats. */
  private void update(float[] g, float[] theta, float[] v, int from, int to, double eta) {
    float rateNow = (float) eta;
    float e = (float) epsilon;
    for (int i = from; i < to; i++) {
      v[i] += g[i] * g[i];
      theta[i] -= rateNow * g[i] / ((float) Math.sqrt(v[i]) + e);
    }
  }

  @Override
  public double learningRate() {
    return slots.rate(rate);
  }

  @Override
  public String settings() {
    return "Adagrad(epsilon " + epsilon + ")";
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
    return "Adagrad(" + rate + ")";
  }
}
