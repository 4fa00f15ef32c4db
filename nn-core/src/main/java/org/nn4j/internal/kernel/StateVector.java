package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A long vector of floats in Java arrays of {@link Chunks#LENGTH}: the state of an optimizer, which
 * nobody else reads, where {@link Kernel#update} need not fetch it from. Zero at first. Not
 * thread-safe.
 */
public final class StateVector {
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
}
