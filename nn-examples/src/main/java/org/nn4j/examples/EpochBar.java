package org.nn4j.examples;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.nn4j.train.EpochEnd;
import org.nn4j.train.TrainingListener;

/** A progress bar for each epoch, in a terminal; nothing where output goes to a file or a pipe. */
final class EpochBar implements TrainingListener {
  private final boolean terminal = Terminal.isWatched();
  private @Nullable ProgressBar bar;

  @Override
  public void onEpochBegin(EpochBegin event) {
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + event.epoch() + "/" + event.epochs())
              .setInitialMax(event.steps())
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void onStep(StepEnd event) {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void onEpochEnd(EpochEnd event) {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
