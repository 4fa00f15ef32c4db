package org.nn4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/**
 * The most memory beyond that of some moment: resident memory, and the live objects of the Java
 * heap. Needs a heap that is resident from the start ({@code -XX:+AlwaysPreTouch} and as much for
 * {@code -Xms} as for {@code -Xmx}).
 */
final class MemoryPeak {
  private static final double BYTES_OF_MB = 1 << 20;

  private final double residentBefore;
  private final long heapBefore;

  private MemoryPeak() {
    heapBefore = liveHeap();
    Pointer.trimMemory(); // what was freed counts as resident otherwise
    resetPeak();
    residentBefore = ResidentMemory.now();
  }

  /** Begins now. */
  static MemoryPeak begin() {
    return new MemoryPeak();
  }

  /** Returns the bytes beyond those at the beginning. */
  double peakBytes() {
    return (ResidentMemory.peak() - residentBefore) * BYTES_OF_MB + liveHeap() - heapBefore;
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Linux starts the peak anew. */
  private static void resetPeak() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    } catch (IOException e) {
      throw new UncheckedIOException("the peak of resident memory cannot be reset", e);
    }
  }
}
