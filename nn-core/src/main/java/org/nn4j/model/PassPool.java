package org.nn4j.model;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Pass;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.memory.Portion;

/**
 * The passes of {@link Network#predict}, used again from call to call: making the arrays of a pass
 * costs several times the answer to one sample. At most one for each core is kept, and none that
 * has answered a large batch or has more than about 1 MB of arrays for several samples, which would
 * only take memory. Thread-safe.
 */
final class PassPool {
  /** Samples up to which making arrays costs more than the answers. */
  private static final long LARGEST_BATCH = 64;

  private final ArrayBlockingQueue<Pass> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private volatile boolean closed;

  /**
   * Runs a call on a pass that no other one uses, and returns its result [B, out...]. The pass is
   * kept for the next call, or freed.
   */
  INDArray run(Function<Pass, INDArray> call) {
    Pass idlePass = idle.poll();
    Pass pass = idlePass != null ? idlePass : Pass.inference();
    INDArray result;
    try {
      result = call.apply(pass);
    } catch (RuntimeException | Error failure) {
      pass.close();
      throw failure;
    }
    giveBack(pass, result.size(0));
    return result;
  }

  private void giveBack(Pass pass, long batchSize) {
    // Neither the caller's arrays nor a layer's state outlive the call.
    PassMemory.of(pass).forget();
    boolean large =
        batchSize > LARGEST_BATCH || (batchSize > 1 && !Portion.holds(pass.offHeapBytes()));
    if (large || closed || !idle.offer(pass)) {
      pass.close();
    }
    if (closed) { // read again: close() may not have seen what was offered
      closeIdle();
    }
  }

  long offHeapBytes() {
    return idle.stream().mapToLong(Pass::offHeapBytes).sum();
  }

  /** Frees the passes that are kept, and from now on each one that is given back. */
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
