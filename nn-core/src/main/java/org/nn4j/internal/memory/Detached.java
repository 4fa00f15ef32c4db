package org.nn4j.internal.memory;

import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that outlive an open workspace. ND4J allocates each new array in the open workspace of the
 * thread, and reuses its memory after that. Thread-safe.
 */
public final class Detached {
  private Detached() {}

  /**
   * Creates arrays outside of all workspaces.
   *
   * @param maker creates them
   * @param <T> the type of the result
   * @return its result
   * @throws IllegalStateException if ND4J cannot start
   */
  @SuppressWarnings("try") // the resource is the scope
  public static <T> T make(Supplier<T> maker) {
    Backend.require();
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return maker.get();
    } catch (OutOfMemoryError e) {
      throw OutOfMemory.explained(e);
    }
  }

  /**
   * Returns an array that outlives the open workspaces.
   *
   * @param x any array; not changed
   * @return the array itself if it is in no workspace, else a row-major copy
   */
  public static INDArray of(INDArray x) {
    return x.isAttached() ? make(() -> x.dup('c')) : x;
  }
}
