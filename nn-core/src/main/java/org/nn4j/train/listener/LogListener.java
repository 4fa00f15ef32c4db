package org.nn4j.train.listener;

import java.util.Locale;
import org.nn4j.Require;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Trainer;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listener that logs a line for each epoch, and one for the end, at level INFO. Thread-safe. */
public final class LogListener implements TrainingListener {
  private final Logger logger;

  private LogListener(Logger logger) {
    this.logger = logger;
  }

  /**
   * Returns a listener that writes to the log of {@link Trainer}.
   *
   * @return a listener
   */
  public static LogListener toDefault() {
    return to(LoggerFactory.getLogger(Trainer.class));
  }

  /**
   * Returns a listener that writes to a log.
   *
   * @param logger the log
   * @return a listener
   */
  public static LogListener to(Logger logger) {
    return new LogListener(Require.notNull(logger, "LogListener.to", "logger"));
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    if (logger.isInfoEnabled()) {
      logger.info("epoch {}{}, {} s", event.epoch(), EpochLine.of(event), seconds(event.seconds()));
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    logger.info("training {}", event.history().stopReason());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
