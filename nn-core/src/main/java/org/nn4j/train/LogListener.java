package org.nn4j.train;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each epoch, and one for the end, to a log at the level INFO. Thread-safe.
 *
 * @param logger the log
 */
public record LogListener(Logger logger) implements TrainingListener {
  /** Writes to the log of {@link Trainer}. */
  public LogListener() {
    this(LoggerFactory.getLogger(Trainer.class));
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    if (logger.isInfoEnabled()) {
      logger.info("epoch {}{}, {} s", event.epoch(), EpochLine.of(event), seconds(event.seconds()));
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    logger.info("training {}", event.history().ending());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
