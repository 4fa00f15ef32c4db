package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;

/** Result of a worker's round. Immutable. */
final class PartResult implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] state;
  private final double lossSum;
  private final int samples;
  private final long nanos;

  /**
   * Creates a result.
   *
   * @param state a checkpoint, or the sum of the gradients; empty without samples
   * @param lossSum the sum of the losses of the samples
   * @param nanos the time of the worker
   */
  PartResult(byte[] state, double lossSum, int samples, long nanos) {
    this.state = state;
    this.lossSum = lossSum;
    this.samples = samples;
    this.nanos = nanos;
  }

  byte[] state() {
    return state;
  }

  double lossSum() {
    return lossSum;
  }

  int samples() {
    return samples;
  }

  long nanos() {
    return nanos;
  }
}
