package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Shares of the parts of the data in the steps of an epoch. An epoch of S steps uses each sample
 * once. Where workers take steps, S is the number of batches of the largest part, and steps a to b
 * take from a part of U batches
 *
 * <pre>
 * batches ⌊a U / S⌋ to ⌊b U / S⌋ − 1
 * </pre>
 *
 * <p>Where workers sum gradients, all N samples have one order, in which those of a part of U
 * samples are at the places (i + ½) / U; of equal places that of the part with the lower number is
 * first. Step k takes the samples ⌊k N / S⌋ to ⌊(k + 1) N / S⌋ − 1 of this order. Immutable.
 */
final class Shares implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final int[] sizes;
  private final int batchSize;
  private final boolean ofSamples;
  private final int steps;

  private Shares(int[] sizes, int batchSize, boolean ofSamples, int steps) {
    this.sizes = sizes;
    this.batchSize = batchSize;
    this.ofSamples = ofSamples;
    this.steps = steps;
  }

  /** Returns the shares of workers that take steps on batches of their own. */
  static Shares ofBatches(int[] sizes, int batchSize) {
    int largest = Arrays.stream(sizes).max().orElse(0);
    return new Shares(sizes, batchSize, false, batches(largest, batchSize));
  }

  /** Returns the shares of workers in batches of all. */
  static Shares ofSamples(int[] sizes, int batchSize) {
    return new Shares(sizes, batchSize, true, batches(samples(sizes), batchSize));
  }

  private static int batches(long samples, int batchSize) {
    return Math.toIntExact((samples + batchSize - 1) / batchSize);
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

  /** Returns the number of samples of a part. */
  int size(int part) {
    return sizes[part];
  }

  /** Returns the place in the order of a part before a step, from 0 to S. */
  int place(int part, int step) {
    if (ofSamples) {
      return placeOfSamples(part, step);
    }
    long batches = batches(sizes[part], batchSize);
    return (int) Math.min(step * batches / steps * batchSize, sizes[part]);
  }

  private int placeOfSamples(int part, int step) {
    long all = samples();
    long before = step * (all / steps) + step * (all % steps) / steps; // ⌊k N / S⌋
    if (before == 0) {
      return 0;
    }
    double below = 0;
    double end = 1;
    for (double middle = 0.5; below < middle && middle < end; middle = (below + end) / 2) {
      if (countTo(middle) < before) {
        below = middle;
      } else {
        end = middle;
      }
    }
    // The samples up to the place "below", and the first of those at the next place.
    long rest = before - countTo(below);
    for (int p = 0; p < part; p++) {
      rest -= countTo(p, end) - countTo(p, below);
    }
    long share = Math.max(0, Math.min(rest, countTo(part, end) - countTo(part, below)));
    return (int) (countTo(part, below) + share);
  }

  private long countTo(double place) {
    long count = 0;
    for (int part = 0; part < sizes.length; part++) {
      count += countTo(part, place);
    }
    return count;
  }

  /** Returns the number of samples of a part up to a place; it grows with the place. */
  private long countTo(int part, double place) {
    return (long) Math.floor(place * sizes[part] + 0.5);
  }
}
