package org.nn4j.optim;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

/**
 * Nadam: Adam with Nesterov momentum; {@code g = ∂L/∂θ}.
 *
 * <pre>
 * μ(t) = β1 (1 − 0.96^(t ψ) / 2)
 * Π(t) = μ(1) μ(2) ... μ(t)
 * Π'   = Π(t) μ(t) μ(t + 1)
 * m ← β1 m + (1 − β1) g
 * v ← β2 v + (1 − β2) g²
 * θ ← θ − η [(1 − μ(t)) / (1 − Π(t)) g + μ(t + 1) / (1 − Π') m] / (√(v / (1 − β2^t)) + ε)
 * </pre>
 *
 * <p>Source: Dozat 2016, "Incorporating Nesterov Momentum into Adam", algorithm 2 with the momentum
 * schedule of its section 3. The paper, and PyTorch from 2.0 on, have {@code Π(t + 1) = Π(t) μ(t +
 * 1)} instead of {@code Π'}, whose second {@code μ(t)} is that of PyTorch 1.13, from which the
 * reference values come. The two differ by a few hundredths of a step until both products are
 * nearly 0. {@code t} is 1 at the first step, {@code m} and {@code v} start at 0. Not thread-safe.
 */
public final class Nadam extends RuleOptimizer {
  static final String NAME = "Nadam";

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double momentumDecay;
  private double product = 1;
  private long factors;

  Nadam(Schedule rate, double beta1, double beta2, double epsilon, double momentumDecay) {
    super(NAME, rate, 2, "firstMoment", "secondMoment");
    this.beta1 = Require.fraction(beta1, NAME, "beta1");
    this.beta2 = Require.fraction(beta2, NAME, "beta2");
    this.epsilon = Require.positive(epsilon, NAME, "epsilon");
    this.momentumDecay = Require.notNegative(momentumDecay, NAME, "momentum decay");
  }

  private double mu(long t) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, t * momentumDecay));
  }

  /** Returns Π(t), which depends only on the step count and is therefore not part of the state. */
  private double product(long t) {
    if (t < factors) {
      product = 1;
      factors = 0;
    }
    while (factors < t) {
      factors++;
      product *= mu(factors);
    }
    return product;
  }

  @Override
  protected UpdateRule rule(double eta, long t) {
    double ofGradient = (1 - mu(t)) / (1 - product(t));
    double ofMean = mu(t + 1) / (1 - product(t) * mu(t) * mu(t + 1));
    double correction2 = 1 - Math.pow(beta2, (double) t);
    return new Rule(beta1, beta2, epsilon, eta * ofGradient, eta * ofMean, correction2);
  }

  /** Step with {@code η mHat = ofGradient g + ofMean m} and {@code vHat = v / correction2}. */
  private record Rule(
      double beta1,
      double beta2,
      double epsilon,
      double ofGradient,
      double ofMean,
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
      float scaleOfRoot = (float) (1 / Math.sqrt(correction2)); // √vHat = scaleOfRoot √v
      float e = (float) epsilon;
      float least = Underflow.least(c2, e);
      float a = (float) ofMean;
      float b = (float) ofGradient;
      for (int i = from; i < to; i++) {
        m[i] = Underflow.avoid(b1 * m[i] + c1 * g[i]);
        float size = Underflow.size(g[i], least);
        v[i] = b2 * v[i] + c2 * size * size;
        float etaMHat = a * m[i] + b * g[i];
        float rootOfVHat = scaleOfRoot * (float) Math.sqrt(v[i]);
        theta[i] -= etaMHat / (rootOfVHat + e);
      }
    }

    @Override
    public void loop(double[] g, double[] theta, double[][] state, int from, int to) {
      double[] m = state[0];
      double[] v = state[1];
      double scaleOfRoot = 1 / Math.sqrt(correction2);
      for (int i = from; i < to; i++) {
        m[i] = Underflow.avoid(beta1 * m[i] + (1 - beta1) * g[i]);
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        double etaMHat = ofMean * m[i] + ofGradient * g[i];
        theta[i] -= etaMHat / (scaleOfRoot * Math.sqrt(v[i]) + epsilon);
      }
    }

    @Override
    public void operations(
        INDArray g, INDArray theta, List<INDArray> state, List<INDArray> scratch) {
      INDArray m = state.get(0);
      INDArray v = state.get(1);
      INDArray rootOfVHat = scratch.get(0);
      INDArray change = scratch.get(1);
      InPlace.average(beta1, m, g);
      g.mul(g, rootOfVHat);
      InPlace.average(beta2, v, rootOfVHat);
      InPlace.sqrt(v, rootOfVHat);
      Kernel.scale(rootOfVHat, 1 / Math.sqrt(correction2));
      InPlace.plus(epsilon, rootOfVHat);
      g.div(rootOfVHat, change);
      Kernel.axpy(-ofGradient, change, theta);
      m.div(rootOfVHat, change);
      Kernel.axpy(-ofMean, change, theta);
    }
  }

  @Override
  public String settings() {
    return "Nadam(betas "
        + beta1
        + " "
        + beta2
        + ", epsilon "
        + epsilon
        + ", momentum decay "
        + momentumDecay
        + ")";
  }

  @Override
  public String toString() {
    return "Nadam(" + schedule() + ", betas " + beta1 + " " + beta2 + ")";
  }
}
