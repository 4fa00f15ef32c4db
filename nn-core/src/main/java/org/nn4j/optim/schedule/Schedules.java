package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * Factory of learning-rate schedules, for static import. Thread-safe.
 *
 * <p>{@code t} is the number of steps before a step. A {@link Span} is a number of steps or epochs,
 * or a share of the run:
 *
 * <pre>{@code
 * adam(cosine(0.001))                                      // falls to 0 over the run
 * sgd(step(0.1, 0.5, Span.epochs(10)))                     // halves every 10 epochs
 * adamW(warmUp(Span.ofRun(0.1), cosine(0.001)))            // rises for a tenth, then falls
 * momentum(polynomial(0.1, 0, 1, Span.steps(5000)), 0.9)   // needs no Trainer
 * }</pre>
 */
public final class Schedules {
  static final String INITIAL = "initial rate";

  private static final Span RUN = Span.ofRun(1);

  private Schedules() {}

  /**
   * Returns the same rate for each step.
   *
   * @param rate η0, above 0
   * @return a schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Schedule constant(double rate) {
    return new ConstantRate(rate);
  }

  /**
   * Returns a rate that drops by a factor at regular intervals: {@code initial factor^⌊t / every⌋}.
   *
   * @param initial η0, above 0
   * @param factor the factor of each drop, in (0, 1]
   * @param every the interval from drop to drop
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule step(double initial, double factor, Span every) {
    return new StepDecay(initial, factor, every);
  }

  /**
   * Returns a rate that decays exponentially: {@code initial decay^(t / every)}.
   *
   * @param initial η0, above 0
   * @param decay the factor over each interval, in (0, 1]
   * @param every the interval
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule exponential(double initial, double decay, Span every) {
    return new ExponentialDecay(initial, decay, every);
  }

  /**
   * Returns a rate that decays inversely to time: {@code initial / (1 + decay t / every)}.
   *
   * @param initial η0, above 0
   * @param decay the rate of the decay, 0 or more
   * @param every the interval that the decay refers to
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule inverseTime(double initial, double decay, Span every) {
    return new InverseTimeDecay(initial, decay, every);
  }

  /**
   * Returns a rate that falls to 0 along half a cosine over the run.
   *
   * @param initial η0, above 0
   * @return a schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Schedule cosine(double initial) {
    return cosine(initial, 0, RUN);
  }

  /**
   * Returns a rate that falls along half a cosine and then stays.
   *
   * @param initial η0, above 0
   * @param last the rate at the end, 0 or more and at most η0
   * @param length the length of the fall
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule cosine(double initial, double last, Span length) {
    return new CosineDecay(initial, last, length);
  }

  /**
   * Returns a rate that falls as a power of the remaining length and then stays.
   *
   * @param initial η0, above 0
   * @param last the rate at the end, 0 or more and at most η0
   * @param power the exponent, above 0; 1 for a straight line
   * @param length the length of the fall
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule polynomial(double initial, double last, double power, Span length) {
    return new PolynomialDecay(initial, last, power, length);
  }

  /**
   * Returns a rate that rises linearly to the first rate of another schedule, which then begins.
   * Its shares of the run refer to the rest of the run.
   *
   * @param length the length of the rise
   * @param after the other schedule
   * @return a schedule
   */
  public static Schedule warmUp(Span length, Schedule after) {
    return new WarmUp(length, after);
  }

  /**
   * Returns a rate that rises to a maximum in the first 30 % of the run and then falls to almost 0.
   *
   * @param max the largest rate, above 0
   * @return a schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static Schedule oneCycle(double max) {
    return oneCycle(max, RUN);
  }

  /**
   * Returns the same cycle over another length.
   *
   * @param max the largest rate, above 0
   * @param length the length of the whole, 2 steps or more
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule oneCycle(double max, Span length) {
    return oneCycle(
        max,
        length,
        OneCycle.DEFAULT_RISE,
        OneCycle.DEFAULT_INITIAL_DIVISOR,
        OneCycle.DEFAULT_FINAL_DIVISOR);
  }

  /**
   * Returns a cycle of another shape.
   *
   * @param max the largest rate, above 0
   * @param length the length of the whole, 2 steps or more
   * @param rise the share of the steps in which the rate rises, in (0, 1)
   * @param initialDivisor the largest rate over the first, 1 or more
   * @param finalDivisor the first rate over the last, 1 or more
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Schedule oneCycle(
      double max, Span length, double rise, double initialDivisor, double finalDivisor) {
    return new OneCycle(max, length, rise, initialDivisor, finalDivisor);
  }

  /**
   * Returns a rate that drops to a tenth after 10 reports without an improvement of 1e-4.
   *
   * @param initial the first rate, above 0
   * @return a schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static ReduceOnPlateau reduceOnPlateau(double initial) {
    return reduceOnPlateau(
        initial,
        ReduceOnPlateau.DEFAULT_FACTOR,
        ReduceOnPlateau.DEFAULT_PATIENCE,
        ReduceOnPlateau.DEFAULT_MIN_DELTA,
        ReduceOnPlateau.DEFAULT_MINIMUM);
  }

  /**
   * Returns a rate that drops when a figure reported after each epoch has stopped falling.
   *
   * @param initial the first rate, above 0
   * @param factor the factor of each drop, in (0, 1)
   * @param patience the number of reports without improvement before a drop, 0 or more
   * @param minDelta the smallest decrease that counts as an improvement, 0 or more
   * @param minimum the smallest rate, 0 or more and at most the first
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static ReduceOnPlateau reduceOnPlateau(
      double initial, double factor, int patience, double minDelta, double minimum) {
    return new ReduceOnPlateau(initial, factor, patience, minDelta, minimum);
  }

  static void share(double value, String who, String name) {
    Require.that(value > 0 && value <= 1, who, name + " in (0, 1]", value);
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
