package org.nn4j.internal.kernel;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nn4j.internal.thread.WorkerPool;

/** Work on a range of elements. */
@FunctionalInterface
interface RangeWork {
  void apply(long from, long to);

  /**
   * Runs work on elements, in parallel if they are many.
   *
   * @param length the number of elements
   * @param grain ranges begin at multiples of it
   * @param work called for each range
   */
  static void run(long length, long grain, RangeWork work) {
    long grains = (length + grain - 1) / grain;
    int parts = (int) Math.min(grains, Math.min(WorkerPool.SIZE, length / Shared.PART));
    if (parts <= 1) {
      work.apply(0, length);
    } else {
      Shared.ofThread().run(parts, length, grain, work);
    }
  }

  /**
   * Work in parts. Each thread reuses one object, because a closure would be garbage at each call.
   */
  final class Shared implements WorkerPool.Part {
    /** Minimum elements of a part for another core. */
    private static final long PART = 1 << 14;

    private static final ThreadLocal<Shared> OF_THREAD = ThreadLocal.withInitial(Shared::new);

    private int parts;
    private long length;
    private long grain;
    private @Nullable RangeWork work;

    private Shared() {}

    /** Returns the object of this thread, or a new one if it is in use by an outer call. */
    private static Shared ofThread() {
      Shared mine = OF_THREAD.get();
      return mine.work == null ? mine : new Shared();
    }

    private void run(int newParts, long newLength, long newGrain, RangeWork newWork) {
      parts = newParts;
      length = newLength;
      grain = newGrain;
      work = newWork;
      try {
        WorkerPool.run(parts, this);
      } finally {
        work = null;
      }
    }

    @Override
    public void run(int part) {
      requireNonNull(work).apply(cut(part), cut(part + 1));
    }

    private long cut(int part) {
      long grains = (length + grain - 1) / grain;
      return Math.min(length, grains * part / parts * grain);
    }
  }
}
