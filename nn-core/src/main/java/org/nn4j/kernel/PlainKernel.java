package org.nn4j.kernel;

import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The primitives in plain ND4J operations: right on every backend, data type, order and view, and
 * so the specification of {@link FastKernel}. The equations are in {@link Kernel}.
 */
final class PlainKernel {
  private PlainKernel() {}

  static void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    gemm(x, w, z, false, false);
    z.addi(b);
  }

  /** Of plain matrices: BLAS does not take any others, such as one row that is seen as many. */
  private static void gemm(
      INDArray a, INDArray b, INDArray c, boolean transposeA, boolean transposeB) {
    Nd4j.gemm(Layout.plain(a), Layout.plain(b), c, transposeA, transposeB, 1, 0);
  }

  static void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    gemm(dZ, w, dX, false, true);
  }

  static void addWeightGradient(INDArray x, INDArray dZ, INDArray dW, boolean isZero) {
    if (isZero) {
      clear(dW);
    }
    // Nd4j.gemm refuses a view as its result, and dW is one.
    try (INDArray product = NewArrays.uninitialized(dW.dataType(), dW.shape())) {
      gemm(x, dZ, product, true, false);
      dW.addi(product);
    }
  }

  static void addBiasGradient(INDArray dZ, INDArray db) {
    try (INDArray sums = dZ.sum(0)) {
      db.addi(sums);
    }
  }

  static void sigmoid(INDArray z, INDArray a) {
    Nd4j.exec(new Sigmoid(z, a));
  }

  static void sigmoidGradient(INDArray dA, INDArray a, INDArray dZ) {
    a.rsub(1, dZ);
    dZ.muli(a);
    dZ.muli(dA);
  }

  static void tanh(INDArray z, INDArray a) {
    Nd4j.exec(new Tanh(z, a));
  }

  static void tanhGradient(INDArray dA, INDArray a, INDArray dZ) {
    a.mul(a, dZ);
    dZ.rsubi(1);
    dZ.muli(dA);
  }

  static void relu(INDArray z, INDArray a) {
    Nd4j.exec(new RectifiedLinear(z, a, 0));
  }

  static void reluGradient(INDArray dA, INDArray a, INDArray dZ) {
    Nd4j.exec(new Step(a, dZ, 0));
    dZ.muli(dA);
  }

  static void softmax(INDArray z, INDArray a) {
    int row = z.rank() - 1;
    INDArray plain = Layout.plain(z);
    // SoftMax alone is NaN where all of a row are far below 0: -746 in double precision.
    try (INDArray highest = plain.max(true, row)) {
      plain.sub(highest, a);
    }
    Nd4j.exec(new SoftMax(a, a, row));
  }

  static void softmaxGradient(INDArray dA, INDArray a, INDArray dZ) {
    // Not a (dA − inner), whose difference can overflow where a is 0.
    dA.mul(a, dZ);
    try (INDArray inner = dZ.sum(true, dZ.rank() - 1);
        INDArray products = a.mul(inner)) {
      dZ.subi(products);
    }
  }

  static void axpy(double alpha, INDArray x, INDArray y) {
    Nd4j.getBlasWrapper().level1().axpy(y.length(), alpha, Layout.plain(x), y);
  }

  static void multiply(INDArray x, INDArray y, INDArray z) {
    x.mul(y, z);
  }

  static void gather(INDArray source, int[] rows, INDArray target) {
    if (source.dataType() == target.dataType()) {
      Nd4j.pullRows(source, target, 1, rows);
    } else {
      try (INDArray sameType = Nd4j.pullRows(source, 1, rows)) {
        target.assign(sameType);
      }
    }
  }

  static void gatherPixels(byte[] source, int[] rows, INDArray target) {
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

  static void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    target.assign(0);
    for (int i = 0; i < rows.length; i++) {
      target.putScalar(i, labels[rows[i]], 1);
    }
  }

  static void squaredError(
      INDArray a, INDArray y, double share, INDArray perSample, INDArray gradient) {
    a.sub(y, gradient);
    // Not SquaredNorm: over a dimension of length 1 it gives the numbers themselves.
    try (INDArray squares = gradient.mul(gradient)) {
      squares.sum(perSample, 1);
    }
    perSample.muli(share);
    gradient.muli(2 * share / a.size(0));
  }

  static void softmaxCrossEntropy(INDArray z, INDArray y, INDArray perSample, INDArray gradient) {
    try (INDArray highest = z.max(true, 1);
        INDArray s = z.sub(highest);
        INDArray e = exp(s, true);
        INDArray sums = e.sum(true, 1);
        INDArray logSums = log(sums, true);
        INDArray targetSums = y.sum(true, 1)) {
      Transforms.max(s, -largest(z), false); // 0 * -Infinity is NaN
      s.subi(logSums);
      s.muli(y);
      s.sum(perSample, 1);
      perSample.negi();

      targetSums.divi(sums);
      e.mul(targetSums, gradient);
      gradient.subi(y);
      gradient.divi(z.size(0));
    }
  }

  /** The largest finite number of the type. */
  private static double largest(INDArray x) {
    return x.dataType() == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
  }

  static int firstFailingRow(INDArray x, Kernel.RowTest test) {
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

  /** Not by ND4J's own {@code norm2Number}, which is 2 % off for ten million floats. */
  static double norm(INDArray x) {
    return Nd4j.getBlasWrapper().level1().nrm2(Layout.plain(x));
  }

  static double sumOfAbs(INDArray x) {
    return Nd4j.getBlasWrapper().level1().asum(Layout.plain(x));
  }

  static double sum(INDArray x) {
    if (x.dataType() == DataType.DOUBLE) {
      return x.sumNumber().doubleValue();
    }
    try (INDArray exact = x.castTo(DataType.DOUBLE)) {
      return exact.sumNumber().doubleValue();
    }
  }

  static void fromJava(float[] numbers, INDArray to) {
    try (INDArray copy = NewArrays.of(numbers)) {
      to.assign(copy.reshape('c', to.shape()));
    }
  }

  static void toJava(INDArray from, float[] numbers) {
    try (INDArray rows = from.dup('c')) {
      System.arraycopy(rows.data().asFloat(), 0, numbers, 0, numbers.length);
    }
  }

  static void clear(INDArray x) {
    x.assign(0);
  }
}
