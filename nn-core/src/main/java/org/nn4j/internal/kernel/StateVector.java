package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.Memory;
import org.nn4j.internal.memory.NewArrays;

/**
 * A long vector of floats in Java arrays of {@link Chunks#LENGTH}: the state of an optimizer, which
 * nobody else reads, where {@link #update} need not fetch it from. Zero at first. Not thread-safe.
 */
public final class StateVector {
  /**
   * What an optimizer does to each number of its vectors, on some thousand of them at a time: plain
   * loops over arrays, which the JIT compiler turns into vector instructions. Called by several
   * threads at once where the vectors are long; must not call the kernel, which uses these arrays.
   */
  @FunctionalInterface
  public interface Update {
    /**
     * Updates numbers, which have the same index in each array.
     *
     * @param g the gradients
     * @param theta the values, to be changed
     * @param state of each state vector some numbers, to be changed
     * @param from the index of the first number
     * @param to the index after the last
     */
    void apply(float[] g, float[] theta, float[][] state, int from, int to);
  }

  private final long length;
  private final float[][] chunks;

  /**
   * A vector of zeros.
   *
   * @param length how many
   */
  public StateVector(long length) {
    this.length = length;
    this.chunks = new float[Math.toIntExact((length + Chunks.LENGTH - 1) / Chunks.LENGTH)][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new float[Chunks.LENGTH];
    }
  }

  /** The numbers from {@code index * LENGTH} on. */
  float[] chunk(int index) {
    return chunks[index];
  }

  /**
   * Copies all numbers.
   *
   * @param numbers a vector of this length, of floats
   */
  public void set(INDArray numbers) {
    float[] all = new float[Math.toIntExact(length)];
    if (all.length > 0) {
      Kernel.toJava(numbers, all);
    }
    for (int i = 0; i < chunks.length; i++) {
      System.arraycopy(all, i * Chunks.LENGTH, chunks[i], 0, lengthOf(i));
    }
  }

  /**
   * A copy of all numbers.
   *
   * @return a new vector of floats
   */
  public INDArray toArray() {
    float[] all = new float[Math.toIntExact(length)];
    for (int i = 0; i < chunks.length; i++) {
      System.arraycopy(chunks[i], 0, all, i * Chunks.LENGTH, lengthOf(i));
    }
    // Of no numbers, createFromArray would make a scalar.
    return all.length == 0 ? NewArrays.uninitialized(DataType.FLOAT, 0) : NewArrays.of(all);
  }

  private int lengthOf(int chunk) {
    return (int) Math.min(Chunks.LENGTH, length - (long) chunk * Chunks.LENGTH);
  }

  /**
   * Whether {@link #update} works on a vector; otherwise ND4J operations have to.
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
   * @param g the gradients, of which {@link #takesUpdates} holds
   * @param theta the values, of which {@link #takesUpdates} holds; changed
   * @param state state vectors, changed
   * @param offset where in them the first of the values has its state
   * @param update what to do
   */
  public static void update(
      INDArray g, INDArray theta, StateVector[] state, long offset, Update update) {
    Chunks.update(Memory.address(g), Memory.address(theta), state, offset, g.length(), update);
    Kernel.keepAlive(g, theta);
  }
}
