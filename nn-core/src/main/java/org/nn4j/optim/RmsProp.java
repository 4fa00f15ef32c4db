package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

/**
 * RMSProp: gradient over the root of the running mean of its square; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * v ← ρ v + (1 − ρ) g²
 * θ ← θ − η g / (√v + ε)
 * </pre>
 *
 * <p>Source: Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning". ε is
 * outside the root, as in PyTorch. {@code v} starts at 0. Not thread-safe.
 */
public final class RmsProp extends RuleOptimizer {
  static final String NAME = "RmsProp";

  private final double decay;
  private final double epsilon;

  RmsProp(Schedule rate, double decay, double epsilon) {
    super(NAME, rate, 1, "meanOfSquares");
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
      float kept = (float) decay;
      float added = (float) (1 - decay);
      float rate = (float) eta;
      float e = (float) epsilon;
      float least = Underflow.least(added, e);
      for (int i = from; i < to; i++) {
        float size = Underflow.size(g[i], least);
        v[i] = kept * v[i] + added * size * size;
        theta[i] -= rate * g[i] / ((float) Math.sqrt(v[i]) + e);
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] v = state[0];
      for (int i = from; i < to; i++) {
        v[i] = decay * v[i] + (1 - decay) * g[i] * g[i];
        theta[i] -= eta * g[i] / (Math.sqrt(v[i]) + epsilon);
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray v = state.get(0);
      INDArray s = scratch.get(0);
      g.mul(g, s);
      InPlace.average(decay, v, s);
      InPlace.sqrt(v, s);
      InPlace.plus(epsilon, s);
      g.div(s, s);
      Kernel.axpy(-eta, s, theta);
    }
  }

  @Override
  public String settings() {
    return "RMSProp(decay " + decay + ", epsilon " + epsilon + ")";
  }

  @Override
  public String toString() {
    return "RMSProp(" + schedule() + ", decay " + decay + ")";
  }
}
