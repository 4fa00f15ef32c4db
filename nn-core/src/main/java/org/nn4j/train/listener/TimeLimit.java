package org.nn4j.train.listener;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.nn4j.Require;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/** Listener that stops a fit after the first step that ends after a given time. Not thread-safe. */
public final class TimeLimit implements TrainingListener {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final Duration limit;
  private final long nanos;
  private final LongSupplier nanoClock;
  private long start;

  /** Creates a limit with a clock in nanoseconds, such as {@link System#nanoTime}. */
  TimeLimit(Duration limit, LongSupplier nanoClock) {
    Require.notNull(limit, "TimeLimit", "limit");
    Require.that(!limit.isZero() && !limit.isNegative(), "TimeLimit", "a time above 0", limit);
    this.limit = limit;
    this.nanos = limit.compareTo(LONGEST) < 0 ? limit.toNanos() : Long.MAX_VALUE;
    this.nanoClock = nanoClock;
  }

  /**
   * Returns a limit.
   *
   * @param limit the time from the beginning of a fit, validation included; above 0
   * @return a listener
   * @throws IllegalArgumentException if it is 0 or negative
   */
  public static TimeLimit of(Duration limit) {
    return new TimeLimit(limit, System::nanoTime);
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    start = nanoClock.getAsLong();
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    if (nanoClock.getAsLong() - start >= nanos) {
      training.stop("TimeLimit: " + limit);
    }
  }
}
