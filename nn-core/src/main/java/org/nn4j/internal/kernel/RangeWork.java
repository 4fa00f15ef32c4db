package org.nn4j.internal.kernel;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nn4j.internal.thread.WorkerPool;

/** Work on the elements from one index to another. */
@FunctionalInterface
interface RangeWork {
  void apply(long from, long to);

  /**
   * Does work on elements, shared among the cores where they are many: their order does not matter.
   *
   * @param length how many elements
   * @param grain cuts are at multiples of it
   * @param work does its part
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

  /** Work in parts. One object is used again and again: a closure would be garbage at each call. */
  final class Shared implements WorkerPool.Part {
    /** Elements that are worth handing to another core. */
    private static final long PART = 1 << 14;

    private static final ThreadLocal<Shared> OF_THREAD = ThreadLocal.withInitial(Shared::new);

    private int parts;
    private long length;
    private long grain;
    private @Nullable RangeWork work;

    private Shared() {}

    /** Returns the object of this thread, unless it is in use: work may share work. */
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
