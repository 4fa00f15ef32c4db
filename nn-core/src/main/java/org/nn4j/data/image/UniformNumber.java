package org.nn4j.data.image;

import java.util.random.RandomGenerator;

/** Uniform random numbers; a batch draws some thousand of them. */
final class UniformNumber {
  private static final double UNIT = 0x1p-52;

  private UniformNumber() {}

  /** In {@code [−1, 1)}. */
  static double symmetric(RandomGenerator random) {
    return (random.nextLong() >> 11) * UNIT;
  }
}
