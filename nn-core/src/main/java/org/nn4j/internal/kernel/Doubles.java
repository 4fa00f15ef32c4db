package org.nn4j.internal.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.internal.memory.MemoryBuffers;

/** Elements of type {@code double}. */
final class Doubles extends Elements<double[]> {
  static final Doubles ELEMENTS = new Doubles();

  private static final double[] PIXEL = new double[256];

  static {
    for (int i = 0; i < PIXEL.length; i++) {
      PIXEL[i] = i / 255.0;
    }
  }

  private Doubles() {
    super(DataType.DOUBLE);
  }

  @Override
  double[] newArray(int length) {
    return new double[length];
  }

  @Override
  double[][] newArrays(int count) {
    return new double[count][];
  }

  @Override
  int length(double[] array) {
    return array.length;
  }

  @Override
  void set(double[] array, int i, double value) {
    array[i] = value;
  }

  @Override
  void clear(double[] array, int n) {
    Arrays.fill(array, 0, n, 0);
  }

  @Override
  void read(MemoryBuffers memory, long address, double[] to, int at, int n) {
    memory.read(address, to, at, n);
  }

  @Override
  void write(MemoryBuffers memory, double[] from, int at, long address, int n) {
    memory.write(from, at, address, n);
  }

  @Override
  void writeFloats(Chunks<double[]> chunks, float[] numbers, long address) {
    double[] made = new double[numbers.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = numbers[i];
    }
    chunks.write(made, address, 0, made.length);
  }

  @Override
  void readFloats(Chunks<double[]> chunks, float[] numbers, long address) {
    double[] found = new double[numbers.length];
    chunks.read(found, address, 0);
    for (int i = 0; i < found.length; i++) {
      numbers[i] = (float) found[i];
    }
  }

  @Override
  void writeDoubles(Chunks<double[]> chunks, double[] numbers, long address) {
    chunks.write(numbers, address, 0, numbers.length);
  }

  @Override
  void readDoubles(Chunks<double[]> chunks, double[] numbers, long address) {
    chunks.read(numbers, address, 0);
  }

  @Override
  void fromPixels(byte[] pixels, int from, double[] to, int n) {
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
  void scale(double alpha, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= alpha;
    }
  }

  @Override
  void scaleRows(double[] x, double[] factors, int rows, int n) {
    for (int i = 0; i < rows; i++) {
      for (int j = i * n; j < i * n + n; j++) {
        x[j] *= factors[i];
      }
    }
  }

  @Override
  void multiply(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= y[i];
    }
  }

  @Override
  double sum(double[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  double sumOfSquares(double[] x, int n) {
    // Two sums halve the chain of dependent additions.
    double even = 0;
    double odd = 0;
    for (int i = 0; i + 1 < n; i += 2) {
      even += x[i] * x[i];
      odd += x[i + 1] * x[i + 1];
    }
    double last = n % 2 == 0 ? 0 : x[n - 1];
    return even + odd + last * last;
  }

  @Override
  boolean passes(double[] x, int at, int n, RowCondition test) {
    double least = x[at];
    double largest = least;
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      double number = x[j];
      // Math.min and max would take several times as long; the sum detects NaN.
      least = number < least ? number : least;
      largest = number > largest ? number : largest;
      sum += number;
    }
    return test.passes(least, largest, sum);
  }

  @Override
  void addRow(double[] sums, double[] x, int at) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x[at + j];
    }
  }

  @Override
  void addProducts(double[] sums, double[] x, double[] y, int at) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x[at + j] * y[at + j];
    }
  }

  @Override
  void addSquares(double[] sums, double[] x, double[] means, int at) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += (x[at + j] - means[j]) * (x[at + j] - means[j]);
    }
  }
}
