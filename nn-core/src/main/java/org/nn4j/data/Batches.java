package org.nn4j.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.OffHeap;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.Usage;

/**
 * Cuts a data set into batches, in file order or in an order drawn from a seed for each epoch.
 *
 * <p>The order of an epoch depends on the seed and the number of the epoch alone, so any epoch can
 * be repeated. The batches of all epochs share their buffers: the arrays of a batch are valid until
 * the next batch is taken. The last batch of an epoch holds what is left, unless {@link #dropLast}
 * leaves it out. Not thread-safe, but for {@link #close}.
 */
public final class Batches implements BatchSource, OffHeap {
  private final Dataset data;
  private final int batchSize;
  private final DataType type;
  private final boolean shuffled;
  private final long seed;
  private final int[] order;
  private Dataset dataInEpoch;
  private final BatchRing ring;
  private @Nullable OpenEpoch open;
  private final Usage usage = new Usage(this::free);
  private int samples;

  private Batches(Dataset data, int batchSize, DataType type, boolean shuffled, long seed) {
    Require.atLeastOne(batchSize, "Batches", "batch size");
    this.data = data;
    this.dataInEpoch = data;
    this.batchSize = Math.min(batchSize, data.size());
    this.type = type;
    this.shuffled = shuffled;
    this.seed = seed;
    this.order = new int[data.size()];
    this.samples = data.size();
    this.ring = new BatchRing(data, this.batchSize, type);
  }

  /**
   * Batches in the order of the data set.
   *
   * @param data the data set
   * @param batchSize the number of samples in a batch, at least 1
   * @param type the data type of the batches
   * @return the batches
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public static Batches inOrder(Dataset data, int batchSize, DataType type) {
    Require.notNull(data, "Batches.inOrder", "data");
    Require.notNull(type, "Batches.inOrder", "type");
    return new Batches(data, batchSize, type, false, 0);
  }

  /**
   * Batches in an order that is drawn anew for each epoch.
   *
   * @param data the data set
   * @param batchSize the number of samples in a batch, at least 1
   * @param type the data type of the batches
   * @param seed decides the orders
   * @return the batches
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public static Batches shuffled(Dataset data, int batchSize, DataType type, long seed) {
    Require.notNull(data, "Batches.shuffled", "data");
    Require.notNull(type, "Batches.shuffled", "type");
    return new Batches(data, batchSize, type, true, seed);
  }

  /**
   * Leaves out, in each epoch, the last samples that do not fill a group.
   *
   * @param group the number of samples in a group, a multiple of the batch size
   * @return these batches
   * @throws IllegalArgumentException if the data set does not fill one group
   */
  public Batches dropLast(int group) {
    Require.that(
        group >= 1 && group % batchSize == 0 && group <= data.size(),
        "Batches",
        "groups of a multiple of " + batchSize + " samples, and at most " + data.size(),
        group);
    samples = data.size() - data.size() % group;
    ring.dropPartial();
    return this;
  }

  /**
   * Gathers small batches on another thread, a ring of them ahead, where there are more processors
   * than one and enough batches. The batches and the errors are the same; the data set must be
   * thread-safe, and an epoch be closed.
   *
   * <p>Large batches are gathered when they are asked for: their products keep all cores busy.
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

  /** Scales the samples of the data set, before they are cast to the data type of the batches. */
  @Override
  public Batches normalize(InputScaling scaling) {
    return of(data.normalize(scaling), type);
  }

  /** The same batches in another data type. */
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
   * The number of batches in an epoch.
   *
   * @return at least 1
   */
  public int perEpoch() {
    return (samples - 1) / batchSize + 1;
  }

  /**
   * The batches of one epoch. Ends whatever epoch was under way.
   *
   * @param number the number of the epoch, from 1
   * @return the batches, to be gone through once
   * @throws IllegalArgumentException if the number is below 1
   */
  @Override
  public Epoch epoch(int number) {
    EpochNumber.require(number, "Batches.epoch");
    endOpenEpoch();
    dataInEpoch = data.inEpoch(number);
    Arrays.setAll(order, i -> i);
    if (shuffled) {
      Shuffle.shuffle(order, SeededRandom.stream(seed, number));
    }
    return begin();
  }

  @Override
  public Epoch evaluation() {
    endOpenEpoch();
    dataInEpoch = data;
    Arrays.setAll(order, i -> i);
    return begin();
  }

  private void endOpenEpoch() {
    if (open != null) {
      open.close();
    }
  }

  private Epoch begin() {
    if (!usage.begin()) {
      throw closed();
    }
    try {
      open = new OpenEpoch(new GatherAhead(perEpoch(), ring.size(), this::gather));
    } catch (RuntimeException | Error failure) {
      usage.end();
      throw failure;
    }
    return open;
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(
        Require.message(
            "Batches",
            "to be used before they are closed",
            "closed ones",
            "close batches after the last epoch"));
  }

  @Override
  public long offHeapBytes() {
    return ring.offHeapBytes();
  }

  /**
   * Frees the arrays of the batches. While another thread goes through an epoch, they are freed
   * when that epoch ends, is closed, or is asked for its next batch, which throws.
   */
  @Override
  public void close() {
    OpenEpoch last = open;
    if (last != null && last.thread.equals(Thread.currentThread())) {
      last.close();
    }
    usage.close();
  }

  private void free() {
    ring.close();
  }

  private void gather(int number) {
    ring.gather(number, dataInEpoch, order);
  }

  /**
   * One pass over the data. All epochs share the buffers and the order, so only the epoch that was
   * opened last yields batches, each of them once.
   */
  private final class OpenEpoch implements Epoch {
    private final OneIterator one = new OneIterator();
    private final GatherAhead gatherer;
    private final Thread thread = Thread.currentThread();

    /** Whether the use of the arrays, which began with this epoch, has ended. */
    private final AtomicBoolean ended = new AtomicBoolean();

    OpenEpoch(GatherAhead gatherer) {
      this.gatherer = gatherer;
    }

    @Override
    public Iterator<Batch> iterator() {
      one.begin();
      return new Cursor(this);
    }

    private Batch batch(int number) {
      if (usage.isClosed()) {
        close();
        throw closed();
      }
      if (open != this) {
        throw new IllegalStateException(
            Require.message(
                "Batches",
                "the epoch that was opened last",
                "one that has ended",
                "call epoch(n) again"));
      }
      gatherer.await(number);
      return ring.batch(number);
    }

    @Override
    public void close() {
      if (open == this) {
        open = null;
      }
      gatherer.close();
      endUse();
    }

    void endUse() {
      if (ended.compareAndSet(false, true)) {
        usage.end();
      }
    }
  }

  /** Goes through an epoch. */
  private final class Cursor implements Iterator<Batch> {
    private final OpenEpoch epoch;
    private int next;

    Cursor(OpenEpoch epoch) {
      this.epoch = epoch;
    }

    @Override
    public boolean hasNext() {
      boolean more = next < perEpoch();
      if (!more) {
        epoch.endUse();
      }
      return more;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has no further batch");
      }
      Batch batch = epoch.batch(next);
      next++;
      return batch;
    }
  }
}
