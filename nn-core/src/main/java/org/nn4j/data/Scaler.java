package org.nn4j.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.NewArrays;

/**
 * Scales rows in double precision, and rounds each element once: the same elements give the same
 * bits, in whatever array and by whatever view they come. Thread-safe.
 */
final class Scaler {
  private static final Formula.Rowwise<Scaler> SCALE =
      Formula.ofRows(Scaler::loop, Scaler::operations);

  private final double[] mean;
  private final double[] deviation;
  private final INDArray means;
  private final INDArray deviations;

  Scaler(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
    this.means = row(mean);
    this.deviations = row(deviation);
  }

  private static INDArray row(double[] numbers) {
    return NewArrays.of(numbers).reshape(1, numbers.length);
  }

  /** A row-major copy in a data type. */
  static INDArray copy(INDArray x, DataType type) {
    return NewArrays.uninitialized(type, x.shape()).assign(x);
  }

  /** Scales samples of any shape where they are. */
  void scale(INDArray samples) {
    INDArray x = ArrayDataset.flat(samples);
    SCALE.apply(this, x, x, x);
    if (x.data() != samples.data()) {
      samples.assign(x.reshape(samples.shape())); // x is a copy
    }
  }

  private void loop(float[] x, float[] same, int at, int n) {
    for (int j = 0; j < n; j++) {
      int k = mean.length == 1 ? 0 : j;
      x[at + j] = (float) ((x[at + j] - mean[k]) / deviation[k]);
    }
  }

  private void operations(INDArray x, INDArray same, INDArray to) {
    if (x.dataType() == DataType.DOUBLE && x.ordering() == 'c') {
      x.sub(means, to);
      to.divi(deviations);
      return;
    }
    try (INDArray doubles = copy(x, DataType.DOUBLE)) {
      doubles.subi(means);
      doubles.divi(deviations);
      to.assign(doubles);
    }
  }
}
