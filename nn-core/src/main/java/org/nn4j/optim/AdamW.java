package org.nn4j.optim;

import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.optim.schedule.Schedule;

/**
 * {@link Adam} with decoupled weight decay.
 *
 * <pre>
 * w ← w − η λ w      for weights, not for biases
 * θ ← θ − η ...      the step of Adam
 * </pre>
 *
 * <p>Source: Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization", algorithm 2; as
 * in PyTorch the decay is multiplied by the learning rate. By default PyTorch decays biases too.
 * Not thread-safe.
 */
public final class AdamW extends RuleOptimizer {
  static final String NAME = "AdamW";

  private final double weightDecay;
  private final Adam adam;

  AdamW(Schedule rate, double beta1, double beta2, double epsilon, double weightDecay) {
    super(NAME, rate, 1, "firstMoment", "secondMoment");
    this.weightDecay = Require.notNegative(weightDecay, NAME, "weight decay");
    this.adam = new Adam(NAME, rate, beta1, beta2, epsilon);
  }

  /** Computes {@code w ← w − η λ w}. */
  @Override
  void decay(ParameterVector parameters, double eta) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Parameter.Role.WEIGHT && !parameter.isFrozen()) {
        Kernel.axpy(-eta * weightDecay, parameter.value(), parameter.value());
      }
    }
  }

  @Override
  protected UpdateRule rule(double eta, long t) {
    return adam.rule(eta, t);
  }

  @Override
  public String settings() {
    return "AdamW(weight decay " + weightDecay + ", " + adam.settings() + ")";
  }

  @Override
  public String toString() {
    return "AdamW(" + schedule() + ", weight decay " + weightDecay + ")";
  }
}
