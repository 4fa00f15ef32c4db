package org.nn4j.data.batch;

import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.OffHeap;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.internal.Checks;

/**
 * Batches of a data set, in its order or in a random order for each epoch.
 *
 * <p>The order of an epoch depends only on the seed and the number of the epoch, so any epoch can
 * be repeated. All batches share their buffers: the arrays of a batch are valid until the next
 * batch is taken. The last batch of an epoch may be smaller, unless {@link #dropLast} omits it. Not
 * thread-safe, except {@link #close}.
 */
public final class Batches implements BatchSource, OffHeap {
  private final Dataset data;
  private final int batchSize;
  private final DataType type;
  private final boolean shuffled;
  private final long seed;
  private final BatchRing ring;
  private final RingEpochs epochs;
  private int samples;

  private Batches(Dataset data, int batchSize, DataType type, boolean shuffled, long seed) {
    Require.atLeastOne(batchSize, "Batches", "batch size");
    Require.that(
        data.size() >= 1,
        "Batches",
        "a data set of at least one sample",
        data.size(),
        "check the source of the data");
    this.data = data;
    this.batchSize = Math.min(batchSize, data.size());
    this.type = type;
    this.shuffled = shuffled;
    this.seed = seed;
    this.samples = data.size();
    this.ring = new BatchRing(data, this.batchSize, type);
    this.epochs = new RingEpochs(ring);
  }

  /**
   * Returns batches in the order of the data set.
   *
   * @param data the data set
   * @param batchSize the number of samples in a batch, at least 1
   * @param type the data type of the batches, FLOAT or DOUBLE
   * @return the batches
   * @throws IllegalArgumentException if the batch size is below 1, or the data type another one
   */
  public static Batches inOrder(Dataset data, int batchSize, DataType type) {
    Require.notNull(data, "Batches.inOrder", "data");
    Checks.floatOrDouble(type, "Batches.inOrder");
    return new Batches(data, batchSize, type, false, 0);
  }

  /**
   * Returns batches in a random order, another for each epoch.
   *
   * @param data the data set
   * @param batchSize the number of samples in a batch, at least 1
   * @param type the data type of the batches, FLOAT or DOUBLE
   * @param seed determines the orders
   * @return the batches
   * @throws IllegalArgumentException if the batch size is below 1, or the data type another one
   */
  public static Batches shuffled(Dataset data, int batchSize, DataType type, long seed) {
    Require.notNull(data, "Batches.shuffled", "data");
    Checks.floatOrDouble(type, "Batches.shuffled");
    return new Batches(data, batchSize, type, true, seed);
  }

  /**
   * Omits, in each epoch, the last samples that do not fill a group.
   *
   * @param group the number of samples in a group, a multiple of the batch size
   * @return these batches
   * @throws IllegalArgumentException if the data set does not fill one group
   */
  public Batches dropLast(int group) {
    Require.that(
        group >= 1 && group % batchSize == 0 && group <= data.size(),
        "Batches",
        "groups of a multiple of "
            + batchSize
            + " samples, and at most "
            + data.size()
            + " as the data set has",
        group,
        "take smaller groups, or keep the last samples");
    samples = data.size() - data.size() % group;
    ring.dropPartial();
    return this;
  }

  /**
   * Gathers small batches ahead on another thread, if there are two or more processors and enough
   * batches. The batches and the errors are the same. The data set must be thread-safe, and each
   * epoch must be closed.
   *
   * <p>Large batches are gathered when they are requested: their products keep all cores busy.
   *
   * @return these batches
   */
  public Batches gatherAhead() {
    return gatherAhead(Runtime.getRuntime().availableProcessors());
  }

  Batches gatherAhead(int processors) {
    if (processors > 1) {
      ring.widen(perEpoch());
    }
    return this;
  }

  /** Scales the samples before they are cast to the data type of the batches. */
  @Override
  public Batches normalize(InputScaling scaling) {
    return of(data.normalize(scaling), type);
  }

  /** Returns the same batches in another data type. */
  Batches as(DataType other) {
    return of(data, other);
  }

  private Batches of(Dataset other, DataType otherType) {
    Batches batches = new Batches(other, batchSize, otherType, shuffled, seed);
    if (samples < data.size()) {
      batches.dropLast(samples);
    }
    return ring.isWide() ? batches.gatherAhead() : batches;
  }

  @Override
  public Shape inputShape() {
    return data.inputShape();
  }

  @Override
  public Shape targetShape() {
    return data.targetShape();
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return OptionalInt.of(perEpoch());
  }

  /**
   * Returns the number of batches in an epoch.
   *
   * @return at least 1
   */
  public int perEpoch() {
    return (samples - 1) / batchSize + 1;
  }

  /**
   * Opens an epoch. Ends any epoch that is open.
   *
   * @param number the number of the epoch, from 1
   * @return the batches, for one iteration
   * @throws IllegalArgumentException if the number is below 1
   */
  @Override
  public Epoch epoch(int number) {
    Checks.epoch(number, "Batches.epoch");
    epochs.end();
    int[] order = fileOrder();
    if (shuffled) {
      SeededRandom.stream(seed, number).shuffle(order);
    }
    return epochs.open(perEpoch(), data.inEpoch(number), order);
  }

  @Override
  public Epoch evaluation() {
    epochs.end();
    return epochs.open(perEpoch(), data, fileOrder());
  }

  private int[] fileOrder() {
    int[] order = new int[data.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return order;
  }

  @Override
  public long offHeapBytes() {
    return ring.offHeapBytes();
  }

  /**
   * Frees the arrays of the batches. While another thread iterates over an epoch, they are freed
   * when that epoch ends, is closed, or is iterated further, which throws.
   */
  @Override
  public void close() {
    epochs.close();
  }
}
