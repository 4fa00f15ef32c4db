package org.nn4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;
import org.nn4j.io.FolderLock;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints of a run, from which {@link Trainer#resume} goes on with the same bits: after
 * each epoch, every so many epochs or every so many steps, and at the end of each fit that did not
 * fail, so also after an interrupt.
 *
 * <p>A checkpoint is a file {@code checkpoint-000001200.safetensors}, named by the number of steps,
 * and a model file too ({@link org.nn4j.model.ModelFiles#load}). It is written as a whole or not at
 * all. The last 3 are kept by default. Wherever this listener stands among the others, it writes
 * what they remember after all of them have heard of a step or an epoch.
 *
 * <p>Before anything is trained, a fit is refused if the checkpoints cannot be written, if another
 * run writes to the folder (the file {@code .lock} is locked until the end of the fit, or of the
 * process), or if the folder has checkpoints of more steps than the run. A checkpoint that cannot
 * be written later is written to the folder of temporary files, and ends training with a message
 * that names it.
 *
 * <p>The methods that change a setting give a new listener. For one trainer at a time; not
 * thread-safe.
 */
public final class CheckpointListener implements TrainingListener {
  /** Default number of checkpoints that are kept. */
  public static final int DEFAULT_KEPT = 3;

  private static final String NAME = "CheckpointListener";
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointListener.class);
  private static final String BEST = "best";

  private final Plan plan;
  private double best = Double.POSITIVE_INFINITY;
  private boolean isDue;
  private @Nullable Progress written;
  private @Nullable FolderLock lock;

  /** The settings; one of the two intervals is 0. */
  private record Plan(
      Path folder,
      CheckpointName name,
      int epochs,
      int steps,
      int kept,
      @Nullable Monitor bestBy) {}

  private CheckpointListener(Plan plan) {
    this.plan = plan;
  }

  /**
   * Writes a checkpoint after each epoch.
   *
   * @param folder a folder for this run alone; made if it is not there
   * @return a new listener
   */
  public static CheckpointListener into(Path folder) {
    Require.notNull(folder, "CheckpointListener.into", "folder");
    CheckpointName name = new CheckpointName("checkpoint-{step}" + Checkpoints.ENDING);
    return new CheckpointListener(new Plan(folder, name, 1, 0, DEFAULT_KEPT, null));
  }

  /**
   * The same, but after every n-th epoch alone.
   *
   * @param n at least 1
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public CheckpointListener everyEpochs(int n) {
    Require.atLeastOne(n, NAME, "number of epochs");
    return new CheckpointListener(new Plan(plan.folder, plan.name, n, 0, plan.kept, plan.bestBy));
  }

  /**
   * The same, but after every n-th step, in the middle of epochs too, instead of after epochs.
   *
   * @param n at least 1
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public CheckpointListener everySteps(int n) {
    Require.atLeastOne(n, NAME, "number of steps");
    return new CheckpointListener(new Plan(plan.folder, plan.name, 0, n, plan.kept, plan.bestBy));
  }

  /**
   * The same with another number of checkpoints that are kept; older ones are deleted.
   *
   * @param k at least 1; with 2 or more there is one left if the newest should be damaged
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public CheckpointListener keepLast(int k) {
    Require.atLeastOne(k, NAME, "number of checkpoints to keep");
    return new CheckpointListener(
        new Plan(plan.folder, plan.name, plan.epochs, plan.steps, k, plan.bestBy));
  }

  /**
   * The same, which also keeps the checkpoint of the best epoch, {@code
   * checkpoint-best.safetensors}.
   *
   * @param figure what tells the best; an epoch whose figure is NaN is never the best, and is
   *     warned of in the log
   * @return a new listener
   */
  public CheckpointListener keepBest(Monitor figure) {
    Require.notNull(figure, "CheckpointListener.keepBest", "figure");
    return new CheckpointListener(
        new Plan(plan.folder, plan.name, plan.epochs, plan.steps, plan.kept, figure));
  }

  /**
   * The same with other names of the files.
   *
   * @param pattern a name that ends in {@code .safetensors}, with {@code {step}} in the place of
   *     the number of steps; for the best epoch the word {@code best} stands there
   * @return a new listener
   * @throws IllegalArgumentException if it is no such name
   */
  public CheckpointListener named(String pattern) {
    Require.notNull(pattern, "CheckpointListener.named", "pattern");
    CheckpointName name = new CheckpointName(pattern);
    return new CheckpointListener(
        new Plan(plan.folder, name, plan.epochs, plan.steps, plan.kept, plan.bestBy));
  }

  @Override
  public ListenerState state() {
    return new ListenerState(Map.of(BEST, best));
  }

  @Override
  public void restore(ListenerState state) {
    Require.notNull(state, "CheckpointListener.restore", "state");
    best = state.number(BEST);
    written = null;
    isDue = false;
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    if (plan.bestBy != null) {
      plan.bestBy.requireIn(event, NAME);
    }
    try {
      FileAccess.makeFolder(plan.folder);
      lock(training);
      plan.name.deleteLeftovers(plan.folder);
      refuseLaterThan(training.progress().steps());
      FileAccess.requireWritable(plan.folder.resolve(plan.name.of(training.progress().steps())));
      FileAccess.requireWritable(plan.folder.resolve(plan.name.ofBest()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Until the end of the fit. Two runs would take each other's checkpoints for their own. */
  private void lock(Training training) {
    try {
      lock = FolderLock.tryLock(plan.folder, training).orElseThrow(this::isLocked);
    } catch (IOException noLocks) {
      LOG.warn("{}, {}: no lock: {}", NAME, plan.folder, noLocks.toString());
    }
  }

  private IllegalStateException isLocked() {
    return new IllegalStateException(
        Require.message(
            NAME + ", " + plan.folder,
            "a folder that no other run writes to",
            "the run of process " + FolderLock.holder(plan.folder).orElse("of unknown number"),
            "wait until it ends, or take a folder of its own for each run"));
  }

  /** A checkpoint of another run would be taken for the newest of this one. */
  private void refuseLaterThan(long steps) throws IOException {
    List<String> later = new ArrayList<>();
    for (Path file : plan.name.in(plan.folder).tailMap(steps, false).values()) {
      if (isWhole(file)) {
        later.add(String.valueOf(file.getFileName()));
      }
    }
    if (!later.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              NAME + ", " + plan.folder,
              "no checkpoint of more steps than the " + steps + " of this run",
              Require.list(later),
              "go on with the newest, trainer.resume(folder), take a folder of its own for each"
                  + " run, or delete them"));
    }
  }

  private static boolean isWhole(Path file) {
    try {
      return Checkpoint.progressOf(file).isPresent();
    } catch (IOException damaged) {
      return false;
    }
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    isDue = plan.steps > 0 && event.step() % plan.steps == 0;
  }

  /** Not before another step follows: after the last one of an epoch, its end is waited for. */
  @Override
  public void onBatchBegin(BatchBegin event, Training training) {
    if (isDue) {
      write(training.checkpoint());
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    isDue |= plan.epochs > 0 && event.epoch() % plan.epochs == 0;
    if (plan.bestBy != null) {
      plan.bestBy.warnOfNaN(event, NAME);
    }
    boolean isBest = plan.bestBy != null && plan.bestBy.cost(event) < best;
    if (plan.bestBy != null && isBest) {
      best = plan.bestBy.cost(event);
    }
    if (isDue || isBest) {
      Checkpoint checkpoint = training.checkpoint();
      if (isBest) {
        save(checkpoint, plan.name.ofBest());
      }
      if (isDue) {
        write(checkpoint);
      }
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    try {
      boolean failed = event.history().stopReason().kind() == StopReason.Kind.FAILED;
      if (!failed && !training.progress().equals(written)) {
        write(training.checkpoint());
      }
    } finally {
      release();
    }
  }

  private void release() {
    FolderLock held = lock;
    lock = null;
    if (held != null) {
      try {
        held.close();
      } catch (IOException e) {
        LOG.warn("{}, {}: {}", NAME, plan.folder, e.toString());
      }
    }
  }

  private void write(Checkpoint checkpoint) {
    isDue = false;
    save(checkpoint, plan.name.of(checkpoint.progress().steps()));
    written = checkpoint.progress();
    try {
      NavigableMap<Long, Path> files =
          plan.name.in(plan.folder).headMap(checkpoint.progress().steps(), true);
      while (files.size() > plan.kept) {
        Files.deleteIfExists(files.pollFirstEntry().getValue());
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void save(Checkpoint checkpoint, String name) {
    try {
      FileAccess.saveOrRescue(plan.folder.resolve(name), checkpoint::save);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(NAME + ", " + e.getMessage(), e);
  }
}
