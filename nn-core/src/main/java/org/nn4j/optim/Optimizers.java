package org.nn4j.optim;

import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;

/** Makes optimizers; import its methods statically. Thread-safe; what it makes is not. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Stochastic gradient descent.
   *
   * @param learningRate η, above 0
   * @return {@link Sgd}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer sgd(double learningRate) {
    return new Sgd(learningRate);
  }

  /**
   * Stochastic gradient descent by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link Sgd}
   */
  public static Optimizer sgd(Schedule rate) {
    return new Sgd(rate, new Momentum.None());
  }

  /**
   * Gradient descent with classical momentum.
   *
   * @param learningRate η, above 0
   * @param coefficient μ in [0, 1), most often 0.9
   * @return {@link Sgd}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Optimizer momentum(double learningRate, double coefficient) {
    return momentum(constant(learningRate, Sgd.NAME), coefficient);
  }

  /**
   * Gradient descent by a schedule with classical momentum.
   *
   * @param rate the learning rate η of each step
   * @param coefficient μ in [0, 1), most often 0.9
   * @return {@link Sgd}
   * @throws IllegalArgumentException if the coefficient is out of its range
   */
  public static Optimizer momentum(Schedule rate, double coefficient) {
    return new Sgd(rate, new Momentum.Classical(coefficient));
  }

  /**
   * Gradient descent with Nesterov's momentum.
   *
   * @param learningRate η, above 0
   * @param coefficient μ in [0, 1), most often 0.9
   * @return {@link Sgd}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Optimizer nesterov(double learningRate, double coefficient) {
    return nesterov(constant(learningRate, Sgd.NAME), coefficient);
  }

  /**
   * Gradient descent by a schedule with Nesterov's momentum.
   *
   * @param rate the learning rate η of each step
   * @param coefficient μ in [0, 1), most often 0.9
   * @return {@link Sgd}
   * @throws IllegalArgumentException if the coefficient is out of its range
   */
  public static Optimizer nesterov(Schedule rate, double coefficient) {
    return new Sgd(rate, new Momentum.Nesterov(coefficient));
  }

  /**
   * Adagrad with its defaults.
   *
   * @return {@link Adagrad}
   */
  public static Optimizer adagrad() {
    return adagrad(Adagrad.DEFAULT_RATE);
  }

  /**
   * Adagrad with its defaults but for the rate.
   *
   * @param learningRate η, above 0
   * @return {@link Adagrad}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer adagrad(double learningRate) {
    return adagrad(constant(learningRate, Adagrad.NAME));
  }

  /**
   * Adagrad by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link Adagrad} with its other defaults
   */
  public static Optimizer adagrad(Schedule rate) {
    return new Adagrad(rate, Adagrad.DEFAULT_EPSILON);
  }

  /**
   * RMSProp with its defaults.
   *
   * @return {@link RmsProp}
   */
  public static Optimizer rmsProp() {
    return rmsProp(RmsProp.DEFAULT_RATE);
  }

  /**
   * RMSProp with its defaults but for the rate.
   *
   * @param learningRate η, above 0
   * @return {@link RmsProp}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer rmsProp(double learningRate) {
    return rmsProp(constant(learningRate, RmsProp.NAME));
  }

  /**
   * RMSProp by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link RmsProp} with its other defaults
   */
  public static Optimizer rmsProp(Schedule rate) {
    return new RmsProp(rate, RmsProp.DEFAULT_DECAY, RmsProp.DEFAULT_EPSILON);
  }

  /**
   * Adadelta with its defaults.
   *
   * @return {@link Adadelta}
   */
  public static Optimizer adadelta() {
    return adadelta(Adadelta.DEFAULT_RATE);
  }

  /**
   * Adadelta with its defaults but for the rate.
   *
   * @param learningRate η, above 0
   * @return {@link Adadelta}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer adadelta(double learningRate) {
    return adadelta(constant(learningRate, Adadelta.NAME));
  }

  /**
   * Adadelta by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link Adadelta} with its other defaults
   */
  public static Optimizer adadelta(Schedule rate) {
    return new Adadelta(rate, Adadelta.DEFAULT_DECAY, Adadelta.DEFAULT_EPSILON);
  }

  /**
   * Adam with its defaults.
   *
   * @return {@link Adam}
   */
  public static Optimizer adam() {
    return adam(Adam.DEFAULT_RATE);
  }

  /**
   * Adam with its defaults but for the rate.
   *
   * @param learningRate η, above 0
   * @return {@link Adam}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer adam(double learningRate) {
    return adam(constant(learningRate, Adam.NAME));
  }

  /**
   * Adam by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link Adam} with its other defaults
   */
  public static Optimizer adam(Schedule rate) {
    return new Adam(rate, Adam.DEFAULT_BETA1, Adam.DEFAULT_BETA2, Adam.DEFAULT_EPSILON);
  }

  /**
   * AdamW with its defaults.
   *
   * @return {@link AdamW}
   */
  public static Optimizer adamW() {
    return adamW(AdamW.DEFAULT_RATE);
  }

  /**
   * AdamW with its defaults but for the rate.
   *
   * @param learningRate η, above 0
   * @return {@link AdamW}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer adamW(double learningRate) {
    return adamW(constant(learningRate, AdamW.NAME));
  }

  /**
   * AdamW with its defaults but for the rate and the decay.
   *
   * @param learningRate η, above 0
   * @param weightDecay λ, 0 or more
   * @return {@link AdamW}
   * @throws IllegalArgumentException if one is out of its range
   */
  public static Optimizer adamW(double learningRate, double weightDecay) {
    return new AdamW(
        constant(learningRate, AdamW.NAME),
        Adam.DEFAULT_BETA1,
        Adam.DEFAULT_BETA2,
        Adam.DEFAULT_EPSILON,
        weightDecay);
  }

  /**
   * AdamW by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link AdamW} with its other defaults
   */
  public static Optimizer adamW(Schedule rate) {
    return new AdamW(
        rate,
        Adam.DEFAULT_BETA1,
        Adam.DEFAULT_BETA2,
        Adam.DEFAULT_EPSILON,
        AdamW.DEFAULT_WEIGHT_DECAY);
  }

  /**
   * Nadam with its defaults.
   *
   * @return {@link Nadam}
   */
  public static Optimizer nadam() {
    return nadam(Nadam.DEFAULT_RATE);
  }

  /**
   * Nadam with its defaults but for the rate.
   *
   * @param learningRate η, above 0
   * @return {@link Nadam}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Optimizer nadam(double learningRate) {
    return nadam(constant(learningRate, Nadam.NAME));
  }

  /**
   * Nadam by a schedule.
   *
   * @param rate the learning rate η of each step
   * @return {@link Nadam} with its other defaults
   */
  public static Optimizer nadam(Schedule rate) {
    return new Nadam(
        rate,
        Adam.DEFAULT_BETA1,
        Adam.DEFAULT_BETA2,
        Adam.DEFAULT_EPSILON,
        Nadam.DEFAULT_MOMENTUM_DECAY);
  }

  /** A constant rate; the message of a wrong one names the optimizer. */
  private static Schedule constant(double rate, String who) {
    return Schedules.constant(Require.positive(rate, who, "learning rate"));
  }
}
