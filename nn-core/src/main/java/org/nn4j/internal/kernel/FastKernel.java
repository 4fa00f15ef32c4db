package org.nn4j.internal.kernel;

import static org.nn4j.internal.memory.Memory.address;
import static org.nn4j.internal.memory.Memory.put;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.blas.Native;
import org.nn4j.internal.memory.Memory;

/**
 * The primitives on the arrays' own memory, for float arrays of which {@link Memory#isPlainRow}
 * holds: products by BLAS, the rest in plain loops over {@link Chunks}. An ND4J operation takes 2
 * to 25 µs whatever its size, which is more than these take on the arrays of a small network.
 * {@link Kernel} keeps the arrays alive.
 */
final class FastKernel implements Primitives {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final float[] PIXEL = new float[256];

  static {
    for (int i = 0; i < PIXEL.length; i++) {
      PIXEL[i] = i / 255f;
    }
  }

  private static int size(INDArray x, int axis) {
    return (int) x.size(axis);
  }

  @Override
  public void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    int in = size(w, 0);
    int out = size(w, 1);
    Native.ofThread().affine(size(x, 0), out, in, address(x), address(w), address(b), address(z));
  }

  @Override
  public void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    int in = size(w, 0);
    int out = size(w, 1);
    Native.ofThread()
        .productWithTransposed(size(dZ, 0), in, out, address(dZ), address(w), address(dX));
  }

  @Override
  public void weightGradient(INDArray x, INDArray dZ, INDArray dW) {
    productOfTransposed(x, dZ, false, dW);
  }

  @Override
  public void addWeightGradient(INDArray x, INDArray dZ, INDArray dW) {
    productOfTransposed(x, dZ, true, dW);
  }

  private static void productOfTransposed(INDArray x, INDArray dZ, boolean add, INDArray dW) {
    Native.ofThread()
        .productOfTransposed(
            size(x, 1), size(dZ, 1), size(x, 0), address(x), address(dZ), add, address(dW));
  }

  @Override
  public void addBiasGradient(INDArray dZ, INDArray db) {
    Native.ofThread().addSumOfRows(size(dZ, 0), size(dZ, 1), address(dZ), address(db));
  }

  @Override
  public int firstFailingRow(INDArray x, RowTest test) {
    int rows = size(x, 0);
    int n = (int) (x.length() / rows);
    Chunks chunks = Chunks.ofThread();
    int step = Chunks.rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      float[] numbers = chunks.read(0, address(x), (long) row * n, count * n);
      for (int i = 0; i < count; i++) {
        if (!passes(numbers, i * n, n, test)) {
          return row + i;
        }
      }
    }
    return -1;
  }

  private static boolean passes(float[] x, int at, int n, RowTest test) {
    float least = x[at];
    float largest = least;
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      float number = x[j];
      // Not Math.min and max, which take several times as long: a NaN is in the sum.
      least = number < least ? number : least;
      largest = number > largest ? number : largest;
      sum += number;
    }
    return test.passes(least, largest, sum);
  }

  @Override
  public void axpy(double alpha, INDArray x, INDArray y) {
    Native.ofThread().axpy(y.length(), (float) alpha, address(x), address(y));
  }

  @Override
  public void scale(INDArray x, double alpha) {
    Chunks.map((float) alpha, address(x), address(x), x.length(), FastKernel::scale);
  }

  private static void scale(Float factor, float[] x, int n) {
    float alpha = factor;
    for (int i = 0; i < n; i++) {
      x[i] *= alpha;
    }
  }

  @Override
  public void multiply(INDArray x, INDArray y, INDArray z) {
    Chunks.map(this, address(x), address(y), address(z), x.length(), FastKernel::multiply);
  }

  private void multiply(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= y[i];
    }
  }

  @Override
  public void fromJava(float[] numbers, INDArray to) {
    Chunks.ofThread().write(numbers, address(to), 0, numbers.length);
  }

  @Override
  public void toJava(INDArray from, float[] numbers) {
    Chunks.ofThread().read(numbers, address(from), 0);
  }

  @Override
  public void clear(INDArray x) {
    Native.ofThread().clear(address(x), x.length() * Float.BYTES);
  }

  @Override
  public double sum(INDArray x) {
    return sum(x, FastKernel::sum);
  }

  @Override
  public double norm(INDArray x) {
    return Math.sqrt(sum(x, FastKernel::sumOfSquares));
  }

  @Override
  public double sumOfAbs(INDArray x) {
    return sum(x, FastKernel::sumOfAbs);
  }

  /** A sum over some numbers. */
  @FunctionalInterface
  private interface ChunkSum {
    double of(float[] x, int n);
  }

  private static double sum(INDArray x, ChunkSum ofChunk) {
    Chunks chunks = Chunks.ofThread();
    double sum = 0;
    for (long at = 0, end = x.length(); at < end; at += Chunks.LENGTH) {
      int n = (int) Math.min(Chunks.LENGTH, end - at);
      sum += ofChunk.of(chunks.read(0, address(x), at, n), n);
    }
    return sum;
  }

  private static double sum(float[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static double sumOfSquares(float[] x, int n) {
    // Two sums, because each addition waits for the one before.
    double even = 0;
    double odd = 0;
    for (int i = 0; i + 1 < n; i += 2) {
      even += (double) x[i] * x[i];
      odd += (double) x[i + 1] * x[i + 1];
    }
    double last = n % 2 == 0 ? 0 : x[n - 1];
    return even + odd + last * last;
  }

  private static double sumOfAbs(float[] x, int n) {
    double even = 0;
    double odd = 0;
    for (int i = 0; i + 1 < n; i += 2) {
      even += Math.abs(x[i]);
      odd += Math.abs(x[i + 1]);
    }
    return even + odd + (n % 2 == 0 ? 0 : Math.abs(x[n - 1]));
  }

  @Override
  public void gather(INDArray source, int[] rows, INDArray target) {
    long bytes = source.size(1) * Float.BYTES;
    long from = address(source);
    long to = address(target);
    Native natives = Native.ofThread();
    for (int i = 0; i < rows.length; i++) {
      natives.copy(from + rows[i] * bytes, to + i * bytes, bytes);
    }
  }

  @Override
  public void gatherPixels(byte[] source, int[] rows, INDArray target) {
    int length = (int) (target.length() / rows.length);
    long to = address(target);
    Chunks.inParallel(
        target.length(),
        length,
        (from, end) -> {
          Chunks chunks = Chunks.ofThread();
          float[] numbers = chunks.array(0, length);
          for (long at = from; at < end; at += length) {
            fromPixels(source, rows[(int) (at / length)] * length, numbers, length);
            chunks.write(numbers, to, at, length);
          }
        });
  }

  /** Most pixels of a drawing are 0: eight of them at a time are passed over. */
  private static void fromPixels(byte[] pixels, int from, float[] numbers, int length) {
    Arrays.fill(numbers, 0, length, 0);
    int j = 0;
    for (; j <= length - Long.BYTES; j += Long.BYTES) {
      if ((long) EIGHT_BYTES.get(pixels, from + j) != 0) {
        for (int i = j; i < j + Long.BYTES; i++) {
          numbers[i] = PIXEL[pixels[from + i] & 0xff];
        }
      }
    }
    for (; j < length; j++) {
      numbers[j] = PIXEL[pixels[from + j] & 0xff];
    }
  }

  @Override
  public void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    clear(target);
    int classes = size(target, 1);
    long to = address(target);
    for (int i = 0; i < rows.length; i++) {
      put(to, (long) i * classes + labels[rows[i]], 1);
    }
  }
}
