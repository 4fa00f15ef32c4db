package org.nn4j.examples;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.nn4j.train.EpochEnd;
import org.nn4j.train.TrainingListener;

/** A progress bar for each epoch, in a terminal; nothing where output goes to a file or a pipe. */
final class EpochBar implements TrainingListener {
  private final boolean terminal = outputIsTerminal();
  private @Nullable ProgressBar bar;

  @SuppressWarnings("SystemConsoleNull") // null before Java 22, asked further below since then
  private static boolean outputIsTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console even where output goes to a file; only this tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }

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
