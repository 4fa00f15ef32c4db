package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

/**
 * Adagrad: a rate for each parameter that falls with its past gradients; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * v ← v + g²
 * θ ← θ − η g / (√v + ε)
 * </pre>
 *
 * <p>Source: Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods", figure 1 with the
 * diagonal matrix, whose δ is ε here. {@code v} starts at 0. Not thread-safe.
 */
public final class Adagrad extends RuleOptimizer {
  static final String NAME = "Adagrad";

  private final double epsilon;

  Adagrad(Schedule rate, double epsilon) {
    super(NAME, rate, 1, "sumOfSquares");
    this.epsilon = Require.positive(epsilon, NAME, "epsilon");
  }

  @Override
  protected UpdateRule rule(double eta, long t) {
    return new Rule(eta, epsilon);
  }

  private record Rule(double eta, double epsilon) implements UpdateRule.WithLoop {
    @Override
    public void loop(float[] g, float[] theta, float[][] state, int from, int to) {
      float[] v = state[0];
      float rate = (float) eta;
      float e = (float) epsilon;
      for (int i = from; i < to; i++) {
        v[i] += g[i] * g[i];
        theta[i] -= rate * g[i] / ((float) Math.sqrt(v[i]) + e);
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] v = state[0];
      for (int i = from; i < to; i++) {
        v[i] += g[i] * g[i];
        theta[i] -= eta * g[i] / (Math.sqrt(v[i]) + epsilon);
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray v = state.get(0);
      INDArray s = scratch.get(0);
      g.mul(g, s);
      Kernel.axpy(1, s, v);
      InPlace.sqrt(v, s);
      InPlace.plus(epsilon, s);
      g.div(s, s);
      Kernel.axpy(-eta, s, theta);
    }
  }

  @Override
  public String settings() {
    return "Adagrad(epsilon " + epsilon + ")";
  }
}
