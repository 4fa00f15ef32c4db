package org.nn4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Formula;

/** Running average: {@code running ← kept running + share batch}. */
record RunningAverage(double kept, double share) {
  private static final Formula.Pairwise<RunningAverage> FORMULA =
      Formula.of(RunningAverage::loop, RunningAverage::loop, RunningAverage::operations);

  void apply(INDArray running, INDArray batch) {
    FORMULA.apply(this, running, batch, running);
  }

  private void loop(float[] running, float[] batch, int n) {
    for (int j = 0; j < n; j++) {
      running[j] = (float) (kept * running[j] + share * batch[j]);
    }
  }

  private void loop(double[] running, double[] batch, int n) {
    for (int j = 0; j < n; j++) {
      running[j] = kept * running[j] + share * batch[j];
    }
  }

  private void operations(INDArray running, INDArray batch, INDArray to) {
    running.mul(kept, to);
    try (INDArray scaled = batch.mul(share)) {
      to.addi(scaled.reshape(to.shape()));
    }
  }
}
