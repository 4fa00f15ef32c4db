package org.nn4j.data;

/**
 * The batches of one epoch: gone through once, then closed, also if it was left in the middle.
 *
 * <p>The arrays of a batch are valid until the next batch is taken, so a source may fill the same
 * arrays again and again. Not thread-safe.
 */
@FunctionalInterface
public interface Epoch extends Iterable<Batch>, AutoCloseable {
  /** Frees what the batches are read from, such as an open file; nothing unless overridden. */
  @Override
  default void close() {}
}
