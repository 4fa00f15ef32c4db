package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.nn4j.Require;
import org.nn4j.io.AtomicFile;

/**
 * The figures of a training run, epoch by epoch, and why it ended. Immutable; its text is a table.
 *
 * @param epochs first to last; the last may have been stopped in its middle, see {@link
 *     EpochEnd#steps}
 * @param ending why training ended
 */
public record History(List<EpochEnd> epochs, Ending ending) {
  /**
   * Copies the list.
   *
   * @param epochs first to last
   * @param ending why training ended
   */
  public History {
    Require.noNulls(epochs, "History", "epochs");
    Require.notNull(ending, "History", "ending");
    epochs = List.copyOf(epochs);
  }

  /**
   * The last epoch.
   *
   * @return its figures
   * @throws IllegalStateException if no step was taken
   */
  public EpochEnd last() {
    requireEpochs();
    return epochs.get(epochs.size() - 1);
  }

  /**
   * The best epoch, of equal ones the first.
   *
   * @param monitor what to compare, and which way is better
   * @return its figures
   * @throws IllegalStateException if no step was taken, or an epoch has no such figure
   */
  public EpochEnd best(Monitor monitor) {
    Require.notNull(monitor, "History.best", "monitor");
    requireEpochs();
    Comparator<EpochEnd> byCost = Comparator.comparingDouble(end -> monitor.cost(end));
    return epochs.stream().min(byCost).orElseThrow();
  }

  private void requireEpochs() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "History", "at least one step", "none (" + ending + ")", "train further"));
    }
  }

  /**
   * Writes the epochs as comma-separated values with a line of names, by the names of {@link
   * EpochEnd#figures}. The file is complete or not there.
   *
   * @param file the file, replaced if it is there
   * @throws IOException if it cannot be written; what was there before is then still there
   */
  public void writeCsv(Path file) throws IOException {
    Require.notNull(file, "History.writeCsv", "file");
    AtomicFile.write(file, out -> out.write(Csv.of(epochs).getBytes(UTF_8)));
  }

  /**
   * Writes the run as one JSON object: {@code ending}, {@code reason}, and {@code epochs}, an array
   * of objects by the names of {@link EpochEnd#figures}. Figures that are not finite are null. The
   * file is complete or not there.
   *
   * @param file the file, replaced if it is there
   * @throws IOException if it cannot be written; what was there before is then still there
   */
  public void writeJson(Path file) throws IOException {
    Require.notNull(file, "History.writeJson", "file");
    AtomicFile.write(file, out -> out.write(Json.of(this).getBytes(UTF_8)));
  }

  /** A table with a row for each epoch, and the ending below it. */
  @Override
  public String toString() {
    return HistoryTable.of(epochs) + "\n" + ending;
  }
}
