package org.nn4j.report.tensorboard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;
import org.nn4j.model.Network;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that writes an event file of TensorBoard. After each epoch it adds the figures of {@link
 * EpochResult#figures} as scalars, and histograms of each parameter and of its gradient in the last
 * step. The step of an event is the number of steps of the optimizer.
 *
 * <p>Each fit writes a new file into the folder; TensorBoard shows the files of one folder as one
 * run. A folder that cannot be written is refused before the first step. Elements that are not
 * finite are not counted in histograms. Not thread-safe; for one trainer.
 */
public final class TensorBoardListener implements TrainingListener {
  private static final Set<String> COUNTERS = Set.of("epoch", "steps");
  private static final int BUCKETS = 30;

  private final Path folder;
  private final Clock clock;
  private @Nullable EventFile events;

  TensorBoardListener(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Returns a listener that writes into a folder.
   *
   * @param folder the folder of the run, which is created if it does not exist
   * @return a listener
   */
  public static TensorBoardListener to(Path folder) {
    Require.notNull(folder, "TensorBoardListener.to", "folder");
    return new TensorBoardListener(folder, Clock.systemUTC());
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    try {
      FileAccess.makeFolder(folder);
      FileAccess.requireWritable(folder.resolve("events"));
      events = EventFile.create(folder, clock);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    ProtoMessage summary = new ProtoMessage();
    event
        .figures()
        .forEach(
            (name, value) -> {
              if (!COUNTERS.contains(name)) {
                summary.message(1, new ProtoMessage().text(1, name).number(2, value.floatValue()));
              }
            });
    addHistograms(training.network(), "", summary);
    try {
      requireNonNull(events).append(training.progress().steps(), summary);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("TensorBoardListener, " + e.getMessage(), e);
  }

  private static void addHistograms(Network network, String path, ProtoMessage summary) {
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      String name = path + "layers." + i + ".";
      if (layers.get(i) instanceof Network nested) {
        addHistograms(nested, name, summary);
        continue;
      }
      for (Parameter parameter : layers.get(i).parameters()) {
        addHistogram("values/" + name + parameter.name(), parameter.value(), summary);
        if (parameter.role() != Parameter.Role.STATISTIC) {
          addHistogram("gradients/" + name + parameter.name(), parameter.gradient(), summary);
        }
      }
    }
  }

  private static void addHistogram(String tag, INDArray array, ProtoMessage summary) {
    double[] values;
    try (INDArray copy = array.dup('c').castTo(DataType.DOUBLE)) {
      values = Arrays.stream(copy.data().asDouble()).filter(Double::isFinite).toArray();
    }
    if (values.length > 0) {
      summary.message(1, new ProtoMessage().text(1, tag).message(5, histogram(values)));
    }
  }

  /** Returns the counts in buckets of equal width from the least to the largest value. */
  static ProtoMessage histogram(double... values) {
    double least = Arrays.stream(values).min().orElseThrow();
    double largest = Arrays.stream(values).max().orElseThrow();
    double width = (largest - least) / BUCKETS;
    double[] limits = new double[BUCKETS];
    Arrays.setAll(limits, i -> i == BUCKETS - 1 ? largest : least + (i + 1) * width);
    double[] counts = new double[BUCKETS];
    for (double value : values) {
      int bucket = width > 0 ? (int) ((value - least) / width) : 0;
      counts[Math.min(BUCKETS - 1, bucket)]++;
    }
    return new ProtoMessage()
        .number(1, least)
        .number(2, largest)
        .number(3, (double) values.length)
        .number(4, Arrays.stream(values).sum())
        .number(5, Arrays.stream(values).map(value -> value * value).sum())
        .numbers(6, limits)
        .numbers(7, counts);
  }
}
