package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.OptionalLong;
import org.nn4j.RunLength;
import org.nn4j.persistence.Progress;
import org.nn4j.train.DataParallel;

/** Input of a worker for a round, apart from its samples. Immutable. */
final class WorkerRound implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final WorkerState state;
  private final DataParallel.Exchange exchange;
  private final Shares shares;
  private final int epoch;
  private final int first;
  private final int end;
  private final long stepsBefore;
  private final double lossSum;
  private final long samples;
  private final long stepsPerEpoch;
  private final long steps;

  /**
   * Creates a round.
   *
   * @param state parameters, and the state of the optimizer if workers take steps
   * @param end the step of the epoch after the last of the round
   */
  WorkerRound(
      WorkerState state,
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
    this.lossSum = at.lossSum();
    this.samples = at.samples();
    this.stepsPerEpoch = length.stepsPerEpoch().orElse(-1);
    this.steps = length.steps().orElse(-1);
  }

  WorkerState state() {
    return state;
  }

  boolean sumsGradients() {
    return exchange == DataParallel.Exchange.GRADIENTS;
  }

  Shares shares() {
    return shares;
  }

  /** Returns the position before the round. */
  Progress position() {
    return new Progress(epoch, first, stepsBefore, lossSum, samples);
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
