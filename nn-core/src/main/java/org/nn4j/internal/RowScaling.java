package org.nn4j.internal;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;
import org.nn4j.internal.memory.NewArrays;

/**
 * Scaling of rows, {@code x = (raw − mean) / deviation}, in double precision. It rounds each
 * element once, so that equal elements have equal bits in every array and view. Thread-safe.
 */
public final class RowScaling {
  private static final Formula.Rowwise<RowScaling> SCALE =
      Formula.ofRows(RowScaling::loop, RowScaling::loop, RowScaling::operations);

  private final double[] mean;
  private final double[] deviation;

  /**
   * Creates a scaling.
   *
   * @param mean one for all columns, or one for each
   * @param deviation as many
   */
  public RowScaling(List<Double> mean, List<Double> deviation) {
    this.mean = array(mean);
    this.deviation = array(deviation);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Scales samples in place.
   *
   * @param samples {@code [B, in...]}, whose elements do not share memory
   */
  public void apply(INDArray samples) {
    INDArray x = samples.rank() == 2 ? samples : samples.reshape('c', samples.size(0), -1);
    SCALE.apply(this, x, x, x);
    if (x.data() != samples.data()) {
      samples.assign(x.reshape(samples.shape())); // x is a copy
    }
  }

  /**
   * Scales samples in a Java array.
   *
   * @param samples one after the other, row-major, changed
   */
  public void apply(double[] samples) {
    for (int at = 0; at < samples.length; at += mean.length) {
      loop(samples, samples, at / mean.length, at, mean.length);
    }
  }

  private void loop(float[] x, float[] same, int row, int at, int n) {
    // Loops of one kind each: the JIT compiler vectorizes the divisions, but no conversion.
    double[] scaled = Functions.doubles(x, at, n);
    loop(scaled, scaled, row, 0, n);
    for (int j = 0; j < n; j++) {
      x[at + j] = (float) scaled[j];
    }
  }

  private void loop(double[] x, double[] same, int row, int at, int n) {
    if (mean.length == 1) {
      double ofAll = mean[0];
      double divisor = deviation[0];
      for (int i = at; i < at + n; i++) {
        x[i] = (x[i] - ofAll) / divisor;
      }
    } else {
      for (int j = 0; j < n; j++) {
        x[at + j] = (x[at + j] - mean[j]) / deviation[j];
      }
    }
  }

  private void operations(INDArray x, INDArray same, INDArray to) {
    try (INDArray doubles = NewArrays.uninitialized(DataType.DOUBLE, x.shape());
        INDArray means = NewArrays.of(mean);
        INDArray deviations = NewArrays.of(deviation)) {
      doubles.assign(x);
      doubles.subi(means.reshape(1, mean.length));
      doubles.divi(deviations.reshape(1, mean.length));
      to.assign(doubles);
    }
  }
}
