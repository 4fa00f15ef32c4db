package org.nn4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.nn4j.Require;

/**
 * Appends a line with a JSON object to a file after each epoch, by the names of {@link
 * EpochEnd#figures}; figures that are not finite are null. Each line is in the file before training
 * goes on. A run that is resumed goes on in the same file, in which its epochs stand once: lines of
 * epochs that are trained again are cut off. A new run begins below those before it. A file that
 * cannot be written is refused before the first step. Thread-safe.
 *
 * @param file the file, in an existing folder
 */
public record JsonLinesListener(Path file) implements TrainingListener {
  /**
   * Checks the arguments.
   *
   * @param file the file; its folder is there
   */
  public JsonLinesListener {
    Require.notNull(file, "JsonLinesListener", "file");
  }

  private static final Pattern EPOCH = Pattern.compile("\\{\"epoch\":(\\d{1,9}),");

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    try {
      lines().requireWritable();
      lines().goOn(training);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    try {
      lines().append(Json.of(event) + "\n");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private EpochFile lines() {
    return new EpochFile(file, "{\"epoch\":", EPOCH);
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("JsonLinesListener, " + e.getMessage(), e);
  }
}
