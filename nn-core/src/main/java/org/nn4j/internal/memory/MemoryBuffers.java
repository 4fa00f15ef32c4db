package org.nn4j.internal.memory;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
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

  private final long[] starts = new long[KEPT];
  private final FloatBuffer[] floats = new FloatBuffer[KEPT];
  private final IntBuffer[] ints = new IntBuffer[KEPT];
  private final DoubleBuffer[] doubles = new DoubleBuffer[KEPT];
  private int oldest;

  public MemoryBuffers() {
    Arrays.fill(starts, Long.MAX_VALUE); // contains no address
  }

  /** Copies numbers from memory. */
  public void read(long address, float[] to, int at, int n) {
    for (int done = 0; done < n; done += PIECE) {
      long source = address + (long) done * Float.BYTES;
      int i = bufferOf(source);
      floats[i].get(floatsTo(source, i), to, at + done, Math.min(PIECE, n - done));
    }
  }

  /** Copies the bits of floats from memory. */
  public void read(long address, int[] to, int at, int n) {
    for (int done = 0; done < n; done += PIECE) {
      long source = address + (long) done * Float.BYTES;
      int i = bufferOf(source);
      ints[i].get(floatsTo(source, i), to, at + done, Math.min(PIECE, n - done));
    }
  }

  /** Copies numbers from memory. */
  public void read(long address, double[] to, int at, int n) {
    for (int done = 0; done < n; done += PIECE) {
      long source = address + (long) done * Double.BYTES;
      int i = bufferOf(source);
      doubles[i].get(doublesTo(source, i), to, at + done, Math.min(PIECE, n - done));
    }
  }

  /** Copies numbers to memory. */
  public void write(float[] from, int at, long address, int n) {
    for (int done = 0; done < n; done += PIECE) {
      long target = address + (long) done * Float.BYTES;
      int i = bufferOf(target);
      floats[i].put(floatsTo(target, i), from, at + done, Math.min(PIECE, n - done));
    }
  }

  /** Copies numbers to memory. */
  public void write(double[] from, int at, long address, int n) {
    for (int done = 0; done < n; done += PIECE) {
      long target = address + (long) done * Double.BYTES;
      int i = bufferOf(target);
      doubles[i].put(doublesTo(target, i), from, at + done, Math.min(PIECE, n - done));
    }
  }

  private int floatsTo(long address, int buffer) {
    return (int) ((address - starts[buffer]) / Float.BYTES);
  }

  private int doublesTo(long address, int buffer) {
    return (int) ((address - starts[buffer]) / Double.BYTES);
  }

  private int bufferOf(long address) {
    for (int i = 0; i < KEPT; i++) {
      long offset = address - starts[i];
      if (offset >= 0 && offset <= LAST_START) {
        return i;
      }
    }
    return open(address);
  }

  /** Opens a buffer around an address, instead of the oldest one. */
  private int open(long address) {
    long start = Math.max(Double.BYTES, (address - BYTES / 2) / Double.BYTES * Double.BYTES);
    // Allocate before anything is changed.
    ByteBuffer region = new Region(start).asByteBuffer();
    FloatBuffer ofFloats = region.asFloatBuffer();
    IntBuffer ofInts = region.asIntBuffer();
    DoubleBuffer ofDoubles = region.asDoubleBuffer();
    int place = oldest;
    oldest = (oldest + 1) % KEPT;
    starts[place] = start;
    floats[place] = ofFloats;
    ints[place] = ofInts;
    doubles[place] = ofDoubles;
    return place;
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
