package org.nn4j;

/**
 * Owner of arrays outside the Java heap, which {@link #close} frees.
 *
 * <p>After {@link #close}, new calls throw {@link IllegalStateException}. {@code close} does not
 * wait for calls on other threads; the memory is freed when they end. Closing twice has no effect.
 * Otherwise the garbage collector frees the memory at some later time.
 *
 * <p>Each array is counted by one object, so the bytes of several objects can be added.
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
