package org.nn4j.internal.kernel;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.memory.Layout;
import org.nn4j.internal.memory.NewArrays;

/**
 * Primitives in ND4J operations: correct on every backend, data type, order and view, and therefore
 * the specification of {@link FastKernel}.
 */
final class PlainKernel implements Primitives {

  @Override
  public void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    gemm(x, w, z, false, false);
    z.addi(b);
  }

  /** Product of plain matrices. BLAS fails on others, such as a broadcast row. */
  private static void gemm(
      INDArray a, INDArray b, INDArray c, boolean transposeA, boolean transposeB) {
    Nd4j.gemm(Layout.plain(a), Layout.plain(b), c, transposeA, transposeB, 1, 0);
  }

  @Override
  public void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    gemm(dZ, w, dX, false, true);
  }

  @Override
  public void weightGradient(INDArray x, INDArray dZ, INDArray dW) {
    clear(dW);
    addWeightGradient(x, dZ, dW);
  }

  @Override
  public void addWeightGradient(INDArray x, INDArray dZ, INDArray dW) {
    // Nd4j.gemm refuses a view as its result, and dW is one.
    try (INDArray product = NewArrays.uninitialized(dW.dataType(), dW.shape())) {
      gemm(x, dZ, product, true, false);
      dW.addi(product);
    }
  }

  @Override
  public void addBiasGradient(INDArray dZ, INDArray db) {
    try (INDArray sums = dZ.sum(0)) {
      db.addi(sums);
    }
  }

  @Override
  public void axpy(double alpha, INDArray x, INDArray y) {
    Nd4j.getBlasWrapper().level1().axpy(y.length(), alpha, Layout.plain(x), y);
  }

  /** By BLAS, because ND4J's {@code muli(number)} creates an array. */
  @Override
  public void scale(INDArray x, double alpha) {
    Nd4j.getBlasWrapper().level1().scal(x.length(), alpha, x);
  }

  @Override
  public void scaleRows(INDArray x, INDArray factors) {
    INDArray plain = Layout.plain(factors);
    if (x.rank() == 1) {
      x.muli(plain.reshape(plain.length()));
    } else {
      x.muliColumnVector(plain.reshape(plain.length(), 1));
    }
  }

  @Override
  public void multiply(INDArray x, INDArray y, INDArray z) {
    x.mul(y, z);
  }

  @Override
  public double[] columnMeans(INDArray x) {
    try (INDArray means = x.mean(0)) {
      return JavaArrays.doubles(means);
    }
  }

  @Override
  public double[] columnMeans(INDArray x, INDArray y) {
    try (INDArray products = x.mul(y)) {
      return columnMeans(products);
    }
  }

  @Override
  public double[] columnVariances(INDArray x, double[] means) {
    try (INDArray mean = NewArrays.of(means);
        INDArray row = mean.reshape(1, means.length);
        INDArray distances = x.sub(row.castTo(x.dataType()))) {
      return columnMeans(distances, distances);
    }
  }

  @Override
  public void gather(INDArray source, int[] rows, INDArray target) {
    if (source.dataType() == target.dataType()) {
      Nd4j.pullRows(source, target, 1, rows);
    } else {
      try (INDArray sameType = Nd4j.pullRows(source, 1, rows)) {
        target.assign(sameType);
      }
    }
  }

  @Override
  public void scatter(INDArray source, int[] rows, INDArray target) {
    for (int i = 0; i < rows.length; i++) {
      target.putRow(rows[i], source.getRow(i));
    }
  }

  @Override
  public void gatherPixels(byte[] source, int[] rows, INDArray target) {
    int length = Math.toIntExact(target.length() / rows.length);
    float[] numbers = new float[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < length; j++) {
        numbers[i * length + j] = source[rows[i] * length + j] & 0xff;
      }
    }
    try (INDArray gathered = NewArrays.of(numbers)) {
      target.assign(gathered.reshape(target.shape()));
    }
    target.divi(255);
  }

  @Override
  public void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    target.assign(0);
    for (int i = 0; i < rows.length; i++) {
      target.putScalar(i, labels[rows[i]], 1);
    }
  }

  @Override
  public int firstFailingRow(INDArray x, RowCondition test) {
    int rows = (int) x.size(0);
    int n = (int) (x.length() / rows);
    try (INDArray copy = x.dup('c')) {
      double[] numbers = copy.data().asDouble();
      for (int row = 0; row < rows; row++) {
        DoubleSummaryStatistics of =
            Arrays.stream(numbers, row * n, row * n + n).summaryStatistics();
        if (!test.passes(of.getMin(), of.getMax(), of.getSum())) {
          return row;
        }
      }
    }
    return -1;
  }

  /** ND4J's {@code norm2Number} has an error of 2 % for ten million floats. */
  @Override
  public double norm(INDArray x) {
    return Nd4j.getBlasWrapper().level1().nrm2(Layout.plain(x));
  }

  @Override
  public boolean isShorter(INDArray x, double length) {
    return norm(x) < length;
  }

  @Override
  public double sumOfSquares(INDArray x) {
    double norm = norm(x);
    return norm * norm;
  }

  @Override
  public double sumOfAbs(INDArray x) {
    return Nd4j.getBlasWrapper().level1().asum(Layout.plain(x));
  }

  @Override
  public boolean isFinite(INDArray x) {
    return Double.isFinite(sum(x));
  }

  @Override
  public double sum(INDArray x) {
    if (x.dataType() == DataType.DOUBLE) {
      return x.sumNumber().doubleValue();
    }
    try (INDArray exact = x.castTo(DataType.DOUBLE)) {
      return exact.sumNumber().doubleValue();
    }
  }

  @Override
  public void copy(INDArray from, INDArray to) {
    to.assign(Arrays.equals(from.shape(), to.shape()) ? from : from.reshape('c', to.shape()));
  }

  @Override
  public void fromJava(float[] numbers, INDArray to) {
    try (INDArray copy = NewArrays.of(numbers)) {
      to.assign(copy.reshape('c', to.shape()));
    }
  }

  @Override
  public void fromJava(double[] numbers, INDArray to) {
    try (INDArray copy = NewArrays.of(numbers)) {
      to.assign(copy.reshape('c', to.shape()));
    }
  }

  @Override
  public void toJava(INDArray from, float[] numbers) {
    try (INDArray rows = from.dup('c')) {
      System.arraycopy(rows.data().asFloat(), 0, numbers, 0, numbers.length);
    }
  }

  @Override
  public void toJava(INDArray from, double[] numbers) {
    try (INDArray rows = from.dup('c')) {
      System.arraycopy(rows.data().asDouble(), 0, numbers, 0, numbers.length);
    }
  }

  @Override
  public void clear(INDArray x) {
    x.assign(0);
  }
}
