package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.OptionalLong;
import org.nn4j.RunLength;
import org.nn4j.persistence.Progress;
import org.nn4j.train.DataParallel;

/** What a worker needs for a round beside its samples. Immutable. */
final class WorkerRound implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] state;
  private final DataParallel.Exchange exchange;
  private final Shares shares;
  private final int epoch;
  private final int first;
  private final int end;
  private final long stepsBefore;
  private final long stepsPerEpoch;
  private final long steps;

  /**
   * Creates a round.
   *
   * @param state a checkpoint, or the values of the parameters if gradients are summed
   * @param end the step of the epoch after the last of the round
   */
  WorkerRound(
      byte[] state,
      DataParallel.Exchange exchange,
      Shares shares,
      Progress at,
      int end,
      RunLength length) {
    this.state = state;
    this.exchange = exchange;
    this.shares = shares;
    this.epoch = at.epoch();
    this.first = at.stepsInEpoch();
    this.end = end;
    this.stepsBefore = at.steps();
    this.stepsPerEpoch = length.stepsPerEpoch().orElse(-1);
    this.steps = length.steps().orElse(-1);
  }

  byte[] state() {
    return state;
  }

  boolean sumsGradients() {
    return exchange == DataParallel.Exchange.GRADIENTS;
  }

  Shares shares() {
    return shares;
  }

  int epoch() {
    return epoch;
  }

  int first() {
    return first;
  }

  int end() {
    return end;
  }

  /** Returns a number for the random stream of a part, another in each round. */
  long stream(int part) {
    return stepsBefore * shares.parts() + part;
  }

  /** Returns the length of the run. */
  RunLength length() {
    return new RunLength(optional(stepsPerEpoch), optional(steps));
  }

  private static OptionalLong optional(long number) {
    return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
