package org.nn4j.tuning;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Thread pool whose results do not depend on the number of threads. If several tasks fail, the
 * failure of the first task is thrown.
 */
final class Workers {
  private Workers() {}

  /**
   * Runs all tasks. After a failure, or an interrupt of the caller, running tasks are interrupted
   * and end before this method returns.
   *
   * @param number the threads; with one, the caller runs the tasks
   */
  static <T> List<T> run(int number, List<Callable<T>> tasks)
      throws IOException, InterruptedException {
    List<T> results = new ArrayList<>();
    if (number == 1) {
      for (Callable<T> task : tasks) {
        try {
          results.add(task.call());
        } catch (Exception e) {
          throw failure(e);
        }
      }
      return results;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(number, tasks.size())),
            work -> {
              Thread thread = new Thread(work, "nn4j-tuning");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> futures = tasks.stream().map(pool::submit).toList();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw failure(requireNonNull(e.getCause()));
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  private static IllegalStateException failure(Throwable thrown)
      throws IOException, InterruptedException {
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof InterruptedException e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new IllegalStateException(thrown);
  }

  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
