package org.nn4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.Near.assertNear;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.SeededRandom;
import org.nn4j.internal.kernel.Kernel;

/** Holds both libraries to sums in double precision, with matrices inside larger ones. */
class BlasTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<int[]> sizes() {
    SeededRandom random = new SeededRandom(5);
    Stream<int[]> drawn =
        Stream.generate(
                () ->
                    new int[] {
                      1 + random.nextInt(40), 1 + random.nextInt(40), 1 + random.nextInt(60)
                    })
            .limit(20);
    return Stream.concat(
        Stream.of(
            new int[] {1, 1, 1},
            new int[] {1, 10, 784},
            new int[] {10, 1, 17},
            new int[] {10, 40, 784},
            new int[] {64, 48, 300}),
        drawn);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void productsAreTheSums(int[] size) {
    for (Blas blas : new Blas[] {Native.OF_FLOATS, new OpenBlas(Float.BYTES), Native.OF_DOUBLES}) {
      for (int form = 0; form < 8; form++) {
        check(blas, form, size[0], size[1], size[2], 3);
      }
    }
  }

  /** B is copied for those: some hundred of its rows at a time, and with one gap or two. */
  @Test
  void productsAreTheSumsWhereRowsCollideInTheCache() {
    for (int form = 0; form < 8; form++) {
      check(Native.OF_FLOATS, form, 33, 500, 1100, 12);
      check(Native.OF_FLOATS, form, 40, 496, 100, 16);
      check(Native.OF_FLOATS, form, 31, 496, 20, 16);
    }
  }

  private static void check(Blas blas, int form, int m, int n, int k, int gap) {
    boolean transA = (form & 1) != 0;
    boolean transB = (form & 2) != 0;
    boolean add = (form & 4) != 0;
    int lda = (transA ? m : k) + gap;
    int ldb = (transB ? k : n) + gap;
    int ldc = n + gap;
    float[] a = random(1, (transA ? k : m) * lda);
    float[] b = random(2, (transB ? n : k) * ldb);
    float[] c = random(3, m * ldc);
    float[] before = c.clone();
    if (!add) { // to be written, not multiplied by 0
      Arrays.fill(c, Float.NaN);
    }
    try (Pointer toA = pointer(blas, a);
        Pointer toB = pointer(blas, b);
        Pointer toC = pointer(blas, c)) {
      blas.gemm(
          m,
          n,
          k,
          new Matrix().at(toA.address(), lda, transA),
          new Matrix().at(toB.address(), ldb, transB),
          add ? 1 : 0,
          new Matrix().at(toC.address(), ldc, false));
      copy(toC, c);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = add ? before[i * ldc + j] : 0;
        for (int p = 0; p < k; p++) {
          double x = a[transA ? p * lda + i : i * lda + p];
          sum += x * b[transB ? j * ldb + p : p * ldb + j];
        }
        assertThat(Math.abs(c[i * ldc + j] - sum)).isLessThan(TOLERANCE * Math.sqrt(k));
      }
      for (int j = n; j < ldc && !add; j++) {
        assertThat(c[i * ldc + j]).isNaN(); // nothing is written beside the matrix
      }
    }
  }

  private static Pointer pointer(Blas blas, float[] numbers) {
    return blas.width() == Float.BYTES
        ? new FloatPointer(numbers)
        : new DoublePointer(
            IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray());
  }

  private static void copy(Pointer from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] =
          from instanceof DoublePointer doubles
              ? (float) doubles.get(i)
              : ((FloatPointer) from).get(i);
    }
  }

  private static float[] random(long seed, int length) {
    SeededRandom random = new SeededRandom(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  @Test
  void largeProductsAreCutIntoPartsWithTheSameResult() {
    int[][] sizes = {
      {128, 784, 130}, {130, 300, 129}, {700, 90, 33}, {33, 90, 700}, {120, 60, 1024}
    };
    for (int[] size : sizes) {
      INDArray x = Near.random(1, DataType.FLOAT, size[0], size[1]);
      INDArray w = Near.random(2, DataType.FLOAT, size[1], size[2]);
      INDArray b = Near.random(3, DataType.FLOAT, size[2]);
      INDArray dZ = Near.random(4, DataType.FLOAT, size[0], size[2]);
      INDArray z = Nd4j.create(DataType.FLOAT, size[0], size[2]);
      INDArray dX = Nd4j.create(DataType.FLOAT, size[0], size[1]);
      INDArray dW = Near.random(5, DataType.FLOAT, size[1], size[2]);
      INDArray before = dW.castTo(DataType.DOUBLE);
      INDArray db = Nd4j.create(DataType.FLOAT, size[2]);
      Kernel.affine(x, w, b, z);
      Kernel.affineInputGradient(dZ, w, dX);
      Kernel.addWeightGradient(x, dZ, dW);
      Kernel.addBiasGradient(dZ, db);
      INDArray xd = x.castTo(DataType.DOUBLE);
      INDArray wd = w.castTo(DataType.DOUBLE);
      INDArray dZd = dZ.castTo(DataType.DOUBLE);
      assertNear(z, xd.mmul(wd).addRowVector(b.castTo(DataType.DOUBLE)), 1e-4);
      assertNear(dX, dZd.mmul(wd.transpose()), 1e-4);
      assertNear(dW, xd.transpose().mmul(dZd).add(before), 1e-4);
      assertNear(db, dZd.sum(0), 1e-4);
    }
  }

  @Test
  void theNumberOfThreadsOfOtherOperationsStaysAsItIs() {
    INDArray x = Near.random(1, DataType.FLOAT, 20, 30);
    int before = threads();
    Kernel.affine(
        x,
        x.transpose().dup('c'),
        Nd4j.create(DataType.FLOAT, 20),
        Nd4j.create(DataType.FLOAT, 20, 20));
    assertThat(threads()).isEqualTo(before);
  }

  private static int threads() {
    return org.nd4j.nativeblas.NativeOpsHolder.getInstance()
        .getDeviceNativeOps()
        .ompGetMaxThreads();
  }
}
