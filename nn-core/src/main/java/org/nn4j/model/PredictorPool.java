package org.nn4j.model;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.nn4j.OffHeap;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;

/**
 * Predictions of a network for any number of threads. Each call uses an idle {@link Predictor}, or
 * creates one, and returns it to the pool.
 *
 * <pre>{@code
 * PredictorPool pool = PredictorPool.of(network); // one for the server; close it when it stops
 * float[] probabilities = pool.predict(pixels); // on any thread
 * }</pre>
 *
 * <p>The pool keeps as many predictors as there were concurrent calls. Thread-safe.
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
   * @param network the network; it must stay open while the pool is used
   * @return a new pool; close it
   * @throws IllegalStateException if the network is closed
   */
  public static PredictorPool of(Network network) {
    Require.notNull(network, "PredictorPool.of", "network").guard().requireOpen();
    return new PredictorPool(network);
  }

  /**
   * Predicts samples.
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
   * Predicts samples into an array of the caller; allocates none.
   *
   * @param samples {@code [B, in...]} row by row
   * @param outputs receives {@code [B, out...]} row by row
   * @throws ShapeMismatchException if there is no sample, or part of one, or the outputs do not fit
   * @throws IllegalStateException if another thread trains the network meanwhile, or the pool or
   *     the network is closed
   */
  public void predict(float[] samples, float[] outputs) {
    Predictor predictor = take();
    try {
      predictor.predict(samples, outputs);
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
    if (closed) { // close() may have missed it
      made.close();
      requireOpen();
    }
    return made;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          Require.message(
              "PredictorPool", "to be open", "closed", "close the pool after the last request"));
    }
  }

  /** Returns the bytes outside the Java heap of the buffers of all predictors. */
  @Override
  public long offHeapBytes() {
    return all.stream().mapToLong(Predictor::offHeapBytes).sum();
  }

  /** Frees the buffers of all predictors; those of running calls at the end of the call. */
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
