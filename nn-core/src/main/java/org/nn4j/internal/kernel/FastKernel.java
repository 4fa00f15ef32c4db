package org.nn4j.internal.kernel;

import static org.nn4j.internal.memory.Memory.address;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.blas.Native;
import org.nn4j.internal.memory.Memory;

/**
 * Primitives on native memory, for arrays of one type that satisfy {@link Memory#isPlainRow}:
 * products by BLAS, the others by plain loops over {@link Chunks}. They avoid the 2 to 25 µs that
 * an ND4J operation takes whatever its size. {@link Kernel} keeps the arrays alive.
 */
final class FastKernel<A> implements Primitives {
  /** Below it, squares of doubles may have lost digits. */
  private static final double MIN_SQUARES = 0x1p-900;

  /** Squares of the floats of a shorter vector may be 0. */
  private static final double SHORTEST = 1e-10;

  /** Upper bound of the relative error of the sum of squares. */
  private static final double ROUNDING = 1e-5;

  private static final Primitives PLAIN = new PlainKernel();

  private final Elements<A> elements;

  FastKernel(Elements<A> elements) {
    this.elements = elements;
  }

  private Native natives() {
    return Native.ofThread(elements.width);
  }

  private static int size(INDArray x, int axis) {
    return (int) x.shape()[axis];
  }

  @Override
  public void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    int in = size(w, 0);
    int out = size(w, 1);
    natives().affine(size(x, 0), out, in, address(x), address(w), address(b), address(z));
  }

  @Override
  public void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    int in = size(w, 0);
    int out = size(w, 1);
    natives().productWithTransposed(size(dZ, 0), in, out, address(dZ), address(w), address(dX));
  }

  @Override
  public void weightGradient(INDArray x, INDArray dZ, INDArray dW) {
    productOfTransposed(x, dZ, false, dW);
  }

  @Override
  public void addWeightGradient(INDArray x, INDArray dZ, INDArray dW) {
    productOfTransposed(x, dZ, true, dW);
  }

  private void productOfTransposed(INDArray x, INDArray dZ, boolean add, INDArray dW) {
    natives()
        .productOfTransposed(
            size(x, 1), size(dZ, 1), size(x, 0), address(x), address(dZ), add, address(dW));
  }

  @Override
  public void addBiasGradient(INDArray dZ, INDArray db) {
    natives().addSumOfRows(size(dZ, 0), size(dZ, 1), address(dZ), address(db));
  }

  @Override
  public int firstFailingRow(INDArray x, RowCondition test) {
    int rows = size(x, 0);
    int n = (int) (x.length() / rows);
    Chunks<A> chunks = elements.chunks();
    int step = Chunks.rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      A numbers = chunks.read(0, address(x), (long) row * n, count * n);
      for (int i = 0; i < count; i++) {
        if (!elements.passes(numbers, i * n, n, test)) {
          return row + i;
        }
      }
    }
    return -1;
  }

  @Override
  public void axpy(double alpha, INDArray x, INDArray y) {
    natives().axpy(y.length(), alpha, address(x), address(y));
  }

  /** Scales by α. */
  private record Scalar<A>(Elements<A> elements, double alpha) {
    private void loop(A x, int n) {
      elements.scale(alpha, x, n);
    }
  }

  @Override
  public void scale(INDArray x, double alpha) {
    Scalar<A> scalar = new Scalar<>(elements, alpha);
    Chunks.map(elements, scalar, address(x), address(x), x.length(), Scalar<A>::loop);
  }

  @Override
  public void scaleRows(INDArray x, INDArray factors) {
    int rows = size(x, 0);
    int n = (int) (x.length() / rows);
    Chunks<A> chunks = elements.chunks();
    int step = Chunks.rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      A numbers = chunks.read(0, address(x), (long) row * n, count * n);
      elements.scaleRows(numbers, chunks.read(1, address(factors), row, count), count, n);
      chunks.write(numbers, address(x), (long) row * n, count * n);
    }
  }

  @Override
  public void multiply(INDArray x, INDArray y, INDArray z) {
    long length = x.length();
    Chunks.map(
        elements, elements, address(x), address(y), address(z), length, Elements<A>::multiply);
  }

  @Override
  public void copy(INDArray from, INDArray to) {
    natives().copy(address(from), address(to), from.length() * elements.width);
  }

  /** Rounds doubles to floats. */
  static void round(INDArray from, INDArray to) {
    round(address(from), address(to), from.length());
  }

  /** Gathers rows of doubles as floats. */
  static void gatherRounded(INDArray source, int[] rows, INDArray target) {
    long n = source.size(1);
    for (int i = 0; i < rows.length; i++) {
      long row = address(source) + rows[i] * n * Double.BYTES;
      round(row, address(target) + i * n * Float.BYTES, n);
    }
  }

  private static void round(long from, long to, long length) {
    Chunks<float[]> floats = Floats.ELEMENTS.chunks();
    Chunks<double[]> doubles = Doubles.ELEMENTS.chunks();
    float[] rounded = floats.array(0, Chunks.LENGTH);
    for (long at = 0; at < length; at += Chunks.LENGTH) {
      int n = (int) Math.min(Chunks.LENGTH, length - at);
      double[] numbers = doubles.read(0, from, at, n);
      for (int i = 0; i < n; i++) {
        rounded[i] = (float) numbers[i];
      }
      floats.write(rounded, to, at, n);
    }
  }

  @Override
  public void fromJava(float[] numbers, INDArray to) {
    elements.writeFloats(elements.chunks(), numbers, address(to));
  }

  @Override
  public void fromJava(double[] numbers, INDArray to) {
    elements.writeDoubles(elements.chunks(), numbers, address(to));
  }

  @Override
  public void toJava(INDArray from, float[] numbers) {
    elements.readFloats(elements.chunks(), numbers, address(from));
  }

  @Override
  public void toJava(INDArray from, double[] numbers) {
    elements.readDoubles(elements.chunks(), numbers, address(from));
  }

  @Override
  public void clear(INDArray x) {
    natives().clear(address(x), x.length() * elements.width);
  }

  @Override
  public double sum(INDArray x) {
    return sum(x, Elements::sum);
  }

  @Override
  public boolean isFinite(INDArray x) {
    // Sums of large floats may overflow in the first.
    return Double.isFinite(sumOfAbs(x)) || Double.isFinite(sum(x));
  }

  @Override
  public double norm(INDArray x) {
    double squares = sum(x, Elements::sumOfSquares);
    boolean isOutside = squares < MIN_SQUARES || squares == Double.POSITIVE_INFINITY;
    return isOutside && elements == Doubles.ELEMENTS ? PLAIN.norm(x) : Math.sqrt(squares);
  }

  @Override
  public boolean isShorter(INDArray x, double length) {
    return length > SHORTEST && Math.sqrt(sumOfSquares(x)) * (1 + ROUNDING) < length;
  }

  @Override
  public double sumOfAbs(INDArray x) {
    return natives().sumOfAbs(x.length(), address(x));
  }

  @Override
  public double sumOfSquares(INDArray x) {
    double sum = natives().sumOfSquares(x.length(), address(x));
    return sum == Double.POSITIVE_INFINITY ? sum(x, Elements::sumOfSquares) : sum;
  }

  /** A sum over elements. */
  @FunctionalInterface
  private interface ChunkSum<A> {
    double of(Elements<A> elements, A x, int n);
  }

  private double sum(INDArray x, ChunkSum<A> ofChunk) {
    Chunks<A> chunks = elements.chunks();
    double sum = 0;
    for (long at = 0, end = x.length(); at < end; at += Chunks.LENGTH) {
      int n = (int) Math.min(Chunks.LENGTH, end - at);
      sum += ofChunk.of(elements, chunks.read(0, address(x), at, n), n);
    }
    return sum;
  }

  @Override
  public double[] columnMeans(INDArray x) {
    return columnMeans(x, x, (sums, row, same, at) -> elements.addRow(sums, row, at));
  }

  @Override
  public double[] columnMeans(INDArray x, INDArray y) {
    return columnMeans(x, y, elements::addProducts);
  }

  @Override
  public double[] columnVariances(INDArray x, double[] means) {
    return columnMeans(x, x, (sums, row, same, at) -> elements.addSquares(sums, row, means, at));
  }

  /** Adds a term of each element of a row to the sums of the columns. */
  @FunctionalInterface
  private interface RowTerms<A> {
    void addTo(double[] sums, A x, A y, int at);
  }

  private double[] columnMeans(INDArray x, INDArray y, RowTerms<A> terms) {
    int rows = size(x, 0);
    int n = size(x, 1);
    double[] sums = new double[n];
    Chunks<A> chunks = elements.chunks();
    int step = Chunks.rowsInChunk(n);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row) * n;
      A numbers = chunks.read(0, address(x), (long) row * n, count);
      A others = x == y ? numbers : chunks.read(1, address(y), (long) row * n, count);
      for (int at = 0; at < count; at += n) {
        terms.addTo(sums, numbers, others, at);
      }
    }
    for (int j = 0; j < n; j++) {
      sums[j] /= rows;
    }
    return sums;
  }

  @Override
  public void gather(INDArray source, int[] rows, INDArray target) {
    long bytes = source.size(1) * elements.width;
    long from = address(source);
    long to = address(target);
    Native natives = natives();
    for (int i = 0; i < rows.length; i++) {
      natives.copy(from + rows[i] * bytes, to + i * bytes, bytes);
    }
  }

  @Override
  public void scatter(INDArray source, int[] rows, INDArray target) {
    long bytes = source.size(1) * elements.width;
    long from = address(source);
    long to = address(target);
    Native natives = natives();
    for (int i = 0; i < rows.length; i++) {
      natives.copy(from + i * bytes, to + rows[i] * bytes, bytes);
    }
  }

  @Override
  public void gatherPixels(byte[] source, int[] rows, INDArray target) {
    int length = (int) (target.length() / rows.length);
    long to = address(target);
    RangeWork.run(
        target.length(),
        length,
        (from, end) -> {
          Chunks<A> chunks = elements.chunks();
          A numbers = chunks.array(0, length);
          for (long at = from; at < end; at += length) {
            elements.fromPixels(source, rows[(int) (at / length)] * length, numbers, length);
            chunks.write(numbers, to, at, length);
          }
        });
  }

  @Override
  public void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    int classes = size(target, 1);
    long to = address(target);
    Chunks<A> chunks = elements.chunks();
    int step = Chunks.rowsInChunk(classes);
    A row = chunks.array(0, step * classes);
    for (int first = 0; first < rows.length; first += step) {
      int count = Math.min(step, rows.length - first);
      elements.clear(row, count * classes);
      for (int i = 0; i < count; i++) {
        elements.set(row, i * classes + labels[rows[first + i]], 1);
      }
      chunks.write(row, to, (long) first * classes, count * classes);
    }
  }
}
