package org.nn4j.internal.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.internal.memory.MemoryBuffers;

/** Elements of type {@code float}. */
final class Floats extends Elements<float[]> {
  static final Floats ELEMENTS = new Floats();

  private static final float[] PIXEL = new float[256];

  static {
    for (int i = 0; i < PIXEL.length; i++) {
      PIXEL[i] = i / 255f;
    }
  }

  private Floats() {
    super(DataType.FLOAT);
  }

  @Override
  float[] newArray(int length) {
    return new float[length];
  }

  @Override
  float[][] newArrays(int count) {
    return new float[count][];
  }

  @Override
  int length(float[] array) {
    return array.length;
  }

  @Override
  void set(float[] array, int i, double value) {
    array[i] = (float) value;
  }

  @Override
  void clear(float[] array, int n) {
    Arrays.fill(array, 0, n, 0);
  }

  @Override
  void read(MemoryBuffers memory, long address, float[] to, int at, int n) {
    memory.read(address, to, at, n);
  }

  @Override
  void write(MemoryBuffers memory, float[] from, int at, long address, int n) {
    memory.write(from, at, address, n);
  }

  @Override
  void writeFloats(Chunks<float[]> chunks, float[] numbers, long address) {
    chunks.write(numbers, address, 0, numbers.length);
  }

  @Override
  void readFloats(Chunks<float[]> chunks, float[] numbers, long address) {
    chunks.read(numbers, address, 0);
  }

  @Override
  void writeDoubles(Chunks<float[]> chunks, double[] numbers, long address) {
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) numbers[i];
    }
    chunks.write(rounded, address, 0, rounded.length);
  }

  @Override
  void readDoubles(Chunks<float[]> chunks, double[] numbers, long address) {
    float[] found = new float[numbers.length];
    chunks.read(found, address, 0);
    for (int i = 0; i < found.length; i++) {
      numbers[i] = found[i];
    }
  }

  @Override
  void fromPixels(byte[] pixels, int from, float[] to, int n) {
    Arrays.fill(to, 0, n, 0);
    int j = 0;
    for (; j <= n - Long.BYTES; j += Long.BYTES) {
      long eight = EightBytes.at(pixels, from + j);
      if (eight != 0) {
        for (int i = 0; i < Long.BYTES; i++) {
          to[j + i] = PIXEL[EightBytes.get(eight, i)];
        }
      }
    }
    for (; j < n; j++) {
      to[j] = PIXEL[pixels[from + j] & 0xff];
    }
  }

  @Override
  void scale(double alpha, float[] x, int n) {
    float factor = (float) alpha;
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  @Override
  void scaleRows(float[] x, float[] factors, int rows, int n) {
    for (int i = 0; i < rows; i++) {
      for (int j = i * n; j < i * n + n; j++) {
        x[j] *= factors[i];
      }
    }
  }

  @Override
  void multiply(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= y[i];
    }
  }

  @Override
  double sum(float[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  double sumOfSquares(float[] x, int n) {
    // Two sums halve the chain of dependent additions.
    double even = 0;
    double odd = 0;
    for (int i = 0; i + 1 < n; i += 2) {
      even += (double) x[i] * x[i];
      odd += (double) x[i + 1] * x[i + 1];
    }
    double last = n % 2 == 0 ? 0 : x[n - 1];
    return even + odd + last * last;
  }

  @Override
  boolean passes(float[] x, int at, int n, RowCondition test) {
    float least = x[at];
    float largest = least;
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      float number = x[j];
      // Math.min and max would take several times as long; the sum detects NaN.
      least = number < least ? number : least;
      largest = number > largest ? number : largest;
      sum += number;
    }
    return test.passes(least, largest, sum);
  }

  @Override
  void addRow(double[] sums, float[] x, int at) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x[at + j];
    }
  }

  @Override
  void addProducts(double[] sums, float[] x, float[] y, int at) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += (double) x[at + j] * y[at + j];
    }
  }

  @Override
  void addSquares(double[] sums, float[] x, double[] means, int at) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += (x[at + j] - means[j]) * (x[at + j] - means[j]);
    }
  }
}
