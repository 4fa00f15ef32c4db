package org.nn4j.data;

import org.nn4j.Require;

/** Refuses a second iterator of an epoch, whatever its batches come from. Not thread-safe. */
final class OneIterator {
  private boolean begun;

  /** Called where an epoch makes its iterator. */
  void begin() {
    if (begun) {
      throw new IllegalStateException(
          Require.message("Epoch", "one iterator", "a second one", "call epoch(n) again"));
    }
    begun = true;
  }
}
