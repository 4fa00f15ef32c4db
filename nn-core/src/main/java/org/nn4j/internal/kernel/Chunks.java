package org.nn4j.internal.kernel;

import java.util.List;
import org.nn4j.internal.memory.MemoryBuffers;

/**
 * Elementwise work on native memory in chunks of some thousand elements. Each chunk is copied to a
 * Java array, where the JIT compiler vectorizes plain loops (it does not on native memory), and
 * copied back. The chunks of a thread stay in its L1 cache.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Chunks<A> {
  /** Three arrays of this length leave room in the L1 cache. */
  static final int LENGTH = 2048;

  private static final int ARRAYS = 3;

  private final Elements<A> elements;
  private final A[] arrays;
  private final MemoryBuffers memory = new MemoryBuffers();

  /** Created once per thread by {@link Elements#chunks}. */
  Chunks(Elements<A> elements) {
    this.elements = elements;
    this.arrays = elements.newArrays(ARRAYS);
    for (int i = 0; i < ARRAYS; i++) {
      arrays[i] = elements.newArray(LENGTH);
    }
  }

  /** Returns one of the arrays of this thread, of a minimum length. */
  A array(int which, int length) {
    if (elements.length(arrays[which]) < length) {
      arrays[which] = elements.newArray(length);
    }
    return arrays[which];
  }

  /** Copies elements to one of the arrays of this thread. */
  A read(int which, long address, long offset, int n) {
    A array = array(which, n);
    elements.read(memory, address + offset * elements.width, array, 0, n);
    return array;
  }

  /** Copies as many elements as an array has. */
  void read(A array, long address, long offset) {
    elements.read(memory, address + offset * elements.width, array, 0, elements.length(array));
  }

  /** Copies elements to memory. */
  void write(A array, long address, long offset, int n) {
    elements.write(memory, array, 0, address + offset * elements.width, n);
  }

  /** {@code to ← f(x)}. */
  static <S, A> void map(
      Elements<A> elements, S self, long x, long to, long length, Formula.Loop<S, A> f) {
    RangeWork.run(length, LENGTH, new Map<>(elements, self, x, to, f));
  }

  // Each computation is a record, not a loop over local variables: where the JIT compiler inlines
  // a formula into many of them, it keeps those of the formula in memory.

  private record Map<S, A>(Elements<A> elements, S self, long x, long to, Formula.Loop<S, A> f)
      implements RangeWork {
    @Override
    public void apply(long from, long end) {
      Chunks<A> chunks = elements.chunks();
      for (long at = from; at < end; at += LENGTH) {
        apply(chunks, at, (int) Math.min(LENGTH, end - at));
      }
    }

    private void apply(Chunks<A> chunks, long at, int n) {
      A numbers = chunks.read(0, x, at, n);
      f.apply(self, numbers, n);
      chunks.write(numbers, to, at, n);
    }
  }

  /** {@code to ← f(x, y)}. */
  static <S, A> void map(
      Elements<A> elements, S self, long x, long y, long to, long length, Formula.Loop2<S, A> f) {
    RangeWork.run(length, LENGTH, new Map2<>(elements, self, x, y, to, f));
  }

  private record Map2<S, A>(
      Elements<A> elements, S self, long x, long y, long to, Formula.Loop2<S, A> f)
      implements RangeWork {
    @Override
    public void apply(long from, long end) {
      Chunks<A> chunks = elements.chunks();
      for (long at = from; at < end; at += LENGTH) {
        apply(chunks, at, (int) Math.min(LENGTH, end - at));
      }
    }

    private void apply(Chunks<A> chunks, long at, int n) {
      A numbers = chunks.read(0, x, at, n);
      f.apply(self, numbers, chunks.read(1, y, at, n), n);
      chunks.write(numbers, to, at, n);
    }
  }

  /** {@code to ← f(x, y)} for each row of {@code n} elements. */
  static <S, A> void mapRows(
      Elements<A> elements,
      S self,
      long x,
      long y,
      long to,
      long length,
      int n,
      Formula.RowLoop<S, A> f) {
    RangeWork.run(length, n, new MapRows<>(elements, self, x, y, to, n, f));
  }

  private record MapRows<S, A>(
      Elements<A> elements, S self, long x, long y, long to, int n, Formula.RowLoop<S, A> f)
      implements RangeWork {
    @Override
    public void apply(long from, long end) {
      Chunks<A> chunks = elements.chunks();
      long step = (long) rowsInChunk(n) * n;
      for (long at = from; at < end; at += step) {
        apply(chunks, at, (int) Math.min(step, end - at));
      }
    }

    private void apply(Chunks<A> chunks, long at, int count) {
      A numbers = chunks.read(0, x, at, count);
      A others = x == y ? numbers : chunks.read(1, y, at, count);
      for (int i = 0; i < count; i += n) {
        f.apply(self, numbers, others, (int) ((at + i) / n), i, n);
      }
      chunks.write(numbers, to, at, count);
    }
  }

  /** As {@link #mapRows}, with a result for each row, which is written to a vector. */
  static <S, A> void mapSamples(
      Elements<A> elements,
      S self,
      long x,
      long y,
      long ofRows,
      long to,
      int rows,
      int n,
      Formula.SampleLoop<S, A> f) {
    Chunks<A> chunks = elements.chunks();
    int step = rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      A numbers = chunks.read(0, x, (long) row * n, count * n);
      A others = chunks.read(1, y, (long) row * n, count * n);
      A returned = chunks.array(2, count);
      for (int i = 0; i < count; i++) {
        elements.set(returned, i, f.apply(self, numbers, others, i * n, n));
      }
      chunks.write(numbers, to, (long) row * n, count * n);
      chunks.write(returned, ofRows, row, count);
    }
  }

  /** Returns the number of rows per chunk. */
  static int rowsInChunk(int n) {
    return Math.max(1, LENGTH / n);
  }

  /** Updates θ and its state, given g. */
  static <A> void update(
      Elements<A> elements,
      long g,
      long theta,
      List<A[]> state,
      long offset,
      long length,
      StateVectors.Update<A> f) {
    RangeWork.run(length, LENGTH, new Updates<>(elements, g, theta, state, offset, f));
  }

  private record Updates<A>(
      Elements<A> elements,
      long g,
      long theta,
      List<A[]> state,
      long offset,
      StateVectors.Update<A> f)
      implements RangeWork {
    @Override
    public void apply(long from, long end) {
      Chunks<A> chunks = elements.chunks();
      long at = from;
      while (at < end) {
        at += update(chunks, at, end);
      }
    }

    /** Updates up to the end of a chunk of the state. */
    private int update(Chunks<A> chunks, long at, long end) {
      // The same index in all arrays: the JIT compiler does not vectorize a loop with several.
      int index = (int) ((offset + at) % LENGTH);
      int n = (int) Math.min(LENGTH - index, end - at);
      A gradients = chunks.array(0, LENGTH);
      A values = chunks.array(1, LENGTH);
      elements.read(chunks.memory, g + at * elements.width, gradients, index, n);
      elements.read(chunks.memory, theta + at * elements.width, values, index, n);
      f.apply(gradients, values, state.get((int) ((offset + at) / LENGTH)), index, index + n);
      elements.write(chunks.memory, values, index, theta + at * elements.width, n);
      return n;
    }
  }
}
