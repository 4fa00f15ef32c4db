package org.nn4j.train;

import org.jspecify.annotations.Nullable;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.persistence.Progress;

/**
 * Training run: its length, requests to stop it, and conversion of its state to a checkpoint and
 * back. Listeners receive it as {@link Training}.
 */
final class Run implements Training {
  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final ModelRegistry registry;
  private final ResumeCheck check;
  private final ListenerList listeners;
  private final TrainingMetrics metrics;
  private final MutableProgress position;
  private final TrainingLength lengthOfEachFit;
  private TrainingLength length;
  private String dataSize = "";
  private String resumedDataSize = "";
  private volatile @Nullable StopReason stopRequest;

  Run(TrainingSettings settings) {
    this.network = settings.network();
    this.objective = Objective.of(network, settings.loss());
    this.optimizer = settings.optimizer();
    this.registry = settings.registry();
    this.check = ResumeCheck.of(settings);
    this.listeners = new ListenerList(settings.listeners(), this);
    this.metrics = new TrainingMetrics(settings.trainingMetrics(), objective);
    this.position = new MutableProgress(Progress.START);
    this.lengthOfEachFit = settings.length();
    this.length = settings.length();
  }

  /**
   * Begins a fit.
   *
   * @throws IllegalStateException if the optimizer has taken steps before the first one of the run:
   *     its schedule would end too early
   */
  void begin() {
    if (position.steps() == 0) {
      requireFresh(Checks.returned(optimizer.state(), optimizer, "a state from state").steps());
    }
    stopRequest = null;
  }

  private void requireFresh(long steps) {
    if (steps != 0) {
      throw new IllegalStateException(
          Require.message(
              "Trainer",
              "an optimizer that has taken no step",
              optimizer + " after " + steps + " steps",
              "create an optimizer for each trainer, or resume the run from a checkpoint"));
    }
  }

  /**
   * Checks the data of a fit.
   *
   * @throws IllegalArgumentException if the run was resumed and began with data of another size
   */
  void requireDataSize(String size) {
    ResumeCheck.requireDataSize(resumedDataSize, size);
    resumedDataSize = "";
    dataSize = size;
  }

  Objective objective() {
    return objective;
  }

  ListenerList listeners() {
    return listeners;
  }

  TrainingMetrics metrics() {
    return metrics;
  }

  MutableProgress position() {
    return position;
  }

  TrainingLength length() {
    return length;
  }

  boolean isOver() {
    return length.isReached(position)
        || stopRequest != null
        || Thread.currentThread().isInterrupted();
  }

  /**
   * Ends a fit and returns the reason why it stopped. After a completed one the next one trains the
   * same length again.
   */
  StopReason finishFit() {
    if (length.isReached(position)) {
      StopReason ending = new StopReason(StopReason.Kind.COMPLETED, length.toString());
      length = TrainingLength.after(position, lengthOfEachFit);
      return ending;
    }
    StopReason request = stopRequest;
    return request != null
        ? request
        : new StopReason(StopReason.Kind.INTERRUPTED, "the thread was interrupted");
  }

  /** Stops the current fit after its step; the next fit resumes it. Thread-safe. */
  void interrupt(String reason) {
    stopRequest = new StopReason(StopReason.Kind.INTERRUPTED, reason);
  }

  /** Restores the state of a checkpoint; nothing is changed if that is refused. */
  void restore(Checkpoint checkpoint) throws ModelFormatException {
    NetworkAccess.Scope claim = NetworkAccess.get().claimForTraining(network);
    try {
      restoreClaimed(checkpoint);
    } finally {
      claim.end();
    }
  }

  private void restoreClaimed(Checkpoint checkpoint) throws ModelFormatException {
    check.require(checkpoint);
    Checkpoint before = checkpoint();
    checkpoint.restore(network, optimizer, registry);
    try {
      listeners.restore(checkpoint, network);
    } catch (ModelFormatException | RuntimeException e) {
      before.restore(network, optimizer, registry);
      listeners.restore(before, network);
      throw e;
    }
    metrics.reset();
    position.moveTo(checkpoint.progress());
    length = lengthOfEachFit;
    resumedDataSize = ResumeCheck.dataSize(checkpoint);
    dataSize = resumedDataSize;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public Progress progress() {
    return position.progress();
  }

  @Override
  public Evaluation trainingMetrics() {
    return metrics.values();
  }

  @Override
  public Checkpoint checkpoint() {
    Checkpoint state = Checkpoint.of(network, optimizer, progress(), registry);
    return listeners.write(check.write(state, dataSize));
  }

  @Override
  public void stop(String reason) {
    stopRequest = new StopReason(StopReason.Kind.STOPPED, reason);
  }
}
