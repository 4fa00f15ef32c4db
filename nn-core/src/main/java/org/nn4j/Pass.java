package org.nn4j;

import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.PassMemory;

/**
 * Intermediate results of a forward and backward, and their reusable buffers.
 *
 * <p>Layers keep no state of a pass, so a network can serve many threads, each with its own pass. A
 * pass that is used for the next batch reuses its arrays.
 *
 * <p>An array from {@link #buffer} is valid until the same owner requests the same buffer again,
 * that is, until the next forward or backward on this pass.
 *
 * <p>Not thread-safe: one thread at a time. A forward or backward of a network, and any use of the
 * arrays, throws {@link IllegalStateException} while another thread runs one on the same pass.
 */
public final class Pass implements OffHeap {
  static {
    PassMemory.OF_PASS.open(pass -> pass.memory);
  }

  private final boolean training;
  private final PassMemory memory = new PassMemory();

  private Pass(boolean training) {
    this.training = training;
  }

  /**
   * Returns a pass for training: dropout is active, batch normalization uses the batch.
   *
   * @return a new pass
   */
  public static Pass training() {
    return new Pass(true);
  }

  /**
   * Returns a pass for inference: dropout is inactive, batch normalization uses its statistics.
   *
   * @return a new pass
   */
  public static Pass inference() {
    return new Pass(false);
  }

  /**
   * Returns whether this is a pass for training.
   *
   * @return true for {@link #training()}
   */
  public boolean isTraining() {
    return training;
  }

  /**
   * Keeps an array from forward for backward.
   *
   * @param owner the layer or loss
   * @param name a name of the owner's choice
   * @param array the array; it is not copied
   */
  public void keep(Object owner, String name, INDArray array) {
    Require.notNull(owner, "Pass.keep", "owner");
    Require.notNull(name, "Pass.keep", "name");
    Require.notNull(array, "Pass.keep", "array");
    memory.keep(owner, name, array);
  }

  /**
   * Returns an array that {@link #keep} kept.
   *
   * @param owner the layer or loss
   * @param name the name of the array
   * @return the array
   * @throws IllegalStateException if nothing was kept: backward before forward
   */
  public INDArray kept(Object owner, String name) {
    Require.notNull(owner, "Pass.kept", "owner");
    Require.notNull(name, "Pass.kept", "name");
    INDArray array = memory.kept(owner, name);
    if (array == null) {
      throw new IllegalStateException(
          Require.message(
                  owner.toString(),
                  "forward before backward, on the same pass",
                  "no '" + name + "' kept by a forward",
                  "call forward(x, pass) first")
              + "; see docs/troubleshooting.md#backward-before-forward");
    }
    return array;
  }

  /**
   * Returns an array to write into, the same one for each request of the same shape. Its content is
   * undefined.
   *
   * @param owner the layer or loss
   * @param name a name of the owner's choice
   * @param type the data type
   * @param shape the shape, with the batch
   * @return an array of that type and shape, row-major, that no other buffer overlaps
   */
  public INDArray buffer(Object owner, String name, DataType type, long... shape) {
    Require.notNull(owner, "Pass.buffer", "owner");
    Require.notNull(name, "Pass.buffer", "name");
    Require.notNull(type, "Pass.buffer", "type");
    Require.notNull(shape, "Pass.buffer", "shape");
    return memory.buffer(owner, name, type, shape);
  }

  /**
   * Returns the {@link #buffer} for a batch of samples.
   *
   * @param owner the layer or loss
   * @param name a name of the owner's choice
   * @param type the data type
   * @param sample the shape of a sample
   * @param batchSize the number of samples
   * @return an array {@code [batchSize, sample...]}, row-major, that no other buffer overlaps
   */
  public INDArray batchBuffer(
      Object owner, String name, DataType type, Shape sample, long batchSize) {
    Require.notNull(owner, "Pass.batchBuffer", "owner");
    Require.notNull(name, "Pass.batchBuffer", "name");
    Require.notNull(type, "Pass.batchBuffer", "type");
    Require.notNull(sample, "Pass.batchBuffer", "sample");
    return memory.batchBuffer(owner, name, type, sample, batchSize);
  }

  /**
   * Returns the state of an owner in this pass, such as the random stream of a dropout layer.
   *
   * @param <S> its type
   * @param owner the layer or loss
   * @param type the class of the state
   * @param initial creates it at the first call
   * @return the state
   * @throws IllegalStateException if the owner has a state of another class on this pass
   */
  public <S> S state(Object owner, Class<S> type, Supplier<? extends S> initial) {
    Require.notNull(owner, "Pass.state", "owner");
    Require.notNull(type, "Pass.state", "type");
    Require.notNull(initial, "Pass.state", "initial");
    Object state = memory.state(owner, initial);
    if (!type.isInstance(state)) {
      throw new IllegalStateException(
          Require.message(
              owner.toString(),
              "one class of state on a pass, " + state.getClass().getName(),
              type.getName(),
              "pass the same class at each call"));
    }
    return type.cast(state);
  }

  @Override
  public long offHeapBytes() {
    return memory.offHeapBytes();
  }

  /**
   * Frees all buffers; do not use their arrays afterwards. During a forward or backward on another
   * thread, the memory is freed at its end.
   */
  @Override
  public void close() {
    memory.close();
  }
}
