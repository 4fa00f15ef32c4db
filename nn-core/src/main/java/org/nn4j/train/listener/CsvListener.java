package org.nn4j.train.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.nn4j.Require;
import org.nn4j.internal.FigureTexts;
import org.nn4j.train.EpochResult;
import org.nn4j.train.ListenerState;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that appends a line of comma-separated values to a file after each epoch, in the order
 * of {@link EpochResult#figures}; a new or empty file starts with a header line. Each line is
 * written before training continues. A resumed run continues in the same file: lines of epochs that
 * are trained again are removed, so that each appears once. A new run begins below earlier ones. A
 * file that cannot be written, or has other columns, is refused before the first step. Thread-safe.
 */
public final class CsvListener implements TrainingListener {
  private static final Pattern EPOCH = Pattern.compile("(\\d{1,9}),");

  private final Path file;
  private final EpochFile lines;

  private CsvListener(Path file) {
    this.file = file;
    this.lines = new EpochFile(file, "epoch,", EPOCH);
  }

  /**
   * Returns a listener that appends to a file.
   *
   * @param file the file, in an existing folder
   * @return a listener
   */
  public static CsvListener to(Path file) {
    return new CsvListener(Require.notNull(file, "CsvListener.to", "file"));
  }

  /** Returns the class and the name of the file. */
  @Override
  public String stateName() {
    return "CsvListener(" + lines.name() + ")";
  }

  @Override
  public ListenerState state() {
    return lines.state();
  }

  @Override
  public void restore(ListenerState state) {
    lines.restore(Require.notNull(state, "CsvListener.restore", "state"));
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    try {
      lines.requireWritable();
      requireColumns(FigureTexts.csvHeader(event.figures()));
      lines.begin(training);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    Set<String> names = event.figures().keySet();
    String row = FigureTexts.csvRow(names, event.figures());
    try {
      lines.append(lines.firstLine().isEmpty() ? FigureTexts.csvHeader(names) + row : row);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("CsvListener, " + e.getMessage(), e);
  }

  /** Checks the columns of an existing file. */
  private void requireColumns(String header) throws IOException {
    String found = lines.firstLine();
    if (!found.isEmpty() && !found.equals(header.stripTrailing())) {
      throw new IllegalStateException(
          Require.message(
              "CsvListener, " + file,
              "the names " + header.stripTrailing(),
              found,
              "write each kind of run to its own file"));
    }
  }
}
