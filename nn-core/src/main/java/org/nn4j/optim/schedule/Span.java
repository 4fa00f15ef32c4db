package org.nn4j.optim.schedule;

import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Length of a part of training: a number of steps or epochs, or a share of the run.
 *
 * <p>Epochs and shares become steps once the length of the run is known, rounded, at least one. A
 * {@code Trainer} does this at the beginning of each fit; see {@link org.nn4j.Optimizer#plan} for a
 * loop of your own. Immutable.
 */
public final class Span {
  private enum Unit {
    STEPS,
    EPOCHS,
    RUN
  }

  private final Unit unit;
  private final double amount;

  private Span(Unit unit, double amount) {
    this.unit = unit;
    this.amount = amount;
  }

  /**
   * Returns a span of steps.
   *
   * @param number at least 1
   * @return a span
   * @throws IllegalArgumentException if it is below 1
   */
  public static Span steps(long number) {
    Require.that(number >= 1, "Span", "a positive number of steps", number, "pass 1 or more");
    return new Span(Unit.STEPS, number);
  }

  /**
   * Returns a span of epochs.
   *
   * @param number above 0, not necessarily an integer
   * @return a span
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public static Span epochs(double number) {
    return new Span(Unit.EPOCHS, Require.positive(number, "Span", "number of epochs"));
  }

  /**
   * Returns a span that is a share of the run.
   *
   * @param share in (0, 1]
   * @return a span
   * @throws IllegalArgumentException if it is out of range
   */
  public static Span ofRun(double share) {
    Require.that(share > 0 && share <= 1, "Span", "share of the run in (0, 1]", share);
    return new Span(Unit.RUN, share);
  }

  /**
   * Returns this span as a number of steps, for a schedule of this name.
   *
   * @throws IllegalStateException if the length of the run, or of its epochs, is unknown
   */
  Span in(RunLength run, String who) {
    Require.notNull(run, who, "run");
    if (unit == Unit.STEPS) {
      return this;
    }
    return unit == Unit.EPOCHS
        ? times(run.stepsPerEpoch(), who, "the number of steps in an epoch")
        : times(run.steps(), who, "the number of steps in the run");
  }

  private Span times(OptionalLong steps, String who, String expected) {
    if (steps.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              who,
              expected + ", for a length of " + this,
              "a source of data that does not state it",
              "set the length in steps, or override batchesPerEpoch() of the source"));
    }
    return steps(Math.max(1, Math.round(amount * steps.getAsLong())));
  }

  /**
   * Returns the number of steps, for a schedule of this name.
   *
   * @throws IllegalStateException if this is not a number of steps
   */
  long steps(String who) {
    if (unit != Unit.STEPS) {
      throw new IllegalStateException(
          Require.message(
              who,
              "a length in steps",
              toString(),
              "call optimizer.plan(RunLength.of(epochs, stepsPerEpoch)) before the first step, or"
                  + " give the length in steps"));
    }
    return (long) amount;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Span span && unit == span.unit && amount == span.amount;
  }

  @Override
  public int hashCode() {
    return Objects.hash(unit, amount);
  }

  @Override
  public String toString() {
    String number = amount == (long) amount ? String.valueOf((long) amount) : amount + "";
    if (unit == Unit.RUN) {
      return amount == 1 ? "the run" : number + " of the run";
    }
    return number + (unit == Unit.STEPS ? " steps" : " epochs");
  }
}
