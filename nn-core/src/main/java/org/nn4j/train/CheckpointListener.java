package org.nn4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

/**
 * Listener that writes checkpoints of a run, which {@link Trainer#resume} continues bit for bit:
 * after each epoch, every n epochs or every n steps, and at the end of each fit that did not fail,
 * also an interrupted one.
 *
 * <p>A checkpoint is a file {@code checkpoint-000001200.safetensors}, named by the number of steps,
 * and also a model file. It is written atomically. By default the last 3 are kept. It contains the
 * states of the other listeners after the same step or epoch, whatever the order of the listeners.
 *
 * <p>A fit throws before its first step if the checkpoints cannot be written, if another run writes
 * to the folder (the file {@code .lock} is locked until the end of the fit or of the process), if
 * the folder has a {@code .lock} of another program, or if it has checkpoints of more steps than
 * the run. If a checkpoint cannot be written later, it is written to a temporary folder, which the
 * message names, and training ends.
 *
 * <p>The methods that change a setting return a new listener. For one trainer at a time; not
 * thread-safe.
 */
public final class CheckpointListener implements TrainingListener {
  /** Default number of checkpoints that are kept. */
  public static final int DEFAULT_KEPT = 3;

  private static final String NAME = CheckpointFolder.NAME;
  private static final String BEST = "best";

  private final Options settings;
  private final CheckpointFolder files;
  private double best = Double.POSITIVE_INFINITY;
  private boolean isDue;
  private long lastStep;
  private @Nullable Progress written;

  /** Settings; one of the two intervals is 0. */
  private record Options(
      Path folder, String names, int epochs, int steps, int kept, @Nullable Monitor bestBy) {}

  private CheckpointListener(Options settings) {
    this.settings = settings;
    this.files = new CheckpointFolder(settings.folder, settings.names);
  }

  /**
   * Returns a listener that writes a checkpoint after each epoch.
   *
   * @param folder a folder for this run alone; created if it does not exist
   * @return a new listener
   */
  public static CheckpointListener into(Path folder) {
    Require.notNull(folder, "CheckpointListener.into", "folder");
    String names = "checkpoint-{step}" + Checkpoints.ENDING;
    return new CheckpointListener(new Options(folder, names, 1, 0, DEFAULT_KEPT, null));
  }

  /**
   * Returns a listener that writes a checkpoint after every n-th epoch.
   *
   * @param n at least 1
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public CheckpointListener everyEpochs(int n) {
    return every(Require.atLeastOne(n, NAME, "number of epochs"), 0);
  }

  /**
   * Returns a listener that writes a checkpoint after every n-th step, also within epochs, instead
   * of after epochs.
   *
   * @param n at least 1
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public CheckpointListener everySteps(int n) {
    return every(0, Require.atLeastOne(n, NAME, "number of steps"));
  }

  private CheckpointListener every(int epochs, int steps) {
    Options s = settings;
    return new CheckpointListener(new Options(s.folder, s.names, epochs, steps, s.kept, s.bestBy));
  }

  /**
   * Returns a listener that keeps another number of checkpoints; older ones are deleted.
   *
   * @param k at least 1; with 2 or more, an older one remains if the newest is damaged
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public CheckpointListener keepLast(int k) {
    Require.atLeastOne(k, NAME, "number of checkpoints to keep");
    Options s = settings;
    return new CheckpointListener(new Options(s.folder, s.names, s.epochs, s.steps, k, s.bestBy));
  }

  /**
   * Returns a listener that also keeps the checkpoint of the best epoch, {@code
   * checkpoint-best.safetensors}.
   *
   * @param figure the figure to compare; an epoch whose figure is NaN is never the best, and a
   *     warning is logged
   * @return a new listener
   */
  public CheckpointListener keepBest(Monitor figure) {
    Require.notNull(figure, "CheckpointListener.keepBest", "figure");
    Options s = settings;
    return new CheckpointListener(
        new Options(s.folder, s.names, s.epochs, s.steps, s.kept, figure));
  }

  /**
   * Returns a listener with other file names.
   *
   * @param pattern a name that ends in {@code .safetensors}, with {@code {step}} in place of the
   *     number of steps, which is {@code best} for the best epoch
   * @return a new listener
   * @throws IllegalArgumentException if it is not such a name
   */
  public CheckpointListener named(String pattern) {
    Require.notNull(pattern, "CheckpointListener.named", "pattern");
    Options s = settings;
    return new CheckpointListener(
        new Options(s.folder, pattern, s.epochs, s.steps, s.kept, s.bestBy));
  }

  /** Returns the class and the figure of the best checkpoint, if it keeps one. */
  @Override
  public String stateName() {
    return settings.bestBy == null ? NAME : NAME + "(" + settings.bestBy + ")";
  }

  @Override
  public ListenerState state() {
    return new ListenerState(Map.of(BEST, best));
  }

  @Override
  public void restore(ListenerState state) {
    Require.notNull(state, "CheckpointListener.restore", "state");
    forget(state.number(BEST));
  }

  private void forget(double bestBefore) {
    best = bestBefore;
    written = null;
    isDue = false;
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    if (settings.bestBy != null) {
      settings.bestBy.requireIn(event, NAME);
    }
    lastStep = training.progress().steps();
    if (lastStep == 0) {
      forget(Double.POSITIVE_INFINITY); // a run before, of another trainer
    }
    try {
      files.open(training);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    isDue = settings.steps > 0 && event.step() / settings.steps > lastStep / settings.steps;
    lastStep = event.step();
  }

  /** Writes before the next step, so that the end of an epoch comes before its checkpoint. */
  @Override
  public void onBatchBegin(BatchBegin event, Training training) {
    if (isDue) {
      write(training.checkpoint());
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    isDue |= settings.epochs > 0 && event.epoch() % settings.epochs == 0;
    boolean isBest = isBest(event);
    if (isDue || isBest) {
      Checkpoint checkpoint = training.checkpoint();
      if (isBest) {
        writeBest(checkpoint);
      }
      if (isDue) {
        write(checkpoint);
      }
    }
  }

  private boolean isBest(EpochResult event) {
    if (settings.bestBy == null) {
      return false;
    }
    settings.bestBy.warnOfNaN(event, NAME);
    double cost = settings.bestBy.cost(event);
    boolean isBest = cost < best;
    best = Math.min(cost, best);
    return isBest;
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    try {
      boolean failed = event.history().stopReason().kind() == StopReason.Kind.FAILED;
      if (!failed && !training.progress().equals(written)) {
        write(training.checkpoint());
      }
    } finally {
      files.close();
    }
  }

  private void write(Checkpoint checkpoint) {
    isDue = false;
    try {
      files.save(checkpoint, settings.kept);
    } catch (IOException e) {
      throw failed(e);
    }
    written = checkpoint.progress();
  }

  private void writeBest(Checkpoint checkpoint) {
    try {
      files.saveBest(checkpoint);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(NAME + ", " + e.getMessage(), e);
  }
}
