package org.nn4j.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.io.FileAccess;
import org.nn4j.model.Network;
import org.nn4j.train.EpochResult;
import org.nn4j.train.StopReason;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that writes a {@link Report} after epochs and at the end of training, also if training
 * fails. An open page reloads itself while training runs.
 *
 * <p>After an epoch the page is written unless the last one is younger than a second, so that short
 * epochs are not slowed down. A file that cannot be written is refused before the first step. After
 * a resume in another process the page has the epochs from there on. Training itself has the same
 * bits as without the listener. Add it after {@link org.nn4j.train.EarlyStopping}, which restores
 * the best parameters at the end. Not thread-safe; for one trainer.
 */
public final class ReportListener implements TrainingListener {
  private static final String SETTING = "trainer.";
  private static final int MAX_SAMPLES = 100;
  private static final long PAUSE = 1_000_000_000;

  private final Path file;
  private final ReportOptions options;
  private final LongSupplier nanoTime;
  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<LayerFigures> layers = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable INDArray inputs;
  private long written;
  private boolean begun;

  ReportListener(Path file, ReportOptions options, LongSupplier nanoTime) {
    this.file = file;
    this.options = options;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns a listener that writes to a file.
   *
   * @param file the file, in an existing folder; an existing file is replaced
   * @param options title, data and notes
   * @return a listener
   */
  public static ReportListener to(Path file, ReportOptions options) {
    Require.notNull(file, "ReportListener.to", "file");
    Require.notNull(options, "ReportListener.to", "options");
    return new ReportListener(file, options, System::nanoTime);
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    options.pictureForm(training.network().inputShape());
    try {
      FileAccess.requireWritable(file);
    } catch (IOException e) {
      throw failed(e);
    }
    int next = training.progress().epoch();
    epochs.removeIf(epoch -> epoch.epoch() >= next);
    layers.removeIf(epoch -> epoch.epoch() >= next);
    settings.clear();
    training
        .checkpoint()
        .notes()
        .forEach(
            (name, text) -> {
              if (name.startsWith(SETTING)) {
                settings.put(
                    name.substring(SETTING.length()).replace('_', ' '),
                    text.equals("[]") ? "none" : text);
              }
            });
    event.epochs().ifPresent(last -> settings.put("epochs", Integer.toString(last)));
    inputs = options.data().map(data -> firstInputs(data, training.network())).orElse(null);
    begun = true;
    write(training.network(), Optional.empty());
  }

  private static INDArray firstInputs(Dataset data, Network network) {
    Dataset first = data.size() > MAX_SAMPLES ? data.take(MAX_SAMPLES) : data;
    try (Batches batches = Batches.inOrder(first, first.size(), network.dataType());
        Epoch epoch = batches.evaluation()) {
      return epoch.iterator().next().inputs().dup('c');
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    epochs.add(event);
    layers.add(LayerFigures.of(event.epoch(), training.network(), Optional.ofNullable(inputs)));
    if (nanoTime.getAsLong() - written >= PAUSE) {
      write(training.network(), Optional.empty());
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    INDArray used = inputs;
    inputs = null;
    if (!begun) {
      return;
    }
    begun = false;
    for (EpochResult epoch : event.history().epochs()) { // the last may have been stopped
      if (epochs.stream().noneMatch(before -> before.epoch() == epoch.epoch())) {
        epochs.add(epoch);
      }
    }
    if (used != null) {
      used.close();
    }
    write(training.network(), Optional.of(event.history().stopReason()));
  }

  private void write(Network network, Optional<StopReason> ending) {
    RunRecord run =
        new RunRecord(
            network,
            List.copyOf(epochs),
            ending,
            new LinkedHashMap<>(settings),
            List.copyOf(layers));
    try {
      Report.of(run, options).write(file);
    } catch (IOException e) {
      throw failed(e);
    }
    written = nanoTime.getAsLong();
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("ReportListener, " + e.getMessage(), e);
  }
}
