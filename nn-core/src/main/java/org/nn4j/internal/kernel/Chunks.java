package org.nn4j.internal.kernel;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nn4j.internal.memory.MemoryBuffers;
import org.nn4j.internal.thread.WorkerPool;

/**
 * Elementwise work on the arrays' own memory, some thousand numbers at a time: a chunk is copied to
 * the Java heap, where the JIT compiler turns a plain loop into vector instructions (it does not on
 * other memory), and copied back. The chunks of a thread stay in its first cache, and on small
 * arrays a copy costs little more than the call.
 */
final class Chunks {
  /** Three arrays of this length leave room in the first cache. */
  static final int LENGTH = 2048;

  /** Numbers that are worth handing to another core. */
  private static final long PART = 1 << 14;

  private static final int ARRAYS = 3;

  private static final ThreadLocal<Chunks> OF_THREAD = ThreadLocal.withInitial(Chunks::new);

  private final float[][] arrays = new float[ARRAYS][LENGTH];
  private final MemoryBuffers buffers = new MemoryBuffers();
  private @Nullable Sharing unused;

  private Chunks() {}

  static Chunks ofThread() {
    return OF_THREAD.get();
  }

  /** Work on the numbers from one index to another. */
  @FunctionalInterface
  interface RangeWork {
    void apply(long from, long to);
  }

  /** One of the arrays of this thread, with room for some numbers. */
  float[] array(int which, int length) {
    if (arrays[which].length < length) {
      arrays[which] = new float[length];
    }
    return arrays[which];
  }

  /** Copies numbers to one of the arrays of this thread. */
  float[] read(int which, long address, long offset, int n) {
    float[] array = array(which, n);
    buffers.read(address + offset * Float.BYTES, array, 0, n);
    return array;
  }

  /** Copies as many numbers as an array holds. */
  void read(float[] array, long address, long offset) {
    buffers.read(address + offset * Float.BYTES, array, 0, array.length);
  }

  /** Copies numbers to memory. */
  void write(float[] array, long address, long offset, int n) {
    buffers.write(array, 0, address + offset * Float.BYTES, n);
  }

  /** {@code to ← f(x)}. */
  static <S> void map(S self, long x, long to, long length, Formula.Loop<S> f) {
    inParallel(length, LENGTH, (from, end) -> mapRange(self, x, to, from, end, f));
  }

  private static <S> void mapRange(
      S self, long x, long to, long from, long end, Formula.Loop<S> f) {
    Chunks chunks = ofThread();
    for (long at = from; at < end; at += LENGTH) {
      int n = (int) Math.min(LENGTH, end - at);
      float[] numbers = chunks.read(0, x, at, n);
      f.apply(self, numbers, n);
      chunks.write(numbers, to, at, n);
    }
  }

  /** {@code to ← f(x, y)}. */
  static <S> void map(S self, long x, long y, long to, long length, Formula.Loop2<S> f) {
    inParallel(length, LENGTH, (from, end) -> mapRange(self, x, y, to, from, end, f));
  }

  private static <S> void mapRange(
      S self, long x, long y, long to, long from, long end, Formula.Loop2<S> f) {
    Chunks chunks = ofThread();
    for (long at = from; at < end; at += LENGTH) {
      int n = (int) Math.min(LENGTH, end - at);
      float[] numbers = chunks.read(0, x, at, n);
      f.apply(self, numbers, chunks.read(1, y, at, n), n);
      chunks.write(numbers, to, at, n);
    }
  }

  /** {@code to ← f(x, y)} for each row of {@code n} numbers. */
  static <S> void mapRows(
      S self, long x, long y, long to, long length, int n, Formula.RowLoop<S> f) {
    inParallel(length, n, (from, end) -> mapRowsRange(self, x, y, to, n, from, end, f));
  }

  private static <S> void mapRowsRange(
      S self, long x, long y, long to, int n, long from, long end, Formula.RowLoop<S> f) {
    Chunks chunks = ofThread();
    long step = (long) rowsInChunk(n) * n;
    for (long at = from; at < end; at += step) {
      int count = (int) Math.min(step, end - at);
      float[] numbers = chunks.read(0, x, at, count);
      float[] others = x == y ? numbers : chunks.read(1, y, at, count);
      for (int row = 0; row < count; row += n) {
        f.apply(self, numbers, others, row, n);
      }
      chunks.write(numbers, to, at, count);
    }
  }

  /** As {@link #mapRows}; what the formula returns for each row goes to a vector. */
  static <S> void mapSamples(
      S self, long x, long y, long ofRows, long to, int rows, int n, Formula.SampleLoop<S> f) {
    Chunks chunks = ofThread();
    int step = rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      float[] numbers = chunks.read(0, x, (long) row * n, count * n);
      float[] others = chunks.read(1, y, (long) row * n, count * n);
      float[] returned = chunks.array(2, count);
      for (int i = 0; i < count; i++) {
        returned[i] = (float) f.apply(self, numbers, others, i * n, n);
      }
      chunks.write(numbers, to, (long) row * n, count * n);
      chunks.write(returned, ofRows, row, count);
    }
  }

  /** How many rows of some length make a chunk. */
  static int rowsInChunk(int n) {
    return Math.max(1, LENGTH / n);
  }

  /** Changes θ and its state, given g. */
  static void update(
      long g, long theta, StateVector[] state, long offset, long length, StateVector.Update f) {
    inParallel(length, LENGTH, (from, end) -> updateRange(g, theta, state, offset, from, end, f));
  }

  private static void updateRange(
      long g,
      long theta,
      StateVector[] state,
      long offset,
      long from,
      long end,
      StateVector.Update f) {
    Chunks chunks = ofThread();
    float[] gradients = chunks.array(0, LENGTH);
    float[] values = chunks.array(1, LENGTH);
    float[][] ofState = new float[state.length][];
    long at = from;
    while (at < end) {
      // The same index in all arrays: the JIT compiler makes no vectors of a loop with several.
      int index = (int) ((offset + at) % LENGTH);
      int n = (int) Math.min(LENGTH - index, end - at);
      for (int i = 0; i < state.length; i++) {
        ofState[i] = state[i].chunk((int) ((offset + at) / LENGTH));
      }
      chunks.buffers.read(g + at * Float.BYTES, gradients, index, n);
      chunks.buffers.read(theta + at * Float.BYTES, values, index, n);
      f.apply(gradients, values, ofState, index, index + n);
      chunks.buffers.write(values, index, theta + at * Float.BYTES, n);
      at += n;
    }
  }

  /**
   * Does work on numbers, shared among the cores where they are many: their order does not matter.
   *
   * @param length how many numbers
   * @param grain cuts are at multiples of it
   * @param work does its part
   */
  static void inParallel(long length, long grain, RangeWork work) {
    long grains = (length + grain - 1) / grain;
    int parts = (int) Math.min(grains, Math.min(WorkerPool.SIZE, length / PART));
    if (parts <= 1) {
      work.apply(0, length);
      return;
    }
    Chunks mine = ofThread();
    Sharing sharing = mine.unused == null ? new Sharing() : mine.unused;
    mine.unused = null; // work may share work
    try {
      sharing.run(parts, length, grain, work);
    } finally {
      mine.unused = sharing;
    }
  }

  /** Work in parts. One object is used again and again: a closure would be garbage at each call. */
  private static final class Sharing implements WorkerPool.Part {
    private int parts;
    private long length;
    private long grain;
    private @Nullable RangeWork work;

    void run(int newParts, long newLength, long newGrain, RangeWork newWork) {
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
