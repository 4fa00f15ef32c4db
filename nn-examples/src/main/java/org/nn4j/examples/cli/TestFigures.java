package org.nn4j.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that prints the accuracy on the test images after each epoch except the last. They are
 * not a validation set: training does not depend on them.
 */
public final class TestFigures implements TrainingListener {
  private final Digits tests;
  private final PrintWriter out;
  private int last;

  public TestFigures(Digits tests, PrintWriter out) {
    this.tests = tests;
    this.out = out;
  }

  @Override
  public void onEpochBegin(EpochBegin event, Training training) {
    last = event.epochs().orElse(0);
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    if (event.epoch() != last) {
      out.printf(Locale.ROOT, "epoch %d  %s%n", event.epoch(), tests.accuracy(training.network()));
      out.flush();
    }
  }
}
