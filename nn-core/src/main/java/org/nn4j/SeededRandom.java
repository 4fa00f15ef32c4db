package org.nn4j;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 generator: the same seed yields the same numbers on every machine and Java version.
 *
 * <p>Its state is one number, so a run can be saved and resumed. Source: Steele, Lea and Flood,
 * "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), figure 16. Not for cryptography.
 * Not thread-safe.
 */
public final class SeededRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /**
   * Creates a generator.
   *
   * @param seed any number
   */
  public SeededRandom(long seed) {
    state = seed;
  }

  /**
   * Returns a generator that is independent of those of other streams, for example for each epoch,
   * layer or worker of one seed.
   *
   * @param seed the seed
   * @param stream the number of the stream
   * @return a new generator
   */
  public static SeededRandom stream(long seed, long stream) {
    return new SeededRandom(mix(seed) + mix(stream + GOLDEN_GAMMA));
  }

  /**
   * Returns the state of this generator.
   *
   * @return the seed of a generator that continues with the same numbers
   */
  public long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Returns a uniform number without bias, by rejection. */
  @Override
  public int nextInt(int bound) {
    Require.atLeastOne(bound, "SeededRandom", "bound");
    while (true) {
      long bits = nextLong() >>> 1;
      long remainder = bits % bound;
      boolean inTheLastIncompleteRun = bits - remainder + (bound - 1) < 0;
      if (!inTheLastIncompleteRun) {
        return (int) remainder;
      }
    }
  }

  /**
   * Returns a normal number by Marsaglia's polar method in {@link StrictMath}, with the same bits
   * everywhere.
   */
  @Override
  public double nextGaussian() {
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /**
   * Shuffles by Fisher and Yates: each of the N! orders is equally likely.
   *
   * @param order N elements, changed
   */
  public void shuffle(int[] order) {
    Require.notNull(order, "SeededRandom.shuffle", "order");
    for (int i = order.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
