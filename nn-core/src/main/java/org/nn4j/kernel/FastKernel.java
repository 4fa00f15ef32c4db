package org.nn4j.kernel;

import static org.nn4j.kernel.Memory.address;
import static org.nn4j.kernel.Memory.put;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The primitives on the arrays' own memory, for float arrays of which {@link Memory#isPlainRow}
 * holds: products by BLAS, elementwise work in plain loops over {@link Chunks}. An ND4J operation
 * costs 2 to 25 µs whatever its size, which is more than these loops take on the arrays of a small
 * network.
 *
 * <p>The equations are in {@link Kernel}; {@link PlainKernel} is the specification. The callers
 * keep the arrays alive.
 */
final class FastKernel {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final float[] PIXEL = new float[256];

  static {
    for (int i = 0; i < PIXEL.length; i++) {
      PIXEL[i] = i / 255f;
    }
  }

  private FastKernel() {}

  private static int size(INDArray x, int axis) {
    return (int) x.size(axis);
  }

  static void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    int in = size(w, 0);
    int out = size(w, 1);
    Native.ofThread().affine(size(x, 0), out, in, address(x), address(w), address(b), address(z));
  }

  static void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    int in = size(w, 0);
    int out = size(w, 1);
    Native.ofThread()
        .productWithTransposed(size(dZ, 0), in, out, address(dZ), address(w), address(dX));
  }

  static void addWeightGradient(INDArray x, INDArray dZ, INDArray dW, boolean isZero) {
    Native.ofThread()
        .productOfTransposed(
            size(x, 1), size(dZ, 1), size(x, 0), address(x), address(dZ), !isZero, address(dW));
  }

  static void addBiasGradient(INDArray dZ, INDArray db) {
    Native.ofThread().addSumOfRows(size(dZ, 0), size(dZ, 1), address(dZ), address(db));
  }

  static void sigmoid(INDArray z, INDArray a) {
    Chunks.map(address(z), address(a), z.length(), FastKernel::sigmoid);
  }

  private static void sigmoid(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = (float) (1 / (1 + Functions.exp(-z[i])));
    }
  }

  static void sigmoidGradient(INDArray dA, INDArray a, INDArray dZ) {
    Chunks.map(address(dA), address(a), address(dZ), a.length(), FastKernel::sigmoidGradient);
  }

  private static void sigmoidGradient(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= a[i] * (1 - a[i]);
    }
  }

  static void tanh(INDArray z, INDArray a) {
    Chunks.map(address(z), address(a), z.length(), FastKernel::tanh);
  }

  private static void tanh(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = (float) Functions.tanh(z[i]);
    }
  }

  static void tanhGradient(INDArray dA, INDArray a, INDArray dZ) {
    Chunks.map(address(dA), address(a), address(dZ), a.length(), FastKernel::tanhGradient);
  }

  private static void tanhGradient(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= 1 - a[i] * a[i];
    }
  }

  static void relu(INDArray z, INDArray a) {
    Chunks.map(address(z), address(a), z.length(), FastKernel::relu);
  }

  private static void relu(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  static void reluGradient(INDArray dA, INDArray a, INDArray dZ) {
    Chunks.map(address(dA), address(a), address(dZ), a.length(), FastKernel::reluGradient);
  }

  private static void reluGradient(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      // min(∞ a, 1), as a ≥ 0; with a condition in it the loop is not turned into vectors.
      gradient[i] *= Math.min(a[i] * Float.MAX_VALUE * Float.MAX_VALUE, 1);
    }
  }

  /** How many rows of some length make a chunk. */
  private static int rowsInChunk(int out) {
    return Math.max(1, Chunks.LENGTH / out);
  }

  static void softmax(INDArray z, INDArray a) {
    int out = size(z, z.rank() - 1);
    long from = address(z);
    long to = address(a);
    Chunks.inParallel(z.length(), out, (first, end) -> softmax(from, to, out, first, end));
  }

  private static void softmax(long z, long a, int out, long first, long end) {
    Chunks chunks = Chunks.ofThread();
    long step = (long) rowsInChunk(out) * out;
    for (long i = first; i < end; i += step) {
      int n = (int) Math.min(step, end - i);
      float[] numbers = chunks.read(0, z, i, n);
      for (int at = 0; at < n; at += out) {
        softmaxRow(numbers, at, out);
      }
      chunks.write(numbers, a, i, n);
    }
  }

  private static void softmaxRow(float[] z, int at, int out) {
    float highest = highest(z, at, out);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      double e = Functions.exp(z[j] - highest);
      z[j] = (float) e;
      sum += e;
    }
    for (int j = at; j < at + out; j++) {
      z[j] = (float) (z[j] / sum);
    }
  }

  private static float highest(float[] z, int at, int out) {
    float highest = z[at];
    for (int j = at + 1; j < at + out; j++) {
      highest = Math.max(highest, z[j]);
    }
    return highest;
  }

  static void softmaxGradient(INDArray dA, INDArray a, INDArray dZ) {
    int out = size(a, a.rank() - 1);
    long from = address(dA);
    long outputs = address(a);
    long to = address(dZ);
    Chunks.inParallel(
        a.length(), out, (first, end) -> softmaxGradient(from, outputs, to, out, first, end));
  }

  private static void softmaxGradient(long dA, long a, long dZ, int out, long first, long end) {
    Chunks chunks = Chunks.ofThread();
    long step = (long) rowsInChunk(out) * out;
    for (long i = first; i < end; i += step) {
      int n = (int) Math.min(step, end - i);
      float[] gradient = chunks.read(0, dA, i, n);
      float[] outputs = chunks.read(1, a, i, n);
      for (int at = 0; at < n; at += out) {
        softmaxGradientRow(gradient, outputs, at, out);
      }
      chunks.write(gradient, dZ, i, n);
    }
  }

  private static void softmaxGradientRow(float[] gradient, float[] a, int at, int out) {
    float inner = 0;
    for (int j = at; j < at + out; j++) {
      inner += gradient[j] * a[j];
    }
    for (int j = at; j < at + out; j++) {
      // Two finite numbers can differ by more than the largest one, and 0 * Infinity is NaN.
      float difference = Math.max(gradient[j] - inner, -Float.MAX_VALUE);
      gradient[j] = a[j] * Math.min(difference, Float.MAX_VALUE);
    }
  }

  static void mapRows(
      INDArray x, INDArray y, INDArray to, @Nullable INDArray perRow, Kernel.RowLoop f) {
    int rows = size(x, 0);
    int n = size(x, 1);
    Chunks chunks = Chunks.ofThread();
    int step = rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      float[] numbers = chunks.read(0, address(x), (long) row * n, count * n);
      float[] others = chunks.read(1, address(y), (long) row * n, count * n);
      float[] ofRows = chunks.array(2, count);
      for (int i = 0; i < count; i++) {
        ofRows[i] = (float) f.apply(numbers, others, i * n, n);
      }
      chunks.write(numbers, address(to), (long) row * n, count * n);
      if (perRow != null) {
        chunks.write(ofRows, address(perRow), row, count);
      }
    }
  }

  static int firstFailingRow(INDArray x, Kernel.RowTest test) {
    int rows = size(x, 0);
    int n = (int) (x.length() / rows);
    Chunks chunks = Chunks.ofThread();
    int step = rowsInChunk(n);
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

  private static boolean passes(float[] x, int at, int n, Kernel.RowTest test) {
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

  static void squaredError(
      INDArray a, INDArray y, double share, INDArray perSample, INDArray gradient) {
    float factor = (float) (2 * share / size(a, 0));
    mapRows(
        a,
        y,
        gradient,
        perSample,
        (p, t, at, out) -> squaredErrorRow(p, t, at, out, share, factor));
  }

  private static double squaredErrorRow(
      float[] a, float[] y, int at, int out, double share, float factor) {
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      float error = a[j] - y[j];
      sum += error * error;
      a[j] = factor * error;
    }
    return share * sum;
  }

  static void softmaxCrossEntropy(INDArray z, INDArray y, INDArray perSample, INDArray gradient) {
    double share = 1.0 / size(z, 0);
    mapRows(
        z, y, gradient, perSample, (p, t, at, out) -> softmaxCrossEntropyRow(p, t, at, out, share));
  }

  private static double softmaxCrossEntropyRow(
      float[] z, float[] y, int at, int out, double share) {
    float highest = highest(z, at, out);
    double sum = 0;
    double targetSum = 0;
    double inner = 0;
    for (int j = at; j < at + out; j++) {
      float s = Math.max(z[j] - highest, -Float.MAX_VALUE); // 0 * -Infinity is NaN
      double e = Functions.exp(s);
      z[j] = (float) e;
      sum += e;
      targetSum += y[j];
      inner += y[j] * s;
    }
    double factor = targetSum / sum;
    for (int j = at; j < at + out; j++) {
      z[j] = (float) ((z[j] * factor - y[j]) * share);
    }
    return targetSum * Math.log(sum) - inner;
  }

  static void axpy(double alpha, INDArray x, INDArray y) {
    Native.ofThread().axpy(y.length(), (float) alpha, address(x), address(y));
  }

  static void multiply(INDArray x, INDArray y, INDArray z) {
    Chunks.map(address(x), address(y), address(z), x.length(), FastKernel::multiply);
  }

  private static void multiply(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= y[i];
    }
  }

  static void fromJava(float[] numbers, INDArray to) {
    Chunks.ofThread().write(numbers, address(to), 0, numbers.length);
  }

  static void toJava(INDArray from, float[] numbers) {
    Chunks.ofThread().read(numbers, address(from), 0);
  }

  static void clear(INDArray x) {
    Native.ofThread().clear(address(x), x.length() * Float.BYTES);
  }

  static double sum(INDArray x) {
    return sum(x, FastKernel::sum);
  }

  static double norm(INDArray x) {
    return Math.sqrt(sum(x, FastKernel::sumOfSquares));
  }

  static double sumOfAbs(INDArray x) {
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

  static void gather(INDArray source, int[] rows, INDArray target) {
    long bytes = source.size(1) * Float.BYTES;
    long from = address(source);
    long to = address(target);
    Native natives = Native.ofThread();
    for (int i = 0; i < rows.length; i++) {
      natives.copy(from + rows[i] * bytes, to + i * bytes, bytes);
    }
  }

  static void gatherPixels(byte[] source, int[] rows, INDArray target) {
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

  static void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    clear(target);
    int classes = size(target, 1);
    long to = address(target);
    for (int i = 0; i < rows.length; i++) {
      put(to, (long) i * classes + labels[rows[i]], 1);
    }
  }

  static void update(
      INDArray g, INDArray theta, StateVector[] state, long offset, Kernel.Update update) {
    Chunks.update(address(g), address(theta), state, offset, g.length(), update);
  }
}
