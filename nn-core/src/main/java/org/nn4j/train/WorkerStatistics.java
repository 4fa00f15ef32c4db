package org.nn4j.train;

import org.nn4j.Parameter;
import org.nn4j.ParameterVector;

/** Statistics of workers, which are averaged in the place of their gradients. */
final class WorkerStatistics {
  private WorkerStatistics() {}

  /** Sets the gradient of each statistic to its value times the number of samples. */
  static void intoGradients(ParameterVector parameters, int samples) {
    for (Parameter parameter : parameters) {
      if (parameter.role() == Parameter.Role.STATISTIC) {
        parameter.gradient().assign(parameter.value()).muli(samples);
      }
    }
  }

  /** Sets each statistic to the mean that its gradient holds, and the gradient to zero. */
  static void fromGradients(ParameterVector parameters) {
    for (Parameter parameter : parameters) {
      if (parameter.role() == Parameter.Role.STATISTIC) {
        parameter.value().assign(parameter.gradient());
        parameter.zeroGrad();
      }
    }
  }
}
