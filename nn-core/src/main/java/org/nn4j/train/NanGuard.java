package org.nn4j.train;

import org.nn4j.DivergedException;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Kernel;

/**
 * Ends training at the very step that makes a gradient or a parameter infinite or NaN, and names
 * the layer it came from.
 *
 * <p>Without it a trainer notices when the loss of a later step, or the parameters at the end of an
 * epoch, are not finite, and names the layer it then finds first. A check reads all gradients and
 * parameters once. Thread-safe.
 *
 * @param everySteps how often to check: 1 at each step
 */
public record NanGuard(int everySteps) implements TrainingListener {
  /**
   * Checks the number.
   *
   * @param everySteps how often to check: 1 at each step
   * @throws IllegalArgumentException if it is below 1
   */
  public NanGuard {
    Require.atLeastOne(everySteps, "NanGuard", "number of steps");
  }

  /** Checks at each step. */
  public NanGuard() {
    this(1);
  }

  @Override
  public void onBatchEnd(BatchEnd event, Training training) {
    ParameterVector parameters = training.network().parameters();
    if (event.step() % everySteps == 0
        && !(Double.isFinite(Kernel.sum(parameters.gradients()))
            && Double.isFinite(Kernel.sum(parameters.values())))) {
      FirstNotFinite.inGradients(training.network())
          .or(() -> FirstNotFinite.inParameters(training.network()))
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
