package org.nn4j.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nn4j.train.TrainingWorker;

/**
 * Workers of this process between two tasks, those of the latest run alone. A worker depends on its
 * arguments alone, so it does not matter which one runs a task. Thread-safe.
 */
final class IdleWorkers {
  private static String run = "";
  private static final Deque<TrainingWorker> IDLE = new ArrayDeque<>();

  private IdleWorkers() {}

  /** Returns the result of a function of a worker that no other thread uses. */
  static <T> T use(String ofRun, TrainingRecipe recipe, Function<TrainingWorker, T> function) {
    TrainingWorker worker = take(ofRun);
    if (worker == null) {
      worker = recipe.builder().buildWorker();
    }
    try {
      T result = function.apply(worker);
      give(ofRun, worker);
      return result;
    } catch (RuntimeException | Error failure) {
      free(worker); // it is not used again
      throw failure;
    }
  }

  private static synchronized @Nullable TrainingWorker take(String ofRun) {
    if (!run.equals(ofRun)) {
      IDLE.forEach(IdleWorkers::free);
      IDLE.clear();
      run = ofRun;
    }
    return IDLE.poll();
  }

  private static synchronized void give(String ofRun, TrainingWorker worker) {
    if (run.equals(ofRun)) {
      IDLE.push(worker);
    } else {
      free(worker);
    }
  }

  private static void free(TrainingWorker worker) {
    worker.close();
    worker.network().close();
  }
}
