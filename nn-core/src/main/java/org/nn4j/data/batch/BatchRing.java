package org.nn4j.data.batch;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.data.Dataset;
import org.nn4j.internal.memory.NewArrays;

/** Ring of arrays for the batches of an epoch; another thread can fill it ahead. */
final class BatchRing {
  /** Minimum number of batches in an epoch for which a second thread pays. */
  private static final int MANY = 32;

  /** Minimum number of slots for which a second thread pays. */
  private static final int SHORTEST = 4;

  /** Maximum bytes of a ring, so that it fits into the processor's caches. */
  private static final long BYTES = 1 << 20;

  private final Dataset data;
  private final int batchSize;
  private final DataType type;
  private Slot[] slots;

  /** The last batch of an epoch, if it is smaller. */
  private @Nullable Slot partial;

  /** Batch with the rows that it is gathered from. */
  private static final class Slot {
    final Batch batch;
    final int[] rows;

    Slot(Batch batch, int size) {
      this.batch = batch;
      this.rows = new int[size];
    }
  }

  BatchRing(Dataset data, int batchSize, DataType type) {
    this.data = data;
    this.batchSize = batchSize;
    this.type = type;
    this.slots = new Slot[] {allocate(batchSize)};
    int left = data.size() % batchSize;
    this.partial = left == 0 ? null : allocate(left);
  }

  private Slot allocate(int rows) {
    INDArray inputs = NewArrays.uninitialized(type, data.inputShape().withBatch(rows));
    INDArray targets = NewArrays.uninitialized(type, data.targetShape().withBatch(rows));
    INDArray weights = data.isWeighted() ? NewArrays.uninitialized(type, rows, 1) : null;
    return new Slot(new Batch(inputs, targets, weights), rows);
  }

  /** Removes the slot of a smaller last batch. */
  void dropPartial() {
    Slot last = partial;
    partial = null;
    if (last != null) {
      last.batch.free();
    }
  }

  /** Allocates as many slots as fit into the caches, if an epoch has enough batches. */
  void widen(int batches) {
    long sample = data.inputShape().size() + data.targetShape().size();
    long fitting = BYTES / (batchSize * sample * type.width());
    if (batches >= MANY && fitting >= SHORTEST) {
      Slot[] made = new Slot[(int) Math.min(MANY, fitting)];
      made[0] = slots[0];
      for (int i = 1; i < made.length; i++) {
        made[i] = allocate(batchSize);
      }
      slots = made; // all or nothing, also when memory runs out
    }
  }

  boolean isWide() {
    return slots.length > 1;
  }

  int size() {
    return slots.length;
  }

  private Slot slot(int number) {
    Slot last = partial;
    return last != null && number == data.size() / batchSize ? last : slots[number % slots.length];
  }

  /** Returns the arrays of a batch, by its number in the epoch. */
  Batch batch(int number) {
    return slot(number).batch;
  }

  /** Copies the samples of a batch into its arrays. */
  void gather(int number, Dataset samples, int[] order) {
    Batch batch = slot(number).batch;
    int[] rows = slot(number).rows;
    System.arraycopy(order, number * batchSize, rows, 0, rows.length);
    samples.gather(rows, batch.inputs(), batch.targets());
    INDArray weights = batch.weights();
    if (weights != null) {
      samples.gatherWeights(rows, weights);
    }
  }

  long offHeapBytes() {
    Slot last = partial;
    long bytes = last == null ? 0 : last.batch.bytes();
    for (Slot slot : slots) {
      bytes += slot.batch.bytes();
    }
    return bytes;
  }

  void close() {
    Slot[] last = slots;
    slots = new Slot[0]; // first, because another thread may request the bytes
    dropPartial();
    for (Slot slot : last) {
      slot.batch.free();
    }
  }
}
