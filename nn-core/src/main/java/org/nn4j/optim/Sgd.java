package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

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
 * gradient when it is added, so a new rate of a schedule applies to the whole velocity. {@code v}
 * starts at 0.
 *
 * <p>Not thread-safe.
 */
public final class Sgd extends RuleOptimizer {
  static final String NAME = "Sgd";

  private static final String[] VELOCITY = {"velocity"};

  private final Momentum momentum;
  private final double mu;

  /** Kinds of momentum. */
  enum Momentum {
    NONE,
    CLASSICAL,
    NESTEROV
  }

  /** Creates plain gradient descent. */
  Sgd(Schedule rate) {
    this(rate, Momentum.NONE, 0);
  }

  /** Creates gradient descent with momentum. */
  Sgd(Schedule rate, Momentum momentum, double mu) {
    super(NAME, rate, 0, momentum == Momentum.NONE ? new String[0] : VELOCITY);
    this.momentum = momentum;
    this.mu = Require.fraction(mu, NAME, "momentum");
  }

  @Override
  protected UpdateRule rule(double eta, long t) {
    if (momentum == Momentum.NONE) {
      return new Plain(eta);
    }
    return momentum == Momentum.NESTEROV ? new Nesterov(eta, mu) : new Classical(eta, mu);
  }

  /** Rule {@code θ ← θ − η g}, a single BLAS operation, which needs no loop. */
  private record Plain(double eta) implements UpdateRule {
    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      Kernel.axpy(-eta, g, theta);
    }
  }

  /** Rule {@code v ← μ v + g, θ ← θ − η v}. */
  private record Classical(double eta, double mu) implements UpdateRule.WithLoop {
    @Override
    public void loop(float[] g, float[] theta, float[][] state, int from, int to) {
      float[] v = state[0];
      float m = (float) mu;
      float rate = (float) eta;
      for (int i = from; i < to; i++) {
        v[i] = Underflow.avoid(m * v[i] + g[i]);
        theta[i] -= rate * v[i];
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] v = state[0];
      for (int i = from; i < to; i++) {
        v[i] = Underflow.avoid(mu * v[i] + g[i]);
        theta[i] -= eta * v[i];
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray v = state.get(0);
      Kernel.scale(v, mu);
      Kernel.axpy(1, g, v);
      Kernel.axpy(-eta, v, theta);
    }
  }

  /** Rule {@code v ← μ v + g, θ ← θ − (η μ v + η g)}. */
  private record Nesterov(double eta, double mu) implements UpdateRule.WithLoop {
    @Override
    public void loop(float[] g, float[] theta, float[][] state, int from, int to) {
      float[] v = state[0];
      float m = (float) mu;
      float ofVelocity = (float) (eta * mu);
      float ofGradient = (float) eta;
      for (int i = from; i < to; i++) {
        v[i] = Underflow.avoid(m * v[i] + g[i]);
        theta[i] -= ofVelocity * v[i] + ofGradient * g[i];
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] v = state[0];
      double ofVelocity = eta * mu;
      for (int i = from; i < to; i++) {
        v[i] = Underflow.avoid(mu * v[i] + g[i]);
        theta[i] -= ofVelocity * v[i] + eta * g[i];
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray v = state.get(0);
      Kernel.scale(v, mu);
      Kernel.axpy(1, g, v);
      Kernel.axpy(-eta * mu, v, theta);
      Kernel.axpy(-eta, g, theta);
    }
  }

  /** Checkpoints contain this text. */
  private String momentumText() {
    String kind = momentum == Momentum.NESTEROV ? "Nesterov" : "Classical";
    return kind + "[coefficient=" + mu + "]";
  }

  @Override
  public String settings() {
    return "SGD(" + (momentum == Momentum.NONE ? "no momentum" : momentumText()) + ")";
  }

  @Override
  public String toString() {
    String memory = momentum == Momentum.NONE ? "" : ", " + momentumText();
    return "SGD(" + schedule() + memory + ")";
  }
}
