package org.nn4j.optim.schedule;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;

/**
 * Learning rate that drops when a measure has stopped falling.
 *
 * <pre>
 * better when measure &lt; best − minDelta
 * after more than {@code patience} reports in a row without a better one:
 *   η ← max(η factor, minimum), and the count restarts
 * </pre>
 *
 * <p>Report the measure, such as the validation loss, after each epoch with {@link #report}; a
 * {@code PlateauListener} does so. Smaller is better: report an accuracy with a minus. The counting
 * is that of PyTorch's {@code ReduceLROnPlateau} with an absolute threshold. It holds the reduced
 * rate, so create one for each optimizer. Not thread-safe.
 */
public final class ReduceOnPlateau implements Schedule {
  /** Default factor of the rate at a drop. */
  static final double DEFAULT_FACTOR = 0.1;

  /** Default number of reports without improvement before a drop. */
  static final int DEFAULT_PATIENCE = 10;

  /** Default decrease that counts as an improvement. */
  static final double DEFAULT_MIN_DELTA = 1e-4;

  /** Default smallest rate. */
  static final double DEFAULT_MINIMUM = 0;

  private static final String NAME = "ReduceOnPlateau";
  private static final long NONE = -1;
  private static final String RATE = "rate";
  private static final String INITIAL = "initial";
  private static final String BEST = "best";
  private static final String WORSE_IN_A_ROW = "worse_in_a_row";

  private final double initial;
  private final double factor;
  private final int patience;
  private final double minDelta;
  private final double minimum;
  private double rate;
  private double best = Double.POSITIVE_INFINITY;
  private int worseInARow;
  private boolean reported;
  private OptionalLong stepsPerEpoch = OptionalLong.empty();
  private long firstStep = NONE;

  ReduceOnPlateau(double initial, double factor, int patience, double minDelta, double minimum) {
    this.initial = Require.positive(initial, NAME, Schedules.INITIAL);
    this.rate = initial;
    Require.that(factor > 0 && factor < 1, NAME, "factor in (0, 1)", factor);
    Require.that(patience >= 0, NAME, "patience of 0 or more", patience);
    this.factor = factor;
    this.patience = patience;
    this.minDelta = Require.notNegative(minDelta, NAME, "smallest improvement");
    this.minimum = Schedules.last(minimum, initial, NAME);
  }

  /**
   * Reports the measure of an epoch.
   *
   * @param measure smaller is better; NaN is never better
   */
  public void report(double measure) {
    reported = true;
    if (measure < best - minDelta) {
      best = measure;
      worseInARow = 0;
    } else {
      worseInARow++;
    }
    if (worseInARow > patience) {
      rate = Math.max(rate * factor, minimum);
      worseInARow = 0;
    }
  }

  /** Forgets the best measure and restarts the count, before reports of another measure. */
  public void forget() {
    best = Double.POSITIVE_INFINITY;
    worseInARow = 0;
  }

  /** Returns this schedule, which from now on requires a report in the first two epochs. */
  @Override
  public Schedule over(RunLength run) {
    stepsPerEpoch = Require.notNull(run, this, "run").stepsPerEpoch();
    firstStep = NONE;
    return this;
  }

  /**
   * Returns the rate after the reports so far.
   *
   * @param step the number of steps taken before it
   * @return η
   * @throws IllegalStateException if there was no report in the first two epochs of a run: without
   *     reports the rate never drops
   */
  @Override
  public double rate(long step) {
    if (firstStep == NONE) {
      firstStep = step;
    }
    if (!reported
        && stepsPerEpoch.isPresent()
        && (step - firstStep) / 2 >= stepsPerEpoch.getAsLong()) {
      throw new IllegalStateException(
          Require.message(
              NAME,
              "a report after each epoch",
              "none in the first two",
              "add the listener PlateauListener.of(schedule) with the schedule of the optimizer, or"
                  + " call report(...)"));
    }
    return rate;
  }

  @Override
  public Map<String, Double> state() {
    return Map.of(RATE, rate, INITIAL, initial, BEST, best, WORSE_IN_A_ROW, (double) worseInARow);
  }

  /** Restores a state. If its initial rate differs, the rate has dropped by the same factor. */
  @Override
  public void restore(Map<String, Double> state) {
    Map<String, Double> all = new HashMap<>(Checks.noNulls(state, this, "state"));
    // Absent from checkpoints of earlier versions.
    double before = all.computeIfAbsent(INITIAL, name -> initial);
    double there = all.getOrDefault(RATE, Double.NaN);
    double restored = before == initial ? there : Math.max(there * (initial / before), minimum);
    boolean sound =
        all.keySet().equals(state().keySet())
            && before > 0
            && there >= 0
            && restored >= minimum
            && Double.isFinite(restored)
            && requireNonNull(all.get(WORSE_IN_A_ROW)) >= 0;
    Require.that(
        sound,
        NAME,
        "the state of a ReduceOnPlateau, such as " + state(),
        "{" + Texts.list(state.entrySet()) + "}");
    rate = restored;
    best = requireNonNull(state.get(BEST));
    reported |= best < Double.POSITIVE_INFINITY;
    worseInARow = requireNonNull(state.get(WORSE_IN_A_ROW)).intValue();
  }

  @Override
  public String toString() {
    return "ReduceOnPlateau(" + rate + ")";
  }
}
