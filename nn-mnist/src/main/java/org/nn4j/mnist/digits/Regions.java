package org.nn4j.mnist.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connected regions of a set of pixels. Ink is connected over corners too, paper only over sides,
 * so a thin line separates the paper on its two sides.
 */
final class Regions {
  private final int width;
  private final boolean[] set;
  private final boolean overCorners;
  private final int[] region;
  private final int[] stack;
  private final List<Integer> sizes = new ArrayList<>();

  Regions(int width, boolean[] set, boolean overCorners) {
    this.width = width;
    this.set = set;
    this.overCorners = overCorners;
    this.region = new int[set.length];
    this.stack = new int[set.length];
    Arrays.fill(region, -1);
    for (int start = 0; start < set.length; start++) {
      if (set[start] && region[start] < 0) {
        sizes.add(fill(start, sizes.size()));
      }
    }
  }

  /** Returns the number of pixels of the region of a pixel; 0 if the pixel is not in the set. */
  int sizeAround(int pixel) {
    return region[pixel] < 0 ? 0 : sizes.get(region[pixel]);
  }

  /** Counts the regions of a minimum number of pixels. */
  int count(int pixels) {
    return (int) sizes.stream().filter(size -> size >= pixels).count();
  }

  /** Returns the number of pixels of the largest region; 0 if there is none. */
  int largest() {
    return sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private int fill(int start, int number) {
    int depth = 0;
    int size = 0;
    region[start] = number;
    stack[depth++] = start;
    while (depth > 0) {
      int pixel = stack[--depth];
      size++;
      int column = pixel % width;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int next = pixel + dy * width + dx;
          boolean near = overCorners || dx == 0 || dy == 0;
          boolean inside =
              column + dx >= 0 && column + dx < width && next >= 0 && next < set.length;
          if (near && inside && set[next] && region[next] < 0) {
            region[next] = number;
            stack[depth++] = next;
          }
        }
      }
    }
    return size;
  }
}
