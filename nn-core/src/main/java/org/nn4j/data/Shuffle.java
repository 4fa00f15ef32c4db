package org.nn4j.data;

import java.util.Arrays;
import org.nn4j.SeededRandom;

/** Orders drawn at random. */
final class Shuffle {
  private Shuffle() {}

  /** The shuffle of Fisher and Yates: each of the N! orders is equally likely. */
  static void shuffle(int[] order, SeededRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /** All indices below a size, in an order drawn from a seed. */
  static int[] indices(int size, long seed) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    shuffle(order, new SeededRandom(seed));
    return order;
  }
}
