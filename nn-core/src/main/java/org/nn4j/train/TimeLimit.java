package org.nn4j.train;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.nn4j.Require;

/** Stops after the first step, of a fit, that ends after a given time. Not thread-safe. */
public final class TimeLimit implements TrainingListener {
  private final Duration limit;
  private final LongSupplier nanoClock;
  private long start;

  /**
   * A limit.
   *
   * @param limit the time from the beginning of a fit, validation included; above 0
   * @throws IllegalArgumentException if it is 0 or negative
   */
  public TimeLimit(Duration limit) {
    this(limit, System::nanoTime);
  }

  /**
   * A limit on a clock of the caller's.
   *
   * @param nanoClock nanoseconds since any moment, as {@link System#nanoTime} counts them
   */
  TimeLimit(Duration limit, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    Require.notNull(limit, "TimeLimit", "limit");
    Require.that(!limit.isZero() && !limit.isNegative(), "TimeLimit", "a time above 0", limit);
    this.limit = limit;
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    start = nanoClock.getAsLong();
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    if (nanoClock.getAsLong() - start >= limit.toNanos()) {
      training.stop("TimeLimit: " + limit);
    }
  }
}
