package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * The gradient in the units of the parameter: no learning rate to choose; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * v ← ρ v + (1 − ρ) g²
 * Δ = √(u + ε) / √(v + ε) g
 * θ ← θ − η Δ
 * u ← ρ u + (1 − ρ) Δ²
 * </pre>
 *
 * <p>Source: Zeiler 2012, "ADADELTA", algorithm 1, which has no η: it is 1 unless told otherwise.
 * {@code u} and {@code v} start at 0. Not thread-safe.
 */
public final class Adadelta implements Optimizer {
  /** η unless told otherwise. */
  public static final double DEFAULT_RATE = 1;

  /** ρ unless told otherwise. */
  public static final double DEFAULT_DECAY = 0.9;

  /** ε unless told otherwise. */
  public static final double DEFAULT_EPSILON = 1e-6;

  static final String NAME = "Adadelta";

  private final Schedule rate;
  private final double decay;
  private final double epsilon;
  private final Slots slots = new Slots(NAME, 2, "meanOfSquares", "meanOfSquaredChanges");

  /**
   * With all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param decay ρ in [0, 1), how much of the means a step keeps
   * @param epsilon ε, above 0
   * @throws IllegalArgumentException if ρ or ε is out of its range
   */
  public Adadelta(Schedule rate, double decay, double epsilon) {
    Require.notNull(rate, "Adadelta", "rate");
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
          slot, (gs, thetas, state, from, to) -> update(gs, thetas, state, from, to, eta))) {
        continue;
      }
      INDArray g = slot.gradients();
      INDArray v = slot.state().get(0);
      INDArray u = slot.state().get(1);
      INDArray delta = slot.scratch().get(0);
      INDArray s = slot.scratch().get(1);
      g.mul(g, s);
      InPlace.average(decay, v, s);
      slots.plus(epsilon, u, delta);
      slots.plus(epsilon, v, s);
      InPlace.sqrt(delta, delta);
      InPlace.sqrt(s, s);
      delta.divi(s);
      delta.muli(g);
      Kernel.axpy(-eta, delta, slot.values());
      delta.mul(delta, s);
      InPlace.average(decay, u, s);
    }
  }

  /** The same in one pass over floats. */
  private void update(float[] g, float[] theta, float[][] state, int from, int to, double eta) {
    float[] v = state[0];
    float[] u = state[1];
    float kept = (float) decay;
    float added = (float) (1 - decay);
    float rateNow = (float) eta;
    float e = (float) epsilon;
    for (int i = from; i < to; i++) {
      v[i] = kept * v[i] + added * g[i] * g[i];
      float delta = (float) Math.sqrt(u[i] + e) / (float) Math.sqrt(v[i] + e) * g[i];
      theta[i] -= rateNow * delta;
      u[i] = kept * u[i] + added * delta * delta;
    }
  }

  @Override
  public double learningRate() {
    return slots.rate(rate);
  }

  @Override
  public String settings() {
    return "Adadelta(decay " + decay + ", epsilon " + epsilon + ")";
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
    return "Adadelta(" + rate + ", decay " + decay + ")";
  }
}
