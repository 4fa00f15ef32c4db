package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * The running mean of the gradient over the root of that of its square; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * m ← β1 m + (1 − β1) g
 * v ← β2 v + (1 − β2) g²
 * θ ← θ − η (m / (1 − β1^t)) / (√(v / (1 − β2^t)) + ε)
 * </pre>
 *
 * <p>Source: Kingma and Ba 2015, "Adam", algorithm 1. {@code t} is 1 at the first step, {@code m}
 * and {@code v} start at 0. Not thread-safe.
 */
public final class Adam implements Optimizer {
  /** η unless told otherwise. */
  public static final double DEFAULT_RATE = 0.001;

  /** β1 unless told otherwise. */
  public static final double DEFAULT_BETA1 = 0.9;

  /** β2 unless told otherwise. */
  public static final double DEFAULT_BETA2 = 0.999;

  /** ε unless told otherwise. */
  public static final double DEFAULT_EPSILON = 1e-8;

  static final String NAME = "Adam";

  private final Schedule rate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final Slots slots;

  /**
   * With all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param beta1 β1 in [0, 1), how much of the mean a step keeps
   * @param beta2 β2 in [0, 1), how much of the mean of the squares a step keeps
   * @param epsilon ε, above 0
   * @throws IllegalArgumentException if β1, β2 or ε is out of its range
   */
  public Adam(Schedule rate, double beta1, double beta2, double epsilon) {
    this(NAME, rate, beta1, beta2, epsilon, newSlots(NAME));
  }

  /** The update of {@link AdamW}, in its name and with its state. */
  Adam(String who, Schedule rate, double beta1, double beta2, double epsilon, Slots slots) {
    this.rate = Require.notNull(rate, who, "rate");
    this.beta1 = Require.fraction(beta1, who, "beta1");
    this.beta2 = Require.fraction(beta2, who, "beta2");
    this.epsilon = Require.positive(epsilon, who, "epsilon");
    this.slots = slots;
  }

  static Slots newSlots(String who) {
    return new Slots(who, 1, "firstMoment", "secondMoment");
  }

  @Override
  public void step(ParameterVector parameters) {
    Require.notNull(parameters, this, "parameters");
    double eta = slots.rate(rate);
    long t = slots.begin(parameters);
    for (Slots.Slot slot : slots.all()) {
      update(slot, eta, t);
    }
  }

  void update(Slots.Slot slot, double eta, long t) {
    double etaOfMean = eta / (1 - Math.pow(beta1, (double) t));
    double scale = 1 / Math.sqrt(1 - Math.pow(beta2, (double) t));
    if (slots.update(
        slot,
        (gs, thetas, state, from, to) -> update(gs, thetas, state, from, to, etaOfMean, scale))) {
      return;
    }
    INDArray g = slot.gradients();
    INDArray m = slot.state().get(0);
    INDArray v = slot.state().get(1);
    INDArray s = slot.scratch().get(0);
    InPlace.average(beta1, m, g);
    g.mul(g, s);
    InPlace.average(beta2, v, s);
    InPlace.sqrt(v, s);
    InPlace.scale(scale, s);
    slots.plus(epsilon, s, s);
    m.div(s, s);
    Kernel.axpy(-etaOfMean, s, slot.values());
  }

  /** The same in one pass over floats. */
  private void update(
      float[] g, float[] theta, float[][] state, int from, int to, double etaOfMean, double scale) {
    float[] m = state[0];
    float[] v = state[1];
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    float eta = (float) etaOfMean;
    float s = (float) scale;
    float e = (float) epsilon;
    for (int i = from; i < to; i++) {
      m[i] = b1 * m[i] + c1 * g[i];
      v[i] = b2 * v[i] + c2 * g[i] * g[i];
      theta[i] -= eta * m[i] / (s * (float) Math.sqrt(v[i]) + e);
    }
  }

  @Override
  public double learningRate() {
    return slots.rate(rate);
  }

  @Override
  public String settings() {
    return "Adam(betas " + beta1 + " " + beta2 + ", epsilon " + epsilon + ")";
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
    return "Adam(" + rate + ", betas " + beta1 + " " + beta2 + ")";
  }
}
