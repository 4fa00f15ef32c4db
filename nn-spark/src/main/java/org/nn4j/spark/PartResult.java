package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;

/** Result of a worker's round. Immutable. */
final class PartResult implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final WorkerState state;
  private final double lossSum;
  private final int samples;
  private final long nanosOfSteps;
  private final long nanos;

  /**
   * Creates a result.
   *
   * @param state the state after the steps, or the sum of the gradients
   * @param lossSum the sum of the losses of the samples
   * @param nanosOfSteps the time of the steps
   * @param nanos the time of the worker, with reading and writing its state
   */
  PartResult(WorkerState state, double lossSum, int samples, long nanosOfSteps, long nanos) {
    this.state = state;
    this.lossSum = lossSum;
    this.samples = samples;
    this.nanosOfSteps = nanosOfSteps;
    this.nanos = nanos;
  }

  /** Returns the result of a worker without samples in the round. */
  static PartResult none() {
    return new PartResult(WorkerState.none(), 0, 0, 0, 0);
  }

  WorkerState state() {
    return state;
  }

  double lossSum() {
    return lossSum;
  }

  int samples() {
    return samples;
  }

  long nanosOfSteps() {
    return nanosOfSteps;
  }

  long nanos() {
    return nanos;
  }
}
