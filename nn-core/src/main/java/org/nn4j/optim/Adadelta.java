package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

/**
 * Adadelta: gradient scaled to the units of the parameter; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * v ← ρ v + (1 − ρ) g²
 * Δ = √(u + ε) / √(v + ε) g
 * θ ← θ − η Δ
 * u ← ρ u + (1 − ρ) Δ²
 * </pre>
 *
 * <p>Source: Zeiler 2012, "ADADELTA", algorithm 1, which has no η: its default is 1. {@code u} and
 * {@code v} start at 0. Not thread-safe.
 */
public final class Adadelta extends RuleOptimizer {
  static final String NAME = "Adadelta";

  private final double decay;
  private final double epsilon;

  Adadelta(Schedule rate, double decay, double epsilon) {
    super(NAME, rate, 2, "meanOfSquares", "meanOfSquaredChanges");
    this.decay = Require.fraction(decay, NAME, "decay");
    this.epsilon = Require.positive(epsilon, NAME, "epsilon");
  }

  @Override
  protected UpdateRule rule(double eta, long t) {
    return new Rule(eta, decay, epsilon);
  }

  private record Rule(double eta, double decay, double epsilon) implements UpdateRule.WithLoop {
    @Override
    public void loop(float[] g, float[] theta, float[][] state, int from, int to) {
      float[] v = state[0];
      float[] u = state[1];
      float kept = (float) decay;
      float added = (float) (1 - decay);
      float rate = (float) eta;
      float e = (float) epsilon;
      float least = Underflow.least(added, e);
      for (int i = from; i < to; i++) {
        float size = Underflow.size(g[i], least);
        v[i] = kept * v[i] + added * size * size;
        float delta = (float) Math.sqrt(u[i] + e) / (float) Math.sqrt(v[i] + e) * g[i];
        theta[i] -= rate * delta;
        float sizeOfDelta = Underflow.size(delta, least);
        u[i] = kept * u[i] + added * sizeOfDelta * sizeOfDelta;
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] v = state[0];
      double[] u = state[1];
      for (int i = from; i < to; i++) {
        v[i] = decay * v[i] + (1 - decay) * g[i] * g[i];
        double delta = Math.sqrt(u[i] + epsilon) / Math.sqrt(v[i] + epsilon) * g[i];
        theta[i] -= eta * delta;
        u[i] = decay * u[i] + (1 - decay) * delta * delta;
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray v = state.get(0);
      INDArray u = state.get(1);
      INDArray delta = scratch.get(0);
      INDArray s = scratch.get(1);
      g.mul(g, s);
      InPlace.average(decay, v, s);
      delta.assign(u);
      InPlace.plus(epsilon, delta);
      s.assign(v);
      InPlace.plus(epsilon, s);
      InPlace.sqrt(delta, delta);
      InPlace.sqrt(s, s);
      delta.divi(s);
      delta.muli(g);
      Kernel.axpy(-eta, delta, theta);
      delta.mul(delta, s);
      InPlace.average(decay, u, s);
    }
  }

  @Override
  public String settings() {
    return "Adadelta(decay " + decay + ", epsilon " + epsilon + ")";
  }

  @Override
  public String toString() {
    return "Adadelta(" + schedule() + ", decay " + decay + ")";
  }
}
