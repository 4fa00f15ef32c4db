package org.nn4j.train;

import org.nn4j.DivergedException;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.kernel.Kernel;

/**
 * Listener that throws at the step that makes a gradient or a parameter infinite or NaN; the
 * exception names the layer.
 *
 * <p>Without it a trainer checks the loss of each step, and the parameters at the end of an epoch,
 * so it stops later. A check takes one pass over all gradients and parameters. For one run at a
 * time.
 */
public final class NanGuard implements TrainingListener {
  private final int interval;
  private long lastStep;

  private NanGuard(int interval) {
    this.interval = Require.atLeastOne(interval, "NanGuard", "number of steps");
  }

  /**
   * Returns a guard that checks each step.
   *
   * @return a listener
   */
  public static NanGuard everyStep() {
    return everySteps(1);
  }

  /**
   * Returns a guard that checks every n-th step, or the round of {@link DataParallel} that contains
   * it.
   *
   * @param n at least 1
   * @return a listener
   * @throws IllegalArgumentException if it is below 1
   */
  public static NanGuard everySteps(int n) {
    return new NanGuard(n);
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    lastStep = training.progress().steps();
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    ParameterVector parameters = training.network().parameters();
    boolean isDue = event.step() / interval > lastStep / interval;
    lastStep = event.step();
    if (isDue
        && !(Kernel.isFinite(PackedParameters.of(parameters).gradients())
            && Kernel.isFinite(parameters.values()))) {
      DivergenceCheck.inGradients(training.network())
          .or(() -> DivergenceCheck.inParameters(training.network()))
          .ifPresent(
              where -> {
                throw new DivergedException(
                    event.epoch(),
                    event.step(),
                    event.loss(),
                    training.optimizer().learningRate(),
                    where);
              });
    }
  }
}
