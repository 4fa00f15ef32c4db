package org.nn4j.data.image;

import java.util.random.RandomGenerator;

/** Uniform random numbers, cheap enough for thousands in a batch. */
final class UniformNumber {
  private static final double UNIT = 0x1p-52;

  private UniformNumber() {}

  /** Returns a number in {@code [−1, 1)}. */
  static double symmetric(RandomGenerator random) {
    return (random.nextLong() >> 11) * UNIT;
  }
}
