package org.nn4j.model;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.nn4j.OffHeap;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;

/**
 * Answers of a network for any number of threads: each call takes an idle {@link Predictor}, or
 * makes one, and gives it back.
 *
 * <pre>{@code
 * PredictorPool pool = PredictorPool.of(network); // one for the server, closed when it stops
 * float[] probabilities = pool.predict(pixels); // on any thread
 * }</pre>
 *
 * <p>The pool keeps as many predictors as there were calls at once. Answers are those of {@link
 * Predictor#predict(float[])}. Thread-safe.
 */
public final class PredictorPool implements OffHeap {
  private final Network network;
  private final Queue<Predictor> idle = new ConcurrentLinkedQueue<>();
  private final Set<Predictor> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private PredictorPool(Network network) {
    this.network = network;
  }

  /**
   * Returns a pool of predictors of a network.
   *
   * @param network the network, which stays open as long as the pool is used
   * @return a new pool, to be closed
   * @throws IllegalStateException if the network is closed
   */
  public static PredictorPool of(Network network) {
    Require.notNull(network, "PredictorPool.of", "network").guard().requireOpen();
    return new PredictorPool(network);
  }

  /**
   * Returns the answers for some samples.
   *
   * @param samples {@code [B, in...]} row by row: one sample, or several one after the other
   * @return a new array, {@code [B, out...]} row by row
   * @throws ShapeMismatchException if there is no sample, or part of one
   * @throws IllegalStateException if another thread trains the network meanwhile, or the pool or
   *     the network is closed
   */
  public float[] predict(float[] samples) {
    Predictor predictor = take();
    try {
      return predictor.predict(samples);
    } finally {
      idle.offer(predictor);
    }
  }

  /**
   * Writes the answers for some samples into an array of the caller's.
   *
   * @param samples {@code [B, in...]} row by row
   * @param answers receives {@code [B, out...]} row by row
   * @throws ShapeMismatchException if there is no sample, or part of one, or the answers do not fit
   * @throws IllegalStateException if another thread trains the network meanwhile, or the pool or
   *     the network is closed
   */
  public void predict(float[] samples, float[] answers) {
    Predictor predictor = take();
    try {
      predictor.predict(samples, answers);
    } finally {
      idle.offer(predictor);
    }
  }

  private Predictor take() {
    requireOpen();
    Predictor known = idle.poll();
    if (known != null) {
      return known;
    }
    Predictor made = Predictor.of(network);
    all.add(made);
    if (closed) { // close() may not have seen it
      made.close();
      requireOpen();
    }
    return made;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          Require.message(
              "PredictorPool",
              "to be used before it is closed",
              "a closed one",
              "close the pool after the last request"));
    }
  }

  /** Returns the bytes outside the Java heap of the buffers of all predictors. */
  @Override
  public long offHeapBytes() {
    return all.stream().mapToLong(Predictor::offHeapBytes).sum();
  }

  /** Frees the buffers of all predictors; those of calls under way at the end of the call. */
  @Override
  public void close() {
    closed = true;
    all.forEach(Predictor::close);
  }

  @Override
  public String toString() {
    return "PredictorPool(" + network.inputShape() + " -> " + network.outputShape() + ")";
  }
}
