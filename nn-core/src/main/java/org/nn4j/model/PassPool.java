package org.nn4j.model;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.nn4j.Pass;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.memory.PortionSize;

/**
 * Pool of passes for {@link Network#predict}: creating the arrays of a pass takes several times as
 * long as predicting one sample. At most one pass for each core is kept, and none of a large batch
 * or with more than about 1 MB of arrays for several samples. Thread-safe.
 */
final class PassPool {
  /** Largest batch for which creating arrays takes longer than predicting. */
  private static final long LARGEST_BATCH = 64;

  private final ArrayBlockingQueue<Pass> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private volatile boolean closed;

  /**
   * Runs a call on a pass that no other call uses, and returns its result, a copy. The pass is kept
   * for the next call, or freed.
   *
   * @param batchSize returns the number of rows of the result
   */
  <Y> Y run(Function<Pass, Y> call, ToLongFunction<Y> batchSize) {
    Pass idlePass = idle.poll();
    Pass pass = idlePass != null ? idlePass : Pass.inference();
    Y result;
    try {
      result = call.apply(pass);
    } catch (RuntimeException | Error failure) {
      pass.close();
      throw failure;
    }
    giveBack(pass, batchSize.applyAsLong(result));
    return result;
  }

  private void giveBack(Pass pass, long batchSize) {
    // Neither the caller's arrays nor a layer's state outlive the call.
    PassMemory.of(pass).forget();
    boolean large =
        batchSize > LARGEST_BATCH || (batchSize > 1 && !PortionSize.holds(pass.offHeapBytes()));
    if (large || closed || !idle.offer(pass)) {
      pass.close();
    }
    if (closed) { // close() may have missed this pass
      closeIdle();
    }
  }

  long offHeapBytes() {
    return idle.stream().mapToLong(Pass::offHeapBytes).sum();
  }

  /** Frees the idle passes, and afterwards each one that is returned. */
  void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (Pass pass = idle.poll(); pass != null; pass = idle.poll()) {
      pass.close();
    }
  }
}
