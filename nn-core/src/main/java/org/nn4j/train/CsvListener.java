package org.nn4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.nn4j.Require;

/**
 * Appends a line of comma-separated values to a file after each epoch, by the names of {@link
 * EpochEnd#figures}; a line of names comes first in a file that is new or empty. Each line is in
 * the file before training goes on. A run that is resumed goes on in the same file, in which its
 * epochs stand once: lines of epochs that are trained again are cut off. A new run begins below
 * those before it. A file that cannot be written, or has other columns, is refused before the first
 * step. Thread-safe.
 *
 * @param file the file, in an existing folder
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
      lines().requireWritable();
      requireColumns(Csv.header(Csv.names(event)));
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
      lines().append(lines().firstLine().isEmpty() ? header + row : row);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private EpochFile lines() {
    return new EpochFile(file, "epoch,", EPOCH);
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("CsvListener, " + e.getMessage(), e);
  }

  /** Another kind of run has other columns. */
  private void requireColumns(String header) throws IOException {
    String found = lines().firstLine();
    if (!found.isEmpty() && !found.equals(header.stripTrailing())) {
      throw new IllegalStateException(
          Require.message(
              "CsvListener, " + file,
              "the names " + header.stripTrailing(),
              found,
              "write each kind of run to a file of its own"));
    }
  }
}
