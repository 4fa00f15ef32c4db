package org.nn4j.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.nn4j.Require;

/**
 * Appends a line of comma-separated values to a file after each epoch, by the names of {@link
 * EpochEnd#figures}; a line of names comes first in a file that is new or empty. Each line is in
 * the file before training goes on. A run that is resumed goes on in the same file, in which its
 * epochs stand once: lines of epochs that are trained again are cut off. A new run begins below
 * those before it. Thread-safe.
 *
 * @param file the file; its folder is there
 */
public record CsvListener(Path file) implements TrainingListener {
  /**
   * Checks the arguments.
   *
   * @param file the file; its folder is there
   */
  public CsvListener {
    Require.notNull(file, "CsvListener", "file");
  }

  private static final Pattern EPOCH = Pattern.compile("(\\d{1,9}),");

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    try {
      lines().goOn(training);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    String header = Csv.header(event.figures().keySet());
    String row = Csv.row(event.figures().keySet(), event);
    try {
      lines().append(isNew(header) ? header + row : row);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private EpochFile lines() {
    return new EpochFile(file, "epoch,", EPOCH);
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("CsvListener: " + e, e);
  }

  private boolean isNew(String header) throws IOException {
    if (Files.notExists(file) || Files.size(file) == 0) {
      return true;
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String found = reader.readLine();
      if (!header.stripTrailing().equals(found)) {
        throw new IllegalStateException(
            Require.message(
                "CsvListener, " + file,
                "the names " + header.stripTrailing(),
                String.valueOf(found),
                "write each kind of run to a file of its own"));
      }
    }
    return false;
  }
}
