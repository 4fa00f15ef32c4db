package org.nn4j.optim.schedule;

import org.nn4j.Require;

/** Makes learning-rate schedules; import its methods statically. Thread-safe. */
public final class Schedules {
  static final String INITIAL = "initial rate";
  static final String STEPS = "steps";

  private Schedules() {}

  /**
   * The same rate at each step.
   *
   * @param rate η0, above 0
   * @return {@link ConstantRate}
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Schedule constant(double rate) {
    return new ConstantRate(rate);
  }

  /**
   * Drops to a share of itself every so many steps.
   *
   * @param initial η0, above 0
   * @param factor the share that is left, in (0, 1]
   * @param every the number of steps from drop to drop
   * @return {@link StepDecay}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule step(double initial, double factor, long every) {
    return new StepDecay(initial, factor, every);
  }

  /**
   * Shrinks by the same share at each step.
   *
   * @param initial η0, above 0
   * @param decay the share that is left after {@code every} steps, in (0, 1]
   * @param every the number of steps that one factor is spread over; 1 to decay at each step
   * @return {@link ExponentialDecay}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule exponential(double initial, double decay, long every) {
    return new ExponentialDecay(initial, decay, every);
  }

  /**
   * Falls as one over time: {@code initial / (1 + decay t)}.
   *
   * @param initial η0, above 0
   * @param decay the rate of the fall for each step, 0 or more
   * @return {@link InverseTimeDecay}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule inverseTime(double initial, double decay) {
    return new InverseTimeDecay(initial, decay);
  }

  /**
   * Falls along half a cosine.
   *
   * @param initial η0, above 0
   * @param last the rate at the end, 0 or more and at most η0
   * @param steps the length of the fall
   * @return {@link CosineDecay}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule cosine(double initial, double last, long steps) {
    return new CosineDecay(initial, last, steps);
  }

  /**
   * Falls as a power of the steps that are left.
   *
   * @param initial η0, above 0
   * @param last the rate at the end, 0 or more and at most η0
   * @param power the exponent, above 0; 1 for a straight line
   * @param steps the length of the fall
   * @return {@link PolynomialDecay}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule polynomial(double initial, double last, double power, long steps) {
    return new PolynomialDecay(initial, last, power, steps);
  }

  /**
   * Rises in a straight line to the first rate of another schedule, which then begins.
   *
   * @param steps the length of the rise
   * @param after what follows
   * @return {@link WarmUp}
   * @throws IllegalArgumentException if there is no step
   */
  public static Schedule warmUp(long steps, Schedule after) {
    return new WarmUp(steps, after);
  }

  /**
   * Rises to a large maximum and falls to almost nothing, with the usual shape.
   *
   * @param max the largest rate, above 0
   * @param steps the length of the whole, 2 or more
   * @return {@link OneCycle} with its defaults
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule oneCycle(double max, long steps) {
    return new OneCycle(
        max,
        steps,
        OneCycle.DEFAULT_RISE,
        OneCycle.DEFAULT_INITIAL_DIVISOR,
        OneCycle.DEFAULT_FINAL_DIVISOR);
  }

  /**
   * Drops when a figure reported after each epoch has stopped falling.
   *
   * @param initial the first rate, above 0
   * @return {@link ReduceOnPlateau} with its defaults
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static ReduceOnPlateau reduceOnPlateau(double initial) {
    return new ReduceOnPlateau(
        initial,
        ReduceOnPlateau.DEFAULT_FACTOR,
        ReduceOnPlateau.DEFAULT_PATIENCE,
        ReduceOnPlateau.DEFAULT_MIN_DELTA,
        ReduceOnPlateau.DEFAULT_MINIMUM);
  }

  static void share(double value, String who, String name) {
    Require.that(value > 0 && value <= 1, who, name + " in (0, 1]", value);
  }

  static void atLeastOne(long value, String who, String name) {
    Require.that(value >= 1, who, name + " of 1 or more", value);
  }

  static double last(double last, double initial, String who) {
    Require.that(
        last >= 0 && last <= initial,
        who,
        "last rate of 0 or more and at most the initial " + initial,
        last);
    return last;
  }
}
