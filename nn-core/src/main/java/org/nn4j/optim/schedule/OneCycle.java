package org.nn4j.optim.schedule;

import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that rises to a maximum and then falls to almost 0, along two half cosines.
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
 * @param length the length of the whole, 2 steps or more
 * @param rise the share of the steps in which the rate rises, in (0, 1)
 * @param initialDivisor the largest rate over the first, 1 or more
 * @param finalDivisor the first rate over the last, 1 or more
 */
record OneCycle(double max, Span length, double rise, double initialDivisor, double finalDivisor)
    implements Schedule {
  /** Default share of the steps in which the rate rises. */
  static final double DEFAULT_RISE = 0.3;

  /** Default ratio of the largest rate to the first. */
  static final double DEFAULT_INITIAL_DIVISOR = 25;

  /** Default ratio of the first rate to the last. */
  static final double DEFAULT_FINAL_DIVISOR = 1e4;

  private static final String NAME = "OneCycle";

  OneCycle {
    Require.positive(max, NAME, "largest rate");
    Require.notNull(length, NAME, "length");
    Require.that(!length.equals(Span.steps(1)), NAME, "a length of 2 steps or more", length);
    Require.that(rise > 0 && rise < 1, NAME, "rise in (0, 1)", rise);
    divisor(initialDivisor, "initial divisor");
    divisor(finalDivisor, "final divisor");
  }

  private static void divisor(double divisor, String name) {
    Require.that(
        divisor >= 1 && Double.isFinite(divisor), NAME, name + " of 1 or more and finite", divisor);
  }

  @Override
  public Schedule over(RunLength run) {
    return new OneCycle(max, length.in(run, NAME), rise, initialDivisor, finalDivisor);
  }

  @Override
  public double rate(long step) {
    long steps = length.steps(NAME);
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
