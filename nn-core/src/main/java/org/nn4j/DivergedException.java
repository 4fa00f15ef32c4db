package org.nn4j;

import java.io.Serial;

/**
 * Training reached a loss, a gradient or a parameter that is not finite.
 *
 * <p>Numbers count from 1, as people do.
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
   * Where it happened.
   *
   * @param epoch the epoch, from 1
   * @param step the optimizer step, counted from 1 over all epochs
   * @param loss the loss of that step
   * @param learningRate the learning rate of that step
   * @param where what is the first in the network that is not finite, such as {@code "the output of
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
   * The epoch.
   *
   * @return counted from 1
   */
  public int epoch() {
    return epoch;
  }

  /**
   * The optimizer step at which it was noticed.
   *
   * @return counted from 1 over all epochs
   */
  public long step() {
    return step;
  }

  /**
   * The loss.
   *
   * @return NaN or an infinity, unless it was the parameters or gradients that were not finite
   */
  public double loss() {
    return loss;
  }

  /**
   * The learning rate of that step.
   *
   * @return the rate
   */
  public double learningRate() {
    return learningRate;
  }
}
