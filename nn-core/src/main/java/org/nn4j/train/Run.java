package org.nn4j.train;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Pass;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Checkpoint;
import org.nn4j.model.ModelRegistry;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.model.Progress;

/**
 * A run of training: how far it is to go, whether it was asked to stop, and all that it goes on
 * with, to a checkpoint and back. It is also what listeners see of the training under way.
 */
final class Run implements Training {
  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final ModelRegistry registry;
  private final ResumeCheck settings;
  private final ListenerList listeners;
  private final TrainingMetrics metrics;
  private final MutableProgress position;
  private final TrainingLength goalOfEachFit;
  private TrainingLength goal;
  private String dataSize = "";
  private String resumedDataSize = "";
  private volatile @Nullable StopReason stopRequest;

  Run(Network network, Loss loss, Optimizer optimizer, TrainerBuilder builder) {
    this.network = network;
    this.objective = Objective.of(network, loss);
    this.optimizer = optimizer;
    this.registry = builder.registry;
    this.settings = ResumeCheck.of(loss, optimizer, builder);
    this.listeners = new ListenerList(builder.listeners, this);
    this.metrics = new TrainingMetrics(List.copyOf(builder.trainingMetrics), objective);
    this.position = new MutableProgress(builder.start);
    this.goalOfEachFit = builder.goal;
    this.goal = builder.goal;
  }

  /**
   * A fit begins.
   *
   * @throws IllegalArgumentException if the run was resumed and began with data of another size
   */
  void begin(String size) {
    ResumeCheck.requireDataSize(resumedDataSize, size);
    resumedDataSize = "";
    dataSize = size;
    stopRequest = null;
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

  TrainingLength goal() {
    return goal;
  }

  boolean isOver() {
    return goal.isReached(position)
        || stopRequest != null
        || Thread.currentThread().isInterrupted();
  }

  /** Why training is over; a goal that was reached makes way for the next. */
  StopReason end() {
    if (goal.isReached(position)) {
      StopReason ending = new StopReason(StopReason.Kind.COMPLETED, goal.toString());
      goal = TrainingLength.after(position, goalOfEachFit);
      return ending;
    }
    StopReason request = stopRequest;
    return request != null
        ? request
        : new StopReason(StopReason.Kind.INTERRUPTED, "the thread was interrupted");
  }

  /** Asks to end the fit that is under way, to be taken up later. Thread-safe. */
  void interrupt(String reason) {
    stopRequest = new StopReason(StopReason.Kind.INTERRUPTED, reason);
  }

  void restore(Checkpoint checkpoint) throws ModelFormatException {
    settings.require(checkpoint);
    Checkpoint before = checkpoint();
    checkpoint.restore(network, optimizer, pass(), registry);
    try {
      listeners.restore(checkpoint, network);
    } catch (ModelFormatException | RuntimeException e) {
      before.restore(network, optimizer, pass(), registry);
      listeners.restore(before, network);
      throw e;
    }
    metrics.reset();
    position.moveTo(checkpoint.progress());
    goal = goalOfEachFit;
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
  public Pass pass() {
    return objective.network().trainingPass();
  }

  @Override
  public Progress progress() {
    return position.progress();
  }

  @Override
  public Map<String, Double> trainingFigures() {
    return metrics.values();
  }

  @Override
  public Checkpoint checkpoint() {
    Checkpoint state = Checkpoint.of(network, optimizer, pass(), progress(), registry);
    return listeners.write(settings.write(state, dataSize));
  }

  @Override
  public void stop(String reason) {
    stopRequest = new StopReason(StopReason.Kind.STOPPED, reason);
  }
}
