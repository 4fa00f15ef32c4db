package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shapes after operators that only change the shape. Sizes may be {@link #UNKNOWN}. A result is
 * null if the operator does not fit the shape, or the result is unknown.
 */
final class Dimensions {
  /** A size that is unknown in the file, such as that of the batch. */
  static final long UNKNOWN = -1;

  private static final int HIGHEST_RANK = 8;

  private Dimensions() {}

  /** Returns the number of elements, UNKNOWN if a size is, or above 2^62. */
  static long size(long... shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && size > (Long.MAX_VALUE >> 1) / dimension)) {
        return UNKNOWN;
      }
      size *= dimension;
    }
    return size;
  }

  /** Returns an axis counted from the front, or -1 if there is no such axis. */
  static int axis(long axis, int rank) {
    long counted = axis < 0 ? axis + rank : axis;
    return counted >= 0 && counted < rank ? (int) counted : -1;
  }

  /** Returns two dimensions: those before the axis, and those from it on. */
  static long @Nullable [] flatten(long[] shape, long axis) {
    int from = axis == shape.length ? shape.length : axis(axis, shape.length);
    return from < 0
        ? null
        : new long[] {
          size(Arrays.copyOfRange(shape, 0, from)),
          size(Arrays.copyOfRange(shape, from, shape.length))
        };
  }

  /** Returns a shape after replacing 0 by the previous size, and one -1 by the remaining size. */
  static long @Nullable [] reshape(long[] shape, long[] wanted) {
    if (wanted.length > HIGHEST_RANK) {
      return null;
    }
    long[] result = wanted.clone();
    int open = -1;
    for (int i = 0; i < result.length; i++) {
      if (result[i] == 0 && i < shape.length) {
        result[i] = shape[i];
      } else if (result[i] == -1 && open < 0) {
        open = i;
      } else if (result[i] < 1) {
        return null;
      }
    }
    if (open >= 0) {
      result[open] = rest(shape, result, open);
    }
    return result;
  }

  /** Returns the remaining size of a shape; equal leading sizes may be unknown. */
  private static long rest(long[] shape, long[] result, int open) {
    int equal = 0;
    while (equal < open && equal < shape.length && shape[equal] == result[equal]) {
      equal++;
    }
    long all = size(Arrays.copyOfRange(shape, equal, shape.length));
    long[] others = Arrays.copyOfRange(result, equal, result.length);
    others[open - equal] = 1;
    long known = size(others);
    return all < 0 || known < 1 || all % known != 0 ? UNKNOWN : all / known;
  }

  /** Returns the shape without dimensions of size 1: all of them, or those of the axes. */
  static long @Nullable [] squeeze(long[] shape, long @Nullable [] axes) {
    boolean[] leftOut = new boolean[shape.length];
    if (axes == null) {
      for (int i = 0; i < shape.length; i++) {
        leftOut[i] = shape[i] == 1;
      }
    } else {
      for (long axis : axes) {
        int at = axis(axis, shape.length);
        if (at < 0 || shape[at] != 1) {
          return null;
        }
        leftOut[at] = true;
      }
    }
    List<Long> kept = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      if (!leftOut[i]) {
        kept.add(shape[i]);
      }
    }
    return kept.stream().mapToLong(d -> d).toArray();
  }

  /** Returns the shape with dimensions of size 1 at the axes. */
  static long @Nullable [] unsqueeze(long[] shape, long @Nullable [] axes) {
    if (axes == null || axes.length + shape.length > HIGHEST_RANK) {
      return null;
    }
    long[] result = new long[shape.length + axes.length];
    for (long axis : axes) {
      int at = axis(axis, result.length);
      if (at < 0 || result[at] == 1) {
        return null;
      }
      result[at] = 1;
    }
    int next = 0;
    for (int i = 0; i < result.length; i++) {
      if (result[i] == 0) {
        result[i] = shape[next++];
      }
    }
    return result;
  }
}
