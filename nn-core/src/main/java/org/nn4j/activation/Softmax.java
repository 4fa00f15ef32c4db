package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;
import org.nn4j.internal.memory.Layout;

/**
 * Softmax of each row: positive values with a sum of 1.
 *
 * <pre>
 * A  = e^(Z − m) / Σ e^(Z − m),  m = max Z      (by row)
 * dZ = A (dA − Σ dA A)                          (by row)
 * </pre>
 *
 * <p>The maximum is subtracted so that no exponent overflows; it cancels. A final softmax and a
 * cross-entropy are computed as one function of {@code Z}, see {@link org.nn4j.Loss#fusion()}.
 * Shapes: {@code [B, ..., out]}; rows lie along the last axis. Thread-safe.
 */
record Softmax() implements StandardActivation {
  private static final Formula.Rowwise<Softmax> FORWARD =
      Formula.ofRows(Softmax::loop, Softmax::loop, Softmax::operations);
  private static final Formula.Rowwise<Softmax> BACKWARD =
      Formula.ofRows(Softmax::gradientLoop, Softmax::gradientLoop, Softmax::gradientOperations);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, z, a);
  }

  private void loop(float[] z, float[] same, int row, int at, int n) {
    float highest = z[at];
    for (int j = at + 1; j < at + n; j++) {
      highest = Math.max(highest, z[j]);
    }
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      double e = Functions.exp(z[j] - highest);
      z[j] = (float) e;
      sum += e;
    }
    for (int j = at; j < at + n; j++) {
      z[j] = (float) (z[j] / sum);
    }
  }

  private void loop(double[] z, double[] same, int row, int at, int n) {
    double highest = z[at];
    for (int j = at + 1; j < at + n; j++) {
      highest = Math.max(highest, z[j]);
    }
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      z[j] = Math.exp(z[j] - highest);
      sum += z[j];
    }
    for (int j = at; j < at + n; j++) {
      z[j] /= sum;
    }
  }

  private void operations(INDArray z, INDArray same, INDArray a) {
    int row = z.rank() - 1;
    INDArray plain = Layout.plain(z);
    // SoftMax alone is NaN where all of a row are far below 0: -746 in double precision.
    try (INDArray highest = plain.max(true, row)) {
      plain.sub(highest, a);
    }
    Nd4j.exec(new SoftMax(a, a, row));
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int row, int at, int n) {
    float inner = 0;
    for (int j = at; j < at + n; j++) {
      inner += gradient[j] * a[j];
    }
    for (int j = at; j < at + n; j++) {
      // Two finite numbers can differ by more than the largest one, and 0 * Infinity is NaN.
      float difference = Math.max(gradient[j] - inner, -Float.MAX_VALUE);
      gradient[j] = a[j] * Math.min(difference, Float.MAX_VALUE);
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int row, int at, int n) {
    double inner = 0;
    for (int j = at; j < at + n; j++) {
      inner += gradient[j] * a[j];
    }
    for (int j = at; j < at + n; j++) {
      double difference = Math.max(gradient[j] - inner, -Double.MAX_VALUE);
      gradient[j] = a[j] * Math.min(difference, Double.MAX_VALUE);
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    // Not a (dA − inner), whose difference can overflow where a is 0.
    dA.mul(a, dZ);
    try (INDArray inner = dZ.sum(true, dZ.rank() - 1);
        INDArray products = a.mul(inner)) {
      dZ.subi(products);
    }
  }

  @Override
  public OutputRange range() {
    return OutputRange.DISTRIBUTION;
  }

  @Override
  public String toString() {
    return "softmax";
  }
}
