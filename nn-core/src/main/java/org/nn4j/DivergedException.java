package org.nn4j;

import java.io.Serial;

/**
 * Training reached a loss or a parameter that is not finite.
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

  /** The loss that is not finite. */
  private final double loss;

  /** The learning rate of that step. */
  private final double learningRate;

  /**
   * Where it happened.
   *
   * @param epoch the epoch, from 1
   * @param step the optimizer step, counted from 1 over all epochs
   * @param loss the loss that is not finite
   * @param learningRate the learning rate of that step
   */
  public DivergedException(int epoch, long step, double loss, double learningRate) {
    super(
        Require.message(
                "training, epoch " + epoch + ", step " + step,
                "a finite loss",
                loss + " at learning rate " + learningRate,
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
   * The optimizer step that was not taken.
   *
   * @return counted from 1 over all epochs
   */
  public long step() {
    return step;
  }

  /**
   * The loss.
   *
   * @return NaN or an infinity
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
