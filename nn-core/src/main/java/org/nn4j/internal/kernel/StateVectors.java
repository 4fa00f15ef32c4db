package org.nn4j.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.Layout;
import org.nn4j.internal.memory.Memory;
import org.nn4j.internal.memory.NewArrays;

/**
 * State of an optimizer: vectors of one length, in Java arrays of {@link Chunks#LENGTH}, which
 * {@link #update} uses without a copy. Initially zero. Not thread-safe.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class StateVectors<A> {
  /**
   * Update rule of an optimizer for a chunk: plain loops over arrays, which the JIT compiler
   * vectorizes. Long vectors are updated by several threads at once. Must not call the kernel,
   * which uses these arrays.
   *
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  public interface Update<A> {
    /**
     * Updates elements, which have the same index in each array.
     *
     * @param g the gradients
     * @param theta the values, overwritten
     * @param state a chunk of each state vector, overwritten
     * @param from the index of the first element
     * @param to the index after the last
     */
    void apply(A g, A theta, A[] state, int from, int to);
  }

  private final Elements<A> elements;
  private final DataType type;
  private final int length;

  /** Indexed by chunk, then by vector. */
  private final List<A[]> chunks = new ArrayList<>();

  private StateVectors(Elements<A> elements, DataType type, int count, long length) {
    this.elements = elements;
    this.type = type;
    this.length = Math.toIntExact(length);
    for (long from = 0; from < length; from += Chunks.LENGTH) {
      A[] chunk = elements.newArrays(count);
      for (int i = 0; i < count; i++) {
        chunk[i] = elements.newArray(Chunks.LENGTH);
      }
      chunks.add(chunk);
    }
  }

  /**
   * Returns vectors of zeros.
   *
   * @param count the number of vectors
   * @param length the number of elements of each
   * @return vectors of floats
   */
  public static StateVectors<float[]> ofFloats(int count, long length) {
    return new StateVectors<>(Floats.ELEMENTS, DataType.FLOAT, count, length);
  }

  /**
   * Returns vectors of zeros.
   *
   * @param count the number of vectors
   * @param length the number of elements of each
   * @return vectors of doubles
   */
  public static StateVectors<double[]> ofDoubles(int count, long length) {
    return new StateVectors<>(Doubles.ELEMENTS, DataType.DOUBLE, count, length);
  }

  /**
   * Sets a vector.
   *
   * @param which the index of the vector
   * @param numbers an array of its length and type
   */
  public void set(int which, INDArray numbers) {
    A all = elements.newArray(length);
    INDArray plain = Layout.plain(numbers);
    if (length > 0) {
      elements.chunks().read(all, Memory.address(plain), 0);
    }
    Kernel.keepAlive(plain);
    for (int i = 0; i < chunks.size(); i++) {
      System.arraycopy(all, i * Chunks.LENGTH, chunks.get(i)[which], 0, lengthOf(i));
    }
  }

  /**
   * Returns a copy of a vector.
   *
   * @param which the index of the vector
   * @return a new vector
   */
  public INDArray toArray(int which) {
    A all = elements.newArray(length);
    for (int i = 0; i < chunks.size(); i++) {
      System.arraycopy(chunks.get(i)[which], 0, all, i * Chunks.LENGTH, lengthOf(i));
    }
    INDArray array = NewArrays.uninitialized(type, length);
    if (length > 0) {
      elements.chunks().write(all, Memory.address(array), 0, length);
      Kernel.keepAlive(array);
    }
    return array;
  }

  private int lengthOf(int chunk) {
    return Math.min(Chunks.LENGTH, length - chunk * Chunks.LENGTH);
  }

  /**
   * Returns whether {@link #update} supports a vector; if not, use ND4J operations.
   *
   * @param vector packed values or gradients
   * @return whether it is plain and in CPU memory
   */
  public static boolean takesUpdates(INDArray vector) {
    return Kernel.isFast(vector);
  }

  /**
   * Takes a step of an optimizer in one pass over its vectors.
   *
   * @param g the gradients, accepted by {@link #takesUpdates}
   * @param theta the values, accepted by {@link #takesUpdates}; changed
   * @param offset the index in the state of the first value
   * @param update the update rule
   */
  public void update(INDArray g, INDArray theta, long offset, Update<A> update) {
    Chunks.update(
        elements, Memory.address(g), Memory.address(theta), chunks, offset, g.length(), update);
    Kernel.keepAlive(g, theta);
  }
}
