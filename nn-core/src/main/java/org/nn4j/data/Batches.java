package org.nn4j.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;
import org.nn4j.SeededRandom;

/**
 * Cuts a data set into batches, in file order or in an order drawn from a seed for each epoch.
 *
 * <p>The order of an epoch depends on the seed and the number of the epoch alone, so any epoch can
 * be repeated. The batches of all epochs share their buffers: the arrays of a batch are valid until
 * the next batch is taken. The last batch of an epoch holds what is left. Not thread-safe.
 */
public final class Batches {
  /** Batches in an epoch from which a thread that gathers them is worth its start. */
  private static final int MANY = 32;

  /** What a ring of batches may take of the caches. */
  private static final long RING_BYTES = 1 << 20;

  private final Dataset data;
  private final int batchSize;
  private final DataType type;
  private final boolean shuffled;
  private final long seed;
  private final int[] order;
  private final Batch[] ring;
  private final Batch last;

  private Batches(Dataset data, int batchSize, DataType type, boolean shuffled, long seed) {
    Require.atLeastOne(batchSize, "Batches", "batch size");
    this.data = data;
    this.batchSize = Math.min(batchSize, data.size());
    this.type = type;
    this.shuffled = shuffled;
    this.seed = seed;
    this.order = new int[data.size()];
    this.ring = new Batch[slots()];
    Arrays.setAll(ring, i -> allocate(this.batchSize));
    int left = data.size() % this.batchSize;
    this.last = allocate(left == 0 ? this.batchSize : left);
  }

  /** How many batches to gather ahead; 1 where it does not pay. */
  private int slots() {
    if (perEpoch() < MANY || Runtime.getRuntime().availableProcessors() == 1) {
      return 1;
    }
    long sample = data.inputShape().size() + data.targetShape().size();
    return (int) Math.max(2, Math.min(MANY, RING_BYTES / (batchSize * sample * type.width())));
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
    return new Batches(data, batchSize, type, true, seed);
  }

  private Batch allocate(int rows) {
    INDArray inputs =
        Nd4j.createUninitializedDetached(type, 'c', data.inputShape().withBatch(rows));
    INDArray targets =
        Nd4j.createUninitializedDetached(type, 'c', data.targetShape().withBatch(rows));
    return new Batch(inputs, targets);
  }

  /**
   * The number of batches in an epoch.
   *
   * @return at least 1
   */
  public int perEpoch() {
    return (data.size() - 1) / batchSize + 1;
  }

  /**
   * The batches of one epoch. Ends whatever epoch was under way.
   *
   * @param epoch the number of the epoch
   * @return the batches, to be gone through once
   */
  public Iterable<Batch> epoch(int epoch) {
    drawOrder(epoch);
    return () -> new Cursor(this::gather);
  }

  /**
   * The batches of {@link #epoch}, gathered on another thread while those before are worked on,
   * where that pays: with more than one processor and enough batches. Ends whatever epoch was under
   * way.
   *
   * @param epoch the number of the epoch
   * @return the batches, to be gone through once, on this thread, and closed
   */
  public Ahead ahead(int epoch) {
    drawOrder(epoch);
    return new Ahead();
  }

  private void drawOrder(int epoch) {
    Arrays.setAll(order, i -> i);
    if (shuffled) {
      shuffle(SeededRandom.stream(seed, epoch));
    }
  }

  /** The shuffle of Fisher and Yates: each of the N! orders is equally likely. */
  private void shuffle(SeededRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /** Copies the samples of a batch of this epoch into its arrays. */
  private void gather(int number) {
    int from = number * batchSize;
    Batch batch = batch(number);
    data.gather(
        Arrays.copyOfRange(order, from, from + batch.size()), batch.inputs(), batch.targets());
  }

  private Batch batch(int number) {
    return number == perEpoch() - 1 ? last : ring[number % ring.length];
  }

  /** Gives the batches in order, each made ready when it is asked for. */
  private final class Cursor implements Iterator<Batch> {
    private final IntConsumer makeReady;
    private int next;

    Cursor(IntConsumer makeReady) {
      this.makeReady = makeReady;
    }

    @Override
    public boolean hasNext() {
      return next < perEpoch();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has no further batch");
      }
      makeReady.accept(next);
      return batch(next++);
    }
  }

  /** Batches of one epoch, gathered ahead. To be closed, which ends the thread that gathers. */
  public final class Ahead implements Iterable<Batch>, AutoCloseable {
    private final @Nullable GatherAhead gatherer =
        ring.length == 1 ? null : new GatherAhead(perEpoch(), ring.length, Batches.this::gather);

    private Ahead() {}

    @Override
    public Iterator<Batch> iterator() {
      return new Cursor(gatherer == null ? Batches.this::gather : gatherer::await);
    }

    @Override
    public void close() {
      if (gatherer != null) {
        gatherer.close();
      }
    }
  }
}
