package org.nn4j.train.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.nn4j.Require;
import org.nn4j.internal.FigureTexts;
import org.nn4j.train.EpochResult;
import org.nn4j.train.ListenerState;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that appends a line with a JSON object to a file after each epoch, by the names of
 * {@link EpochResult#figures}; figures that are not finite are null. Each line is written before
 * training continues. A resumed run continues in the same file: lines of epochs that are trained
 * again are removed, so that each appears once. A new run begins below earlier ones. A file that
 * cannot be written is refused before the first step. Thread-safe.
 */
public final class JsonLinesListener implements TrainingListener {
  private static final Pattern EPOCH = Pattern.compile("\\{\"epoch\":(\\d{1,9}),");

  private final EpochFile lines;

  private JsonLinesListener(Path file) {
    this.lines = new EpochFile(file, "{\"epoch\":", EPOCH);
  }

  /**
   * Returns a listener that appends to a file.
   *
   * @param file the file, in an existing folder
   * @return a listener
   */
  public static JsonLinesListener to(Path file) {
    return new JsonLinesListener(Require.notNull(file, "JsonLinesListener.to", "file"));
  }

  /** Returns the class and the name of the file. */
  @Override
  public String stateName() {
    return "JsonLinesListener(" + lines.name() + ")";
  }

  @Override
  public ListenerState state() {
    return lines.state();
  }

  @Override
  public void restore(ListenerState state) {
    lines.restore(Require.notNull(state, "JsonLinesListener.restore", "state"));
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    try {
      lines.requireWritable();
      lines.begin(training);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    try {
      lines.append(FigureTexts.json(json -> FigureTexts.write(event.figures(), json)) + "\n");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("JsonLinesListener, " + e.getMessage(), e);
  }
}
