package org.nn4j.train;

import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.Shape;

/**
 * Training data in parts, each held by a worker such as a task on a cluster; the workers compute
 * the steps together. {@link Trainer#fit(DataParallel)} runs the epochs, the validation and the
 * listeners in this process.
 *
 * <p>Equal positions, parameters and optimizer states must yield equal rounds. Then a run can be
 * repeated and resumed. The training thread calls the methods.
 */
public interface DataParallel {
  /**
   * Returns the shape of one input.
   *
   * @return the shape, without the batch
   */
  Shape inputShape();

  /**
   * Returns the shape of one target.
   *
   * @return the shape, without the batch
   */
  Shape targetShape();

  /**
   * Returns the size of the data and how it is divided. A run resumes only with the same text.
   *
   * @return such as {@code "60000 samples in 4 partitions"}
   */
  String size();

  /**
   * Returns the number of optimizer steps in an epoch.
   *
   * @return at least 1
   */
  int stepsPerEpoch();

  /**
   * Returns what the workers exchange.
   *
   * @return the same at each call
   */
  Exchange exchange();

  /** What workers exchange. */
  enum Exchange {
    /** Gradients: a round is one step. The trainer regularizes and takes the step. */
    GRADIENTS,
    /** Parameters and optimizer state, after several steps of each worker. */
    PARAMETERS
  }

  /**
   * Computes the next round. With {@link Exchange#GRADIENTS} it sets the gradients of the network
   * to the mean over the samples of the round; with {@link Exchange#PARAMETERS} it replaces the
   * parameters of the network and the state of the optimizer.
   *
   * @param training the network, the optimizer and the position before the round
   * @param length the length of the run
   * @return the figures of the round
   */
  Round next(Training training, RunLength length);

  /**
   * Figures of a round.
   *
   * @param steps the number of optimizer steps, within one epoch; 1 with {@link Exchange#GRADIENTS}
   * @param loss the mean over its samples of the loss before each step; penalties are included with
   *     {@link Exchange#PARAMETERS}
   * @param samples the number of samples
   */
  record Round(int steps, double loss, int samples) {
    /**
     * Checks the arguments.
     *
     * @param steps the number of optimizer steps
     * @param loss the mean loss
     * @param samples the number of samples
     * @throws IllegalArgumentException if there is no step, or fewer samples than steps
     */
    public Round {
      Require.atLeastOne(steps, "DataParallel.Round", "number of steps");
      Require.that(
          samples >= steps, "DataParallel.Round", "a sample or more in each step", samples);
    }
  }
}
