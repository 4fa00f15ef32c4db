package org.nn4j.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.Layout;
import org.nn4j.internal.memory.Memory;
import org.nn4j.internal.memory.NewArrays;

/**
 * Long vectors of one length in Java arrays of {@link Chunks#LENGTH}: the state of an optimizer,
 * which nobody else reads, where {@link #update} need not fetch it from. Zero at first. Not
 * thread-safe.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class StateVectors<A> {
  /**
   * What an optimizer does to each number of its vectors, on some thousand of them at a time: plain
   * loops over arrays, which the JIT compiler turns into vector instructions. Called by several
   * threads at once where the vectors are long; must not call the kernel, which uses these arrays.
   *
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  public interface Update<A> {
    /**
     * Updates numbers, which have the same index in each array.
     *
     * @param g the gradients
     * @param theta the values, to be changed
     * @param state of each state vector some numbers, to be changed
     * @param from the index of the first number
     * @param to the index after the last
     */
    void apply(A g, A theta, A[] state, int from, int to);
  }

  private final Elements<A> elements;
  private final DataType type;
  private final int length;

  /** By chunk, then by vector. */
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
   * Vectors of zeros.
   *
   * @param count how many vectors
   * @param length how many numbers each has
   * @return vectors of floats
   */
  public static StateVectors<float[]> ofFloats(int count, long length) {
    return new StateVectors<>(Floats.ELEMENTS, DataType.FLOAT, count, length);
  }

  /**
   * Vectors of zeros.
   *
   * @param count how many vectors
   * @param length how many numbers each has
   * @return vectors of doubles
   */
  public static StateVectors<double[]> ofDoubles(int count, long length) {
    return new StateVectors<>(Doubles.ELEMENTS, DataType.DOUBLE, count, length);
  }

  /**
   * Copies all numbers of a vector.
   *
   * @param which the vector
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
   * Returns a copy of all numbers of a vector.
   *
   * @param which the vector
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
   * Returns whether {@link #update} works on a vector; otherwise ND4J operations have to.
   *
   * @param vector packed values or gradients
   * @return whether its memory can be worked on
   */
  public static boolean takesUpdates(INDArray vector) {
    return Kernel.isFast(vector);
  }

  /**
   * A step of an optimizer in one pass over its vectors.
   *
   * @param g the gradients, accepted by {@link #takesUpdates}
   * @param theta the values, accepted by {@link #takesUpdates}; changed
   * @param offset where in the state the first of the values has its own
   * @param update what to do
   */
  public void update(INDArray g, INDArray theta, long offset, Update<A> update) {
    Chunks.update(
        elements, Memory.address(g), Memory.address(theta), chunks, offset, g.length(), update);
    Kernel.keepAlive(g, theta);
  }
}
