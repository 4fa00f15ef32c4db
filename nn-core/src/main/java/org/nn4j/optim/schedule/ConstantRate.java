package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * Constant learning rate.
 *
 * <pre>
 * η(t) = η0
 * </pre>
 *
 * <p>Thread-safe.
 *
 * @param rate η0, above 0
 */
record ConstantRate(double rate) implements Schedule {
  ConstantRate {
    Require.positive(rate, "ConstantRate", "learning rate");
  }

  @Override
  public double rate(long step) {
    return rate;
  }

  @Override
  public String toString() {
    return String.valueOf(rate);
  }
}
