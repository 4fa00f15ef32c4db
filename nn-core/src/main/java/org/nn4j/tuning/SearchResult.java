package org.nn4j.tuning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;
import org.nn4j.model.Network;

/**
 * Results of a search.
 *
 * @param trials the last result of each trial, by number
 * @param best the best of them
 * @param network the network of the best trial; close it
 */
public record SearchResult(List<TrialResult> trials, TrialResult best, Network network) {
  /**
   * Checks the arguments.
   *
   * @param trials the last result of each trial, by number
   * @param best the best of them
   * @param network the network of the best trial
   */
  public SearchResult {
    Require.notNull(trials, "SearchResult", "trials");
    Require.notNull(best, "SearchResult", "best");
    Require.notNull(network, "SearchResult", "network");
    trials = List.copyOf(trials);
  }

  /**
   * Writes a line for each trial: number, values, epochs, score and figures, as comma-separated
   * values with a line of names.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written
   */
  public void writeCsv(Path file) throws IOException {
    Require.notNull(file, "SearchResult.writeCsv", "file");
    FileAccess.write(file, TrialTable.of(trials).csv().getBytes(UTF_8));
  }

  /**
   * Writes a JSON object whose array {@code trials} has an object for each trial: {@code trial},
   * {@code values}, {@code epochs}, {@code score} and {@code figures}. Figures that are not finite
   * are omitted.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written
   */
  public void writeJson(Path file) throws IOException {
    Require.notNull(file, "SearchResult.writeJson", "file");
    FileAccess.write(file, TrialTable.json(trials).getBytes(UTF_8));
  }

  /** Returns the table of the trials as text, and the best trial below it. */
  @Override
  public String toString() {
    return TrialTable.of(trials).text() + "best: " + best.trial();
  }
}
