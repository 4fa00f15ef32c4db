package org.nn4j;

import java.io.Serial;

/**
 * Thrown when a loss, a gradient or a parameter becomes infinite or NaN during training.
 *
 * <p>Epochs, steps and layers are counted from 1.
 */
public class DivergedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String SEE = "; see docs/troubleshooting.md#diverged";

  /** The epoch, from 1. */
  private final int epoch;

  /** The step, from 1. */
  private final long step;

  /** The loss of that step. */
  private final double loss;

  /** The learning rate of that step. */
  private final double learningRate;

  /**
   * Creates an exception for a step.
   *
   * @param epoch the epoch, from 1
   * @param step the optimizer step, counted from 1 over all epochs
   * @param loss the loss of that step
   * @param learningRate the learning rate of that step
   * @param where the first place in the network that is not finite, such as {@code "the output of
   *     layer 2 of 3, Dense(16 -> 4, softmax)"}
   */
  public DivergedException(int epoch, long step, double loss, double learningRate, String where) {
    super(
        Require.message(
                "training, epoch " + epoch + ", step " + step,
                "finite numbers",
                "a loss of "
                    + loss
                    + " at learning rate "
                    + learningRate
                    + ", and as the first that is not finite "
                    + where,
                "lower the learning rate, scale the inputs to about [0, 1], or check the data for"
                    + " NaN")
            + SEE);
    this.epoch = epoch;
    this.step = step;
    this.loss = loss;
    this.learningRate = learningRate;
  }

  /**
   * Returns the epoch.
   *
   * @return counted from 1
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Returns the optimizer step.
   *
   * @return counted from 1 over all epochs
   */
  public long step() {
    return step;
  }

  /**
   * Returns the loss of that step.
   *
   * @return NaN or infinite, unless only parameters or gradients are
   */
  public double loss() {
    return loss;
  }

  /**
   * Returns the learning rate of that step.
   *
   * @return the rate
   */
  public double learningRate() {
    return learningRate;
  }
}
