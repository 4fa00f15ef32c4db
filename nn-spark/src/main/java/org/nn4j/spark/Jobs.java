package org.nn4j.spark;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.nn4j.DivergedException;
import org.nn4j.Require;

/**
 * Jobs of Spark on threads of their own, which an interrupt of the training thread does not reach:
 * a trainer stops after a whole round.
 */
final class Jobs {
  private Jobs() {}

  /**
   * Runs a job and waits for its end. An interrupt stays set.
   *
   * @param what the job, in words
   * @throws DivergedException if a worker threw it
   * @throws IllegalStateException if the job failed otherwise
   */
  static <T> T run(String what, Callable<T> job) {
    FutureTask<T> task = new FutureTask<>(job);
    Thread thread = new Thread(task, "nn4j-spark"); // inherits the local properties of Spark
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure(what, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(String what, ExecutionException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof DivergedException diverged) {
        return diverged;
      }
    }
    return new IllegalStateException(
        Require.message(
            "SparkTraining",
            what + " without failure",
            String.valueOf(failed.getCause()),
            "correct what the executors' logs report, and resume from the last checkpoint"),
        failed.getCause());
  }
}
