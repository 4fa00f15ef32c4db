package org.nn4j.train;

import org.nn4j.Optimizer;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

/**
 * Current training, as an argument of listeners. Valid during the call; for the thread that trains,
 * except {@link #stop}, which is thread-safe.
 */
public interface Training {
  /**
   * Returns the network that is trained, after a whole number of steps.
   *
   * @return the network; it may predict on this thread
   */
  Network network();

  /**
   * Returns the optimizer.
   *
   * @return the optimizer, with its state after the last step
   */
  Optimizer optimizer();

  /**
   * Returns the position in the run. At the end of an epoch it is the beginning of the next one.
   *
   * @return the numbers of epoch and steps
   */
  Progress progress();

  /**
   * Returns the training metrics of the epoch so far, see {@link TrainerBuilder#trainingMetric}.
   *
   * @return without figures if there are none
   */
  Evaluation trainingMetrics();

  /**
   * Returns the state of the run, for {@link Trainer#resume}: parameters, optimizer, random state,
   * progress, settings, and the states of the listeners. Call it when all listeners have been
   * called for a step or an epoch, as {@link CheckpointListener} does.
   *
   * @return a copy
   */
  Checkpoint checkpoint();

  /**
   * Stops training after the current step or validation.
   *
   * @param reason why, for the {@link StopReason} in the history
   */
  void stop(String reason);
}
