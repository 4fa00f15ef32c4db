package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * A rate that rises to a large maximum and then falls to almost nothing, along two half cosines.
 *
 * <pre>
 * first = max / initialDivisor,  last = first / finalDivisor
 * top   = rise steps − 1,        end  = steps − 1
 * η(t) = from first to max, t / top of the way                      while t ≤ top
 * η(t) = from max to last, (t − top) / (end − top) of the way       while t ≤ end
 * η(t) = last                                                       then
 * </pre>
 *
 * <p>Source: Smith 2018, "Super-Convergence"; shape and defaults are those of PyTorch's {@code
 * OneCycleLR}, without its cycling of the momentum. Thread-safe.
 *
 * @param max the largest rate, above 0
 * @param steps the length of the whole, 2 or more
 * @param rise the share of the steps in which the rate rises, in (0, 1)
 * @param initialDivisor the largest rate over the first, 1 or more
 * @param finalDivisor the first rate over the last, 1 or more
 */
public record OneCycle(
    double max, long steps, double rise, double initialDivisor, double finalDivisor)
    implements Schedule {
  /** Default share of the steps in which the rate rises. */
  public static final double DEFAULT_RISE = 0.3;

  /** Default ratio of the largest rate to the first. */
  public static final double DEFAULT_INITIAL_DIVISOR = 25;

  /** Default ratio of the first rate to the last. */
  public static final double DEFAULT_FINAL_DIVISOR = 1e4;

  private static final String NAME = "OneCycle";

  /**
   * Checks the arguments.
   *
   * @param max the largest rate
   * @param steps the length of the whole
   * @param rise the share of the steps in which the rate rises
   * @param initialDivisor the largest rate over the first
   * @param finalDivisor the first rate over the last
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public OneCycle {
    Require.positive(max, NAME, "largest rate");
    Require.that(steps >= 2, NAME, "steps of 2 or more", steps);
    Require.that(rise > 0 && rise < 1, NAME, "rise in (0, 1)", rise);
    divisor(initialDivisor, "initial divisor");
    divisor(finalDivisor, "final divisor");
  }

  private static void divisor(double divisor, String name) {
    Require.that(
        divisor >= 1 && Double.isFinite(divisor), NAME, name + " of 1 or more and finite", divisor);
  }

  @Override
  public double rate(long step) {
    double first = max / initialDivisor;
    double last = first / finalDivisor;
    double top = rise * steps - 1;
    double end = steps - 1;
    if (step <= top) {
      return top > 0 ? CosineDecay.between(first, max, step / top) : max;
    }
    return step <= end ? CosineDecay.between(max, last, (step - top) / (end - top)) : last;
  }
}
