package org.nn4j.model;

import java.util.function.Supplier;
import org.nn4j.Layer;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PackedParameters;

/**
 * Synchronization of reading, training and freeing a network. Parameters are freed when the network
 * that owns them is closed and no call uses them. Thread-safe.
 */
final class NetworkGuard {
  private final ParameterVector parameters;
  private final boolean ownsParameters;
  private TrainingLock lock;
  private volatile boolean closed;

  NetworkGuard(ParameterVector parameters) {
    this(parameters, true, new TrainingLock());
  }

  private NetworkGuard(ParameterVector parameters, boolean ownsParameters, TrainingLock lock) {
    this.parameters = parameters;
    this.ownsParameters = ownsParameters;
    this.lock = lock;
  }

  /** Returns the guard of another network with the same parameters. */
  NetworkGuard ofSharedParameters() {
    return new NetworkGuard(parameters, false, lock);
  }

  /** Shares the training lock with a nested network. */
  void shareLock(Layer layer) {
    if (layer instanceof Network nested) {
      nested.guard().lock = lock;
      nested.layers().forEach(this::shareLock);
    }
  }

  /**
   * Begins a call: parameters are not freed before {@link #endUse()}.
   *
   * @throws IllegalStateException if the network is closed
   */
  void beginUse() {
    requireOpen();
    PackedParameters.of(parameters).beginUse();
  }

  void endUse() {
    PackedParameters.of(parameters).endUse();
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          Require.message(
              "Network",
              "to be open",
              "closed",
              "close a network after its last use, or make a copy()"));
    }
  }

  /**
   * Runs a call that reads parameters.
   *
   * @throws IllegalStateException if the network is closed, or another thread trains it meanwhile
   */
  <T> T read(Supplier<T> call) {
    beginUse();
    try {
      long stamp = beginReading();
      T result = call.get();
      endReading(stamp);
      return result;
    } finally {
      endUse();
    }
  }

  /** Begins a read of the parameters; see {@link TrainingLock}. */
  long beginReading() {
    return lock.beginReading();
  }

  /** Ends a read; throws if another thread trained meanwhile. */
  void endReading(long stamp) {
    lock.endReading(stamp);
  }

  /** Returns whether this thread trains the network. */
  boolean isTrainedHere() {
    return lock.isHeldHere();
  }

  /**
   * Begins a training, which counts as a call.
   *
   * @throws IllegalStateException if the network is being trained or closed
   */
  NetworkAccess.Scope claimForTraining() {
    beginUse();
    try {
      NetworkAccess.Scope claim = lock.claim();
      return () -> {
        claim.end();
        endUse();
      };
    } catch (RuntimeException | Error refused) {
      endUse();
      throw refused;
    }
  }

  /** Returns the bytes of the parameters, if the network owns them. */
  long offHeapBytes() {
    return ownsParameters ? parameters.offHeapBytes() : 0;
  }

  /**
   * Closes the network and frees its buffers, once. A nested network stays open for the network
   * around it.
   *
   * @throws IllegalStateException if the network owns the parameters and is being trained
   */
  void close(Runnable freeBuffers) {
    if (!closed) {
      if (ownsParameters) {
        lock.requireNoTraining();
      }
      boolean isNested = ownsParameters && PackedParameters.of(parameters).isNested();
      closed = !isNested;
      freeBuffers.run();
      if (ownsParameters && !isNested) {
        parameters.close();
      }
    }
  }
}
