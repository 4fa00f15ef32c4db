package org.nn4j.train;

import java.util.Map;
import org.nn4j.Optimizer;
import org.nn4j.Pass;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

/**
 * The training under way, as a listener sees it. Valid during the call that it is given to; for the
 * thread that trains, but for {@link #stop}, which is thread-safe.
 */
public interface Training {
  /**
   * The network that is trained, after a whole number of steps.
   *
   * @return the network; predictions of it are allowed on this thread
   */
  Network network();

  /**
   * The optimizer.
   *
   * @return with the state after the last step
   */
  Optimizer optimizer();

  /**
   * The pass that training runs on, which holds the random state of layers such as dropout.
   *
   * @return the pass
   */
  Pass pass();

  /**
   * Where training stands. At the end of an epoch this is already the beginning of the next one.
   *
   * @return the numbers of epoch and steps
   */
  Progress progress();

  /**
   * The training metrics of the epoch so far, see {@link TrainerBuilder#trainingMetric}.
   *
   * @return by name; empty if there are none
   */
  Map<String, Double> trainingFigures();

  /**
   * The run as it stands, from which another process can go on: parameters, optimizer, random
   * state, progress, settings, and what the listeners remember. Take it after all of them have
   * heard of a step or an epoch, as {@link CheckpointListener} does.
   *
   * @return a copy
   */
  Checkpoint checkpoint();

  /**
   * Asks to end training after the step, or the validation, that is under way.
   *
   * @param reason why, for the {@link StopReason} in the history
   */
  void stop(String reason);
}
