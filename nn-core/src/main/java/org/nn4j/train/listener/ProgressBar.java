package org.nn4j.train.listener;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.nn4j.Require;
import org.nn4j.internal.FigureTexts;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that prints a progress bar with the remaining time and the loss so far, and a line of
 * figures at the end of each epoch; or only the lines.
 *
 * <pre>
 * epoch 3/10 [==========&gt;                   ]  37 %  0:04 left  loss 0.0312
 * epoch 2/10  loss 0.0398  validation loss 0.0417  accuracy 0.9731  58,000 samples/s
 * </pre>
 *
 * <p>For one trainer at a time; not thread-safe.
 */
public final class ProgressBar implements TrainingListener {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final Appendable out;
  private final boolean bar;
  private final int interval;
  private final LongSupplier nanoClock;
  private String title = "";
  private OptionalInt steps = OptionalInt.empty();
  private OptionalInt lastEpoch = OptionalInt.empty();
  private int stepsBefore;
  private long epochStart;
  private long lastDrawn;
  private int drawnLength;

  /** Creates a bar with a clock in nanoseconds, such as {@link System#nanoTime}. */
  ProgressBar(Appendable out, boolean bar, int interval, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.out = out;
    this.bar = bar;
    this.interval =
        Require.atLeastOne(interval, "ProgressBar", "number of epochs from line to line");
  }

  /**
   * Returns a bar for each epoch, for a terminal, and a line at its end.
   *
   * @param out such as {@code System.out}
   * @return a listener
   */
  public static ProgressBar bar(Appendable out) {
    Require.notNull(out, "ProgressBar.bar", "out");
    return new ProgressBar(out, true, 1, System::nanoTime);
  }

  /**
   * Returns a line at the end of each epoch.
   *
   * @param out such as {@code System.out}, or a file
   * @return a listener
   */
  public static ProgressBar lines(Appendable out) {
    Require.notNull(out, "ProgressBar.lines", "out");
    return new ProgressBar(out, false, 1, System::nanoTime);
  }

  /**
   * Returns a listener with fewer lines: one every n epochs, and one for the last epoch.
   *
   * @param epochs from line to line, at least 1
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public ProgressBar every(int epochs) {
    return new ProgressBar(out, bar, epochs, nanoClock);
  }

  @Override
  public void onEpochBegin(EpochBegin event, Training training) {
    title = title(event.epoch(), event.epochs());
    steps = event.steps();
    lastEpoch = event.epochs();
    stepsBefore = training.progress().stepsInEpoch();
    epochStart = nanoClock.getAsLong();
    lastDrawn = epochStart;
  }

  private static String title(int epoch, OptionalInt epochs) {
    if (epochs.isEmpty()) {
      return "epoch " + epoch;
    }
    String last = String.valueOf(epochs.getAsInt());
    return String.format(Locale.ROOT, "epoch %" + last.length() + "d/%s", epoch, last);
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    long now = nanoClock.getAsLong();
    if (bar && now - lastDrawn >= REDRAW_NANOS) {
      lastDrawn = now;
      draw(title + state(event.stepInEpoch(), now) + figures(training));
    }
  }

  private String state(int step, long now) {
    if (steps.isEmpty()) {
      return "  step " + step;
    }
    int all = steps.getAsInt();
    int filled = (int) ((long) WIDTH * step / all);
    String head = filled < WIDTH ? ">" : "";
    String done = "=".repeat(filled) + head;
    double secondsAStep = (now - epochStart) / 1e9 / Math.max(1, step - stepsBefore);
    long left = Math.round(secondsAStep * (all - step));
    return String.format(
        Locale.ROOT,
        " [%-" + WIDTH + "s] %3d %%  %d:%02d left",
        done,
        100L * step / all,
        left / 60,
        left % 60);
  }

  private static String figures(Training training) {
    return "  loss "
        + FigureTexts.rounded(training.progress().loss())
        + EpochLine.metrics(training.trainingMetrics());
  }

  @Override
  public void onValidationBegin(ValidationBegin event, Training training) {
    if (bar) {
      draw(title + "  validating");
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    draw("");
    if (event.epoch() % interval == 0 || OptionalInt.of(event.epoch()).equals(lastEpoch)) {
      write(title + EpochLine.of(event) + System.lineSeparator());
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    draw("");
  }

  /** Overwrites the line. */
  private void draw(String line) {
    if (drawnLength > 0 || !line.isEmpty()) {
      String rest = " ".repeat(Math.max(0, drawnLength - line.length()));
      write("\r" + line + rest + (line.isEmpty() ? "\r" : ""));
      drawnLength = line.length();
    }
  }

  private void write(String text) {
    try {
      out.append(text);
      if (out instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("ProgressBar: " + e, e);
    }
  }
}
