package org.nn4j.data.image;

import java.util.random.RandomGenerator;

/** Uniform numbers, of which some thousand a batch are drawn. */
final class UniformNumber {
  private static final double UNIT = 0x1p-52;

  private UniformNumber() {}

  /** In {@code [−1, 1)}. */
  static double symmetric(RandomGenerator random) {
    return (random.nextLong() >> 11) * UNIT;
  }
}
