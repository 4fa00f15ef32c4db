package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Shares of the parts of the data in the steps of an epoch. An epoch of S steps uses each sample
 * once; steps a to b take from a part of U units
 *
 * <pre>
 * units ⌊a U / S⌋ to ⌊b U / S⌋ − 1
 * </pre>
 *
 * <p>A unit is a batch, and S the batches of the largest part, where workers take steps; it is a
 * sample, and S the number of global batches, where they sum gradients. Immutable.
 */
final class Shares implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final int[] sizes;
  private final int unit;
  private final int steps;

  private Shares(int[] sizes, int unit, int steps) {
    this.sizes = sizes;
    this.unit = unit;
    this.steps = steps;
  }

  /** Returns the shares of workers that take steps on batches of their own. */
  static Shares ofBatches(int[] sizes, int batchSize) {
    int largest = Arrays.stream(sizes).max().orElse(0);
    return new Shares(sizes, batchSize, (int) ((largest + batchSize - 1L) / batchSize));
  }

  /** Returns the shares of workers in batches of all. */
  static Shares ofSamples(int[] sizes, int batchSize) {
    int steps = Math.toIntExact((samples(sizes) + batchSize - 1) / batchSize);
    return new Shares(sizes, 1, steps);
  }

  private static long samples(int[] sizes) {
    return Arrays.stream(sizes).asLongStream().sum();
  }

  /** Returns the number of samples of all parts. */
  long samples() {
    return samples(sizes);
  }

  /** Returns the number of parts. */
  int parts() {
    return sizes.length;
  }

  /** Returns the number of steps in an epoch, S. */
  int steps() {
    return steps;
  }

  /** Returns the place in the order of a part before a step, from 0 to S. */
  int place(int part, int step) {
    long units = (sizes[part] + unit - 1L) / unit;
    return (int) Math.min(step * units / steps * unit, sizes[part]);
  }
}
