package org.nn4j.internal.memory;

import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that outlive the workspace in which they are made. ND4J puts each new array in the
 * workspace that the thread has open, and uses its memory again when the workspace is left.
 * Thread-safe.
 */
public final class Detached {
  private Detached() {}

  /**
   * Makes arrays outside of all workspaces.
   *
   * @param maker makes them
   * @param <T> what it returns
   * @return its result
   * @throws IllegalStateException if ND4J cannot start
   */
  @SuppressWarnings("try") // the resource is the scope
  public static <T> T make(Supplier<T> maker) {
    Backend.require();
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return maker.get();
    }
  }

  /**
   * An array that outlives the workspaces that are open.
   *
   * @param x any array; not changed
   * @return the array itself if it is in no workspace, else a row-major copy
   */
  public static INDArray of(INDArray x) {
    return x.isAttached() ? make(() -> x.dup('c')) : x;
  }
}
