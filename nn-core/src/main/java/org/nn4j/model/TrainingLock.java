package org.nn4j.model;

import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.NetworkAccess;

/**
 * Lock that lets one thread at a time train a network, and refuses predictions of other threads
 * meanwhile.
 *
 * <p>Readers take no lock: they check before and after whether a thread trains, so readers do not
 * block each other. Thread-safe.
 */
final class TrainingLock {
  /** Stamp of a reader on the training thread, which always sees complete steps. */
  private static final long OWN = -1;

  private static final long TRAINING = 0;

  private final StampedLock lock = new StampedLock();
  private volatile @Nullable Thread trainer;

  NetworkAccess.Scope claim() {
    long stamp = lock.tryWriteLock();
    if (stamp == 0) {
      throw new IllegalStateException(
          Require.message(
              "Network",
              "to be trained by one thread at a time",
              trainerName() + " training it",
              "wait for the end of that training, or train a copy"));
    }
    trainer = Thread.currentThread();
    return () -> {
      trainer = null;
      lock.unlockWrite(stamp);
    };
  }

  /**
   * Checks that no thread trains.
   *
   * @throws IllegalStateException if the network is being trained
   */
  void requireNoTraining() {
    if (lock.isWriteLocked()) {
      throw new IllegalStateException(
          Require.message(
              "Network",
              "no training during close",
              trainerName() + " training it",
              "stop the trainer, and close the network when fit has returned"));
    }
  }

  /** Returns whether this thread trains. */
  boolean isHeldHere() {
    return Thread.currentThread().equals(trainer);
  }

  long beginReading() {
    if (isHeldHere()) {
      return OWN;
    }
    long stamp = lock.tryOptimisticRead();
    if (stamp == TRAINING) {
      throw changing();
    }
    return stamp;
  }

  void endReading(long stamp) {
    if (stamp != OWN && !lock.validate(stamp)) {
      throw changing();
    }
  }

  private IllegalStateException changing() {
    return new IllegalStateException(
        Require.message(
            "Network",
            "constant parameters during predict, copy and save",
            trainerName() + " training it",
            "call it before or after training, or in a listener; predict with a copy"));
  }

  private String trainerName() {
    Thread thread = trainer;
    return thread == null ? "another thread" : "thread '" + thread.getName() + "'";
  }
}
