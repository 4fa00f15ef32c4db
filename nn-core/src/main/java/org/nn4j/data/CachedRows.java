package org.nn4j.data;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.internal.thread.UseCount;

/**
 * Cache of the rows that a view computes from rows in memory: a copy takes less time than an
 * operation on a small batch. Thread-safe.
 */
final class CachedRows {
  private final int count;
  private final int length;
  private @Nullable INDArray kept;
  private final BitSet known = new BitSet();
  private final UseCount usage = new UseCount(this::free);

  CachedRows(int count, long length) {
    this.count = count;
    this.length = Math.toIntExact(length);
  }

  /** Returns whether to cache the rows of a data set: they fit, and are the same at each call. */
  static boolean areWorthKeeping(Dataset source, long length) {
    return BaseDataset.isHeld(source) && TypedRows.fitsTwice(source.size() * length);
  }

  /** Keeps rows, until they are freed; those of another data type are dropped. */
  void keep(int[] rows, INDArray computed) {
    if (usage.begin()) {
      try {
        write(rows, computed);
      } finally {
        usage.end();
      }
    }
  }

  private synchronized void write(int[] rows, INDArray computed) {
    INDArray all = kept;
    if (all == null || all.dataType() != computed.dataType()) {
      // One of another type is left to the collector: another thread may be reading it.
      all = NewArrays.uninitialized(computed.dataType(), count, length);
      kept = all;
      known.clear();
    }
    Kernel.scatter(ArrayDataset.flat(computed), rows, all);
    Arrays.stream(rows).forEach(known::set);
  }

  /** Gathers rows and returns true, or returns false if they are not all cached. */
  boolean gather(int[] rows, INDArray target) {
    if (!usage.begin()) {
      return false;
    }
    try {
      INDArray all = keptFor(rows, target);
      if (all != null) {
        Kernel.gather(all, rows, ArrayDataset.flat(target));
      }
      return all != null;
    } finally {
      usage.end();
    }
  }

  private synchronized @Nullable INDArray keptFor(int[] rows, INDArray target) {
    INDArray all = kept;
    if (all == null || all.dataType() != target.dataType()) {
      return null;
    }
    for (int row : rows) {
      if (!known.get(row)) {
        return null;
      }
    }
    return all;
  }

  /** Frees the rows and stops caching. Running calls end first. */
  void close() {
    usage.close();
  }

  private synchronized void free() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  synchronized long bytes() {
    INDArray all = kept;
    return all == null ? 0 : all.length() * all.dataType().width();
  }
}
