package org.nn4j.model;

import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.NetworkAccess;

/**
 * Lets one thread at a time change the parameters of a network, and refuses answers that were
 * computed while another thread did.
 *
 * <p>Reading takes no lock: it looks before and after whether somebody trains, which costs readers
 * nothing of each other. Thread-safe.
 */
final class TrainingLock {
  /** The stamp of a reader on the thread that trains: between two steps it sees whole ones. */
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
              "to be trained by one at a time",
              "that " + trainerName() + " trains it",
              "wait for the end of that training, or train a copy"));
    }
    trainer = Thread.currentThread();
    return () -> {
      trainer = null;
      lock.unlockWrite(stamp);
    };
  }

  /**
   * Throws if somebody trains.
   *
   * @throws IllegalStateException if the network is being trained
   */
  void requireNoTraining() {
    if (lock.isWriteLocked()) {
      throw new IllegalStateException(
          Require.message(
              "Network",
              "no training when it is closed",
              "that " + trainerName() + " trains it",
              "stop the trainer, and close the network when fit has returned"));
    }
  }

  long beginReading() {
    if (Thread.currentThread().equals(trainer)) {
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
            "parameters that stay as they are while it predicts",
            "that " + trainerName() + " trains it",
            "predict with a copy, or before or after training"));
  }

  private String trainerName() {
    Thread thread = trainer;
    return thread == null ? "another thread" : "thread '" + thread.getName() + "'";
  }
}
