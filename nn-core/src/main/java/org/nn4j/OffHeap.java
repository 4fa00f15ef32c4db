package org.nn4j;

/**
 * Something that keeps arrays outside the Java heap until it is closed.
 *
 * <p>{@link #close} takes effect at once for new calls, which throw {@link IllegalStateException}.
 * Calls under way on other threads end first, then the memory is freed; {@code close} does not wait
 * for them. Closing twice has no effect. What is never closed is freed by the garbage collector, at
 * some later time.
 *
 * <p>Each array is counted by one object: the bytes of several objects can be added.
 */
public interface OffHeap extends AutoCloseable {
  /**
   * Returns the bytes outside the Java heap that this object owns and keeps.
   *
   * @return the sum over its arrays; 0 after {@link #close}, once no call is under way
   */
  long offHeapBytes();

  /** Frees the arrays that this object owns. */
  @Override
  void close();
}
