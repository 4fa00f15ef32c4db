package org.nn4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends a line with a JSON object to a file after each epoch, by the names of {@link
 * EpochEnd#figures}; figures that are not finite are null. Each line is in the file before training
 * goes on. A run that is resumed goes on in the same file. Thread-safe.
 *
 * @param file the file; its folder is there
 */
public record JsonLinesListener(Path file) implements TrainingListener {
  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    try {
      Files.writeString(
          file, Json.of(event) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("JsonLinesListener: " + e, e);
    }
  }
}
