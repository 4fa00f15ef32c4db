package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

/**
 * Adam: the running mean of the gradient, divided by the root of the running mean of its square;
 * {@code g = ∂L/∂θ}.
 *
 * <pre>
 * m ← β1 m + (1 − β1) g
 * v ← β2 v + (1 − β2) g²
 * mHat = m / (1 − β1^t)        bias correction: m and v start at 0
 * vHat = v / (1 − β2^t)
 * θ ← θ − η mHat / (√vHat + ε)
 * </pre>
 *
 * <p>Source: Kingma and Ba 2015, "Adam", algorithm 1. {@code t} is 1 at the first step. Not
 * thread-safe.
 */
public final class Adam extends RuleOptimizer {
  static final String NAME = "Adam";

  private final double beta1;
  private final double beta2;
  private final double epsilon;

  Adam(Schedule rate, double beta1, double beta2, double epsilon) {
    this(NAME, rate, beta1, beta2, epsilon);
  }

  /** Creates the rule of {@link AdamW}, with its name in messages. */
  Adam(String who, Schedule rate, double beta1, double beta2, double epsilon) {
    super(who, rate, 1, "firstMoment", "secondMoment");
    this.beta1 = Require.fraction(beta1, who, "beta1");
    this.beta2 = Require.fraction(beta2, who, "beta2");
    this.epsilon = Require.positive(epsilon, who, "epsilon");
  }

  @Override
  protected UpdateRule rule(double eta, long t) {
    return new Rule(
        eta,
        beta1,
        beta2,
        epsilon,
        1 - Math.pow(beta1, (double) t),
        1 - Math.pow(beta2, (double) t));
  }

  /**
   * Step with the bias corrections {@code mHat = m / correction1}, {@code vHat = v / correction2}.
   */
  record Rule(
      double eta,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2)
      implements UpdateRule.WithLoop {
    @Override
    public void loop(float[] g, float[] theta, float[][] state, int from, int to) {
      float[] m = state[0];
      float[] v = state[1];
      float b1 = (float) beta1;
      float b2 = (float) beta2;
      float c1 = (float) (1 - beta1);
      float c2 = (float) (1 - beta2);
      float etaOfM = (float) (eta / correction1); // η mHat = etaOfM m
      float scaleOfRoot = (float) (1 / Math.sqrt(correction2)); // √vHat = scaleOfRoot √v
      float e = (float) epsilon;
      float least = Underflow.least(c2, e);
      for (int i = from; i < to; i++) {
        m[i] = Underflow.avoid(b1 * m[i] + c1 * g[i]);
        float size = Underflow.size(g[i], least);
        v[i] = b2 * v[i] + c2 * size * size;
        float etaMHat = etaOfM * m[i];
        float rootOfVHat = scaleOfRoot * (float) Math.sqrt(v[i]);
        theta[i] -= etaMHat / (rootOfVHat + e);
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] m = state[0];
      double[] v = state[1];
      double etaOfM = eta / correction1;
      double scaleOfRoot = 1 / Math.sqrt(correction2);
      for (int i = from; i < to; i++) {
        m[i] = Underflow.avoid(beta1 * m[i] + (1 - beta1) * g[i]);
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        theta[i] -= etaOfM * m[i] / (scaleOfRoot * Math.sqrt(v[i]) + epsilon);
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray m = state.get(0);
      INDArray v = state.get(1);
      INDArray rootOfVHat = scratch.get(0);
      InPlace.average(beta1, m, g);
      g.mul(g, rootOfVHat); // g², until the next line
      InPlace.average(beta2, v, rootOfVHat);
      InPlace.sqrt(v, rootOfVHat);
      Kernel.scale(rootOfVHat, 1 / Math.sqrt(correction2));
      InPlace.plus(epsilon, rootOfVHat);
      INDArray change = m.div(rootOfVHat, rootOfVHat);
      Kernel.axpy(-(eta / correction1), change, theta); // η mHat = η / correction1 m
    }
  }

  @Override
  public String settings() {
    return "Adam(betas " + beta1 + " " + beta2 + ", epsilon " + epsilon + ")";
  }

  @Override
  public String toString() {
    return "Adam(" + schedule() + ", betas " + beta1 + " " + beta2 + ")";
  }
}
