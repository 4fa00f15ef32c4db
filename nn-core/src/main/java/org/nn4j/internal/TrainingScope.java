package org.nn4j.internal;

import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.internal.blas.BlasThreads;

/** Setup of the kernel for a training run. Close it once. */
public final class TrainingScope implements AutoCloseable {
  private final BlasThreads.Scope threads;

  private TrainingScope(BlasThreads.Scope threads) {
    this.threads = threads;
  }

  /**
   * Opens the scope of a run.
   *
   * @param parameters the parameters to be trained
   * @param batchSize the samples of a batch
   * @return the scope; close it at the end of the run
   */
  public static TrainingScope open(ParameterVector parameters, int batchSize) {
    long largestWeight = 0;
    for (Parameter parameter : parameters) {
      if (parameter.role() == Parameter.Role.WEIGHT) {
        largestWeight = Math.max(largestWeight, ParameterArrays.of(parameter).length());
      }
    }
    return new TrainingScope(
        BlasThreads.forProducts(parameters.dataType(), batchSize * largestWeight));
  }

  @Override
  public void close() {
    threads.close();
  }
}
