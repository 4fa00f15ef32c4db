package org.nn4j.internal.memory;

import org.bytedeco.javacpp.Pointer;

/** Message on memory outside the heap that cannot be allocated: what to set. Thread-safe. */
final class OutOfMemory {
  private OutOfMemory() {}

  /** Returns the error to throw for one of an allocation; that of the Java heap is returned. */
  static OutOfMemoryError explained(OutOfMemoryError error) {
    String found = String.valueOf(error.getMessage());
    if (!found.contains("hysical") && !found.contains("allocate")) {
      return error;
    }
    OutOfMemoryError explained =
        new OutOfMemoryError(
            "ND4J: expected memory for an array outside the heap, found "
                + found
                + ", with limits of "
                + (Pointer.maxBytes() >> 20)
                + " MiB for arrays and "
                + (Pointer.maxPhysicalBytes() >> 20)
                + " MiB for the process; raise -Xmx, -Dorg.bytedeco.javacpp.maxbytes or"
                + " -Dorg.bytedeco.javacpp.maxphysicalbytes, or take smaller batches;"
                + " see docs/troubleshooting.md#off-heap-memory");
    explained.initCause(error);
    return explained;
  }
}
