package org.nn4j.train;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Listeners of one kind of event. */
public final class Callbacks {
  private Callbacks() {}

  /** Listener to the end of each batch. */
  public static TrainingListener onBatchEnd(
      BiConsumer<TrainingListener.BatchEnd, Training> action) {
    return new TrainingListener() {
      @Override
      public void onBatchEnd(BatchEnd event, Training training) {
        action.accept(event, training);
      }
    };
  }

  /** Listener to the end of one step. */
  public static TrainingListener atStep(long step, Consumer<Training> action) {
    return onBatchEnd(
        (event, training) -> {
          if (event.step() == step) {
            action.accept(training);
          }
        });
  }

  /** Listener to the end of each epoch. */
  public static TrainingListener onEpochEnd(BiConsumer<EpochResult, Training> action) {
    return new TrainingListener() {
      @Override
      public void onEpochEnd(EpochResult event, Training training) {
        action.accept(event, training);
      }
    };
  }
}
