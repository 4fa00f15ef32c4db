package org.nn4j.data.batch;

/**
 * Batches of one epoch, for one iteration. Close it also after a partial iteration.
 *
 * <p>The arrays of a batch are valid until the next batch is taken, so a source may reuse its
 * arrays. Not thread-safe.
 */
@FunctionalInterface
public interface Epoch extends Iterable<Batch>, AutoCloseable {
  /** Frees the source of the batches, such as an open file. Does nothing by default. */
  @Override
  default void close() {}
}
