package org.nn4j.internal.memory;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Copies between memory and Java arrays, by buffers over two gigabytes of addresses each. The JIT
 * compiler inlines such a copy into the calling loop. JavaCPP's copies are native calls, which take
 * four times as long for some dozen elements; from 4 KB they use an instruction that is several
 * times slower for unfavorable pairs of addresses.
 *
 * <p>Not thread-safe. An address does not keep its array alive.
 */
public final class MemoryBuffers {
  private static final long BYTES = Integer.MAX_VALUE - 7L;

  /** Maximum number of elements in one copy, so that it fits into one buffer. */
  private static final int PIECE = 1 << 24;

  private static final long LAST_START = BYTES - (long) PIECE * Double.BYTES;

  /**
   * Number of buffers kept; arrays are in few regions: that of small ones, and those of large ones
   * of some threads.
   */
  private static final int KEPT = 8;

  /** The buffers over a region, which begins at an address. */
  private record Buffers(long start, FloatBuffer floats, IntBuffer ints, DoubleBuffer doubles) {
    boolean contain(long address) {
      long offset = address - start;
      return offset >= 0 && offset <= LAST_START;
    }

    int floatsTo(long address) {
      return (int) ((address - start) / Float.BYTES);
    }

    int doublesTo(long address) {
      return (int) ((address - start) / Double.BYTES);
    }
  }

  private final List<Buffers> kept = new ArrayList<>(KEPT);
  private Buffers last = open(0);

  public MemoryBuffers() {}

  /** Copies numbers from memory. */
  public void read(long address, float[] to, int at, int n) {
    if (n > PIECE) {
      read(address, to, at, PIECE);
      read(address + (long) PIECE * Float.BYTES, to, at + PIECE, n - PIECE);
      return;
    }
    Buffers buffers = at(address);
    buffers.floats.get(buffers.floatsTo(address), to, at, n);
  }

  /** Copies the bits of some floats, at most a piece, from memory. */
  public void read(long address, int[] to, int at, int n) {
    Buffers buffers = at(address);
    buffers.ints.get(buffers.floatsTo(address), to, at, n);
  }

  /** Copies numbers from memory. */
  public void read(long address, double[] to, int at, int n) {
    if (n > PIECE) {
      read(address, to, at, PIECE);
      read(address + (long) PIECE * Double.BYTES, to, at + PIECE, n - PIECE);
      return;
    }
    Buffers buffers = at(address);
    buffers.doubles.get(buffers.doublesTo(address), to, at, n);
  }

  /** Copies numbers to memory. */
  public void write(float[] from, int at, long address, int n) {
    if (n > PIECE) {
      write(from, at, address, PIECE);
      write(from, at + PIECE, address + (long) PIECE * Float.BYTES, n - PIECE);
      return;
    }
    Buffers buffers = at(address);
    buffers.floats.put(buffers.floatsTo(address), from, at, n);
  }

  /** Copies numbers to memory. */
  public void write(double[] from, int at, long address, int n) {
    if (n > PIECE) {
      write(from, at, address, PIECE);
      write(from, at + PIECE, address + (long) PIECE * Double.BYTES, n - PIECE);
      return;
    }
    Buffers buffers = at(address);
    buffers.doubles.put(buffers.doublesTo(address), from, at, n);
  }

  /** Returns buffers that contain a piece from an address on: in general the last ones. */
  private Buffers at(long address) {
    return last.contain(address) ? last : other(address);
  }

  private Buffers other(long address) {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).contain(address)) {
        last = kept.get(i);
        return last;
      }
    }
    Buffers opened = open(address);
    if (kept.size() == KEPT) {
      kept.remove(0);
    }
    kept.add(opened);
    last = opened;
    return opened;
  }

  /** Opens buffers around an address. */
  private static Buffers open(long address) {
    long start = Math.max(Double.BYTES, (address - BYTES / 2) / Double.BYTES * Double.BYTES);
    ByteBuffer region = new Region(start).asByteBuffer();
    return new Buffers(
        start, region.asFloatBuffer(), region.asIntBuffer(), region.asDoubleBuffer());
  }

  /** Pointer to a region; it owns no memory. */
  private static final class Region extends Pointer {
    Region(long start) {
      super((Pointer) null);
      address = start;
      limit = BYTES;
      capacity = BYTES;
    }
  }
}
