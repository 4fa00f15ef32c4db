package org.nn4j.optim;

import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;

/**
 * Factory of optimizers, for static import. Thread-safe; the optimizers are not.
 *
 * <p>A learning rate is a number or a {@link Schedules schedule}. Each method throws {@link
 * IllegalArgumentException} if an argument is out of its range.
 */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Returns stochastic gradient descent.
   *
   * @param learningRate η, above 0
   * @return {@link Sgd}
   */
  public static Optimizer sgd(double learningRate) {
    return sgd(constant(learningRate, Sgd.NAME));
  }

  /**
   * Returns stochastic gradient descent with a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link Sgd}
   */
  public static Optimizer sgd(Schedule rate) {
    return new Sgd(rate);
  }

  /**
   * Returns gradient descent with classical momentum.
   *
   * @param learningRate η, above 0
   * @param coefficient μ in [0, 1), usually 0.9
   * @return {@link Sgd}
   */
  public static Optimizer momentum(double learningRate, double coefficient) {
    return momentum(constant(learningRate, Sgd.NAME), coefficient);
  }

  /**
   * Returns gradient descent with classical momentum and a schedule.
   *
   * @param rate the learning rate η of each step
   * @param coefficient μ in [0, 1), usually 0.9
   * @return {@link Sgd}
   */
  public static Optimizer momentum(Schedule rate, double coefficient) {
    return new Sgd(rate, Sgd.Momentum.CLASSICAL, coefficient);
  }

  /**
   * Returns gradient descent with Nesterov's momentum.
   *
   * @param learningRate η, above 0
   * @param coefficient μ in [0, 1), usually 0.9
   * @return {@link Sgd}
   */
  public static Optimizer nesterov(double learningRate, double coefficient) {
    return nesterov(constant(learningRate, Sgd.NAME), coefficient);
  }

  /**
   * Returns gradient descent with Nesterov's momentum and a schedule.
   *
   * @param rate the learning rate η of each step
   * @param coefficient μ in [0, 1), usually 0.9
   * @return {@link Sgd}
   */
  public static Optimizer nesterov(Schedule rate, double coefficient) {
    return new Sgd(rate, Sgd.Momentum.NESTEROV, coefficient);
  }

  /**
   * Returns Adagrad with η = 0.01, ε = 1e-10.
   *
   * @return {@link Adagrad}
   */
  public static Optimizer adagrad() {
    return adagrad(0.01);
  }

  /**
   * Returns Adagrad with a learning rate, ε = 1e-10.
   *
   * @param learningRate η, above 0
   * @return {@link Adagrad}
   */
  public static Optimizer adagrad(double learningRate) {
    return adagrad(constant(learningRate, Adagrad.NAME));
  }

  /**
   * Returns Adagrad with a schedule, ε = 1e-10.
   *
   * @param rate the learning rate η of each step
   * @return {@link Adagrad}
   */
  public static Optimizer adagrad(Schedule rate) {
    return adagrad(rate, 1e-10);
  }

  /**
   * Returns Adagrad with all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param epsilon ε, above 0
   * @return {@link Adagrad}
   */
  public static Optimizer adagrad(Schedule rate, double epsilon) {
    return new Adagrad(rate, epsilon);
  }

  /**
   * Returns RMSProp with η = 0.001, ρ = 0.9, ε = 1e-8.
   *
   * @return {@link RmsProp}
   */
  public static Optimizer rmsProp() {
    return rmsProp(0.001);
  }

  /**
   * Returns RMSProp with a learning rate, ρ = 0.9, ε = 1e-8.
   *
   * @param learningRate η, above 0
   * @return {@link RmsProp}
   */
  public static Optimizer rmsProp(double learningRate) {
    return rmsProp(constant(learningRate, RmsProp.NAME));
  }

  /**
   * Returns RMSProp with a schedule, ρ = 0.9, ε = 1e-8.
   *
   * @param rate the learning rate η of each step
   * @return {@link RmsProp}
   */
  public static Optimizer rmsProp(Schedule rate) {
    return rmsProp(rate, 0.9, 1e-8);
  }

  /**
   * Returns RMSProp with all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param decay ρ in [0, 1), the decay of the mean square
   * @param epsilon ε, above 0
   * @return {@link RmsProp}
   */
  public static Optimizer rmsProp(Schedule rate, double decay, double epsilon) {
    return new RmsProp(rate, decay, epsilon);
  }

  /**
   * Returns Adadelta with η = 1, ρ = 0.9, ε = 1e-6.
   *
   * @return {@link Adadelta}
   */
  public static Optimizer adadelta() {
    return adadelta(1);
  }

  /**
   * Returns Adadelta with a learning rate, ρ = 0.9, ε = 1e-6.
   *
   * @param learningRate η, above 0
   * @return {@link Adadelta}
   */
  public static Optimizer adadelta(double learningRate) {
    return adadelta(constant(learningRate, Adadelta.NAME));
  }

  /**
   * Returns Adadelta with a schedule, ρ = 0.9, ε = 1e-6.
   *
   * @param rate the learning rate η of each step
   * @return {@link Adadelta}
   */
  public static Optimizer adadelta(Schedule rate) {
    return adadelta(rate, 0.9, 1e-6);
  }

  /**
   * Returns Adadelta with all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param decay ρ in [0, 1), the decay of the mean squares
   * @param epsilon ε, above 0
   * @return {@link Adadelta}
   */
  public static Optimizer adadelta(Schedule rate, double decay, double epsilon) {
    return new Adadelta(rate, decay, epsilon);
  }

  /**
   * Returns Adam with η = 0.001, β1 = 0.9, β2 = 0.999, ε = 1e-8.
   *
   * @return {@link Adam}
   */
  public static Optimizer adam() {
    return adam(0.001);
  }

  /**
   * Returns Adam with a learning rate, β1 = 0.9, β2 = 0.999, ε = 1e-8.
   *
   * @param learningRate η, above 0
   * @return {@link Adam}
   */
  public static Optimizer adam(double learningRate) {
    return adam(constant(learningRate, Adam.NAME));
  }

  /**
   * Returns Adam with a schedule, β1 = 0.9, β2 = 0.999, ε = 1e-8.
   *
   * @param rate the learning rate η of each step
   * @return {@link Adam}
   */
  public static Optimizer adam(Schedule rate) {
    return adam(rate, 0.9, 0.999, 1e-8);
  }

  /**
   * Returns Adam with all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param beta1 β1 in [0, 1), the decay of the mean
   * @param beta2 β2 in [0, 1), the decay of the mean square
   * @param epsilon ε, above 0
   * @return {@link Adam}
   */
  public static Optimizer adam(Schedule rate, double beta1, double beta2, double epsilon) {
    return new Adam(rate, beta1, beta2, epsilon);
  }

  /**
   * Returns AdamW with η = 0.001, λ = 0.01 and the defaults of Adam.
   *
   * @return {@link AdamW}
   */
  public static Optimizer adamW() {
    return adamW(0.001);
  }

  /**
   * Returns AdamW with a learning rate, λ = 0.01 and the defaults of Adam.
   *
   * @param learningRate η, above 0
   * @return {@link AdamW}
   */
  public static Optimizer adamW(double learningRate) {
    return adamW(constant(learningRate, AdamW.NAME));
  }

  /**
   * Returns AdamW with a schedule, λ = 0.01 and the defaults of Adam.
   *
   * @param rate the learning rate η of each step
   * @return {@link AdamW}
   */
  public static Optimizer adamW(Schedule rate) {
    return adamW(rate, 0.9, 0.999, 1e-8, 0.01);
  }

  /**
   * Returns AdamW with all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param beta1 β1 in [0, 1), the decay of the mean
   * @param beta2 β2 in [0, 1), the decay of the mean square
   * @param epsilon ε, above 0
   * @param weightDecay λ, 0 or more
   * @return {@link AdamW}
   */
  public static Optimizer adamW(
      Schedule rate, double beta1, double beta2, double epsilon, double weightDecay) {
    return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns AdamW with a learning rate, a weight decay and the defaults of Adam.
   *
   * @param learningRate η, above 0
   * @param weightDecay λ, 0 or more
   * @return {@link AdamW}
   */
  public static Optimizer adamW(double learningRate, double weightDecay) {
    return adamW(constant(learningRate, AdamW.NAME), 0.9, 0.999, 1e-8, weightDecay);
  }

  /**
   * Returns Nadam with η = 0.002, ψ = 0.004 and the defaults of Adam.
   *
   * @return {@link Nadam}
   */
  public static Optimizer nadam() {
    return nadam(0.002);
  }

  /**
   * Returns Nadam with a learning rate, ψ = 0.004 and the defaults of Adam.
   *
   * @param learningRate η, above 0
   * @return {@link Nadam}
   */
  public static Optimizer nadam(double learningRate) {
    return nadam(constant(learningRate, Nadam.NAME));
  }

  /**
   * Returns Nadam with a schedule, ψ = 0.004 and the defaults of Adam.
   *
   * @param rate the learning rate η of each step
   * @return {@link Nadam}
   */
  public static Optimizer nadam(Schedule rate) {
    return nadam(rate, 0.9, 0.999, 1e-8, 0.004);
  }

  /**
   * Returns Nadam with all its hyper-parameters.
   *
   * @param rate the learning rate η of each step
   * @param beta1 β1 in [0, 1), the decay of the mean
   * @param beta2 β2 in [0, 1), the decay of the mean square
   * @param epsilon ε, above 0
   * @param momentumDecay ψ, 0 or more: how fast μ rises from half of β1 to β1
   * @return {@link Nadam}
   */
  public static Optimizer nadam(
      Schedule rate, double beta1, double beta2, double epsilon, double momentumDecay) {
    return new Nadam(rate, beta1, beta2, epsilon, momentumDecay);
  }

  /** Returns a constant rate; the message for a wrong one starts with the optimizer's name. */
  private static Schedule constant(double rate, String who) {
    return Schedules.constant(Require.positive(rate, who, "learning rate"));
  }
}
