package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * Stochastic gradient descent, plain or with momentum; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * none        θ ← θ − η g
 * classical   v ← μ v + g     θ ← θ − η v
 * Nesterov    v ← μ v + g     θ ← θ − η (g + μ v)
 * </pre>
 *
 * <p>Sources: Polyak 1964; Nesterov 1983 in the form of Sutskever and others 2013. As in PyTorch,
 * and unlike in these papers, the rate multiplies the velocity when it is used rather than the
 * gradient when it enters: under a schedule the whole memory follows the new rate. {@code v} starts
 * at 0.
 *
 * <p>Not thread-safe.
 */
public final class Sgd implements Optimizer {
  static final String NAME = "Sgd";

  private final Schedule rate;
  private final Momentum momentum;
  private final Slots slots;

  /**
   * Plain gradient descent.
   *
   * @param learningRate η, above 0
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public Sgd(double learningRate) {
    this(Schedules.constant(learningRate, NAME), new Momentum.None());
  }

  /**
   * Gradient descent by a schedule, with or without momentum.
   *
   * @param rate the learning rate η of each step
   * @param momentum which memory of past gradients
   */
  public Sgd(Schedule rate, Momentum momentum) {
    Require.notNull(rate, "Sgd", "rate");
    Require.notNull(momentum, "Sgd", "momentum");
    this.rate = rate;
    this.momentum = momentum;
    this.slots =
        momentum instanceof Momentum.None ? new Slots(NAME, 0) : new Slots(NAME, 0, "velocity");
  }

  @Override
  public void step(ParameterVector parameters) {
    Require.notNull(parameters, this, "parameters");
    double eta = slots.rate(rate);
    double mu = momentum.coefficient();
    // θ ← θ − η (a v + b g), which is both kinds of momentum.
    double a = momentum instanceof Momentum.Nesterov ? mu : 1;
    double b = momentum instanceof Momentum.Nesterov ? 1 : 0;
    slots.begin(parameters);
    for (Slots.Slot slot : slots.all()) {
      INDArray g = slot.gradients();
      INDArray theta = slot.values();
      if (momentum instanceof Momentum.None) {
        Kernel.axpy(-eta, g, theta);
      } else if (!slots.update(
          slot,
          (gs, thetas, state, from, to) ->
              update(gs, thetas, state[0], from, to, mu, eta * a, eta * b))) {
        INDArray v = slot.state().get(0);
        InPlace.scale(mu, v);
        Kernel.axpy(1, g, v);
        Kernel.axpy(-eta * a, v, theta);
        Kernel.axpy(-eta * b, g, theta);
      }
    }
  }

  /** The same in one pass over floats. */
  private static void update(
      float[] g,
      float[] theta,
      float[] v,
      int from,
      int to,
      double mu,
      double ofVelocity,
      double ofGradient) {
    float m = (float) mu;
    float a = (float) ofVelocity;
    float b = (float) ofGradient;
    for (int i = from; i < to; i++) {
      v[i] = m * v[i] + g[i];
      theta[i] -= a * v[i] + b * g[i];
    }
  }

  @Override
  public double learningRate() {
    return slots.rate(rate);
  }

  @Override
  public String settings() {
    return "SGD(" + (momentum instanceof Momentum.None ? "no momentum" : momentum) + ")";
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
    return "SGD(" + rate + (momentum instanceof Momentum.None ? "" : ", " + momentum) + ")";
  }
}
