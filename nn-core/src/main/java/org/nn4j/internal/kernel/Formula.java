package org.nn4j.internal.kernel;

import static org.nn4j.internal.memory.Memory.address;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Formula in three forms: a loop over floats, the same loop over doubles, and ND4J operations for
 * arrays of any type, order and backend. The class named after the formula declares it as a
 * constant and has the three forms as methods; the loops share a name:
 *
 * <pre>{@code
 * private static final Formula.Elementwise<Elu> FORWARD =
 *     Formula.of(Elu::loop, Elu::loop, Elu::operations);
 *
 * public void forward(INDArray z, INDArray a) {
 *   FORWARD.apply(this, z, a);
 * }
 * }</pre>
 *
 * <p>The loops compute row-major arrays of floats or doubles in CPU memory without gaps, whatever
 * their size; the operations compute all other arrays ({@link Kernel}). Loops get chunks of the
 * elements in Java arrays. The JIT compiler vectorizes plain loops without conditions and calls.
 * Large arrays are divided among threads. A loop must not call the kernel.
 *
 * @param <S> the class of the formula, whose object has the coefficients
 */
public sealed interface Formula<S> {
  /** Returns a formula of the elements of one array. */
  static <S> Elementwise<S> of(
      Loop<S, float[]> floats, Loop<S, double[]> doubles, Operations<S> operations) {
    return new Elementwise<>(floats, doubles, operations);
  }

  /** Returns a formula of the elements of two arrays. */
  static <S> Pairwise<S> of(
      Loop2<S, float[]> floats, Loop2<S, double[]> doubles, Operations2<S> operations) {
    return new Pairwise<>(floats, doubles, operations);
  }

  /** Returns a formula of rows along the last axis. */
  static <S> Rowwise<S> ofRows(
      RowLoop<S, float[]> floats, RowLoop<S, double[]> doubles, Operations2<S> operations) {
    return new Rowwise<>(floats, doubles, operations);
  }

  /**
   * Returns a formula of the rows of two matrices with an additional result for each row, such as
   * the gradient and the loss of each sample.
   */
  static <S> Samplewise<S> ofSamples(
      SampleLoop<S, float[]> floats,
      SampleLoop<S, double[]> doubles,
      SampleOperations<S> operations) {
    return new Samplewise<>(floats, doubles, operations);
  }

  private static INDArray requireArray(INDArray array, Object self, String name) {
    if (array == null) {
      throw new NullPointerException(
          self + ": expected argument '" + name + "', found null; pass an array");
    }
    return array;
  }

  private static void requireReal(INDArray x, Object self, String name) {
    if (!requireArray(x, self, name).dataType().isFPType() || x.isEmpty()) {
      throw refused(
          self,
          name,
          "of FLOAT or DOUBLE with one element or more",
          x,
          x.isEmpty() ? "pass at least one sample" : "cast it with castTo(DataType.FLOAT)");
    }
  }

  /** Checks that an array has the type and shape of the first one, as the loops require. */
  private static void requireLike(INDArray x, INDArray array, Object self, String name) {
    if (x != requireArray(array, self, name)
        && (x.dataType() != array.dataType() || !Arrays.equals(x.shape(), array.shape()))) {
      throw refused(
          self, name, describe(x), array, "pass an array of the shape and data type of the first");
    }
  }

  private static IllegalArgumentException refused(
      Object self, String name, String expected, INDArray found, String remedy) {
    return new IllegalArgumentException(
        self
            + ": expected argument '"
            + name
            + "' "
            + expected
            + ", found "
            + describe(found)
            + "; "
            + remedy);
  }

  private static String describe(INDArray array) {
    return Arrays.toString(array.shape()) + " of " + array.dataType();
  }

  /**
   * {@code x ← f(x)}.
   *
   * @param <S> the class of the formula
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  interface Loop<S, A> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x the elements, overwritten by the results
     * @param n the number of elements
     */
    void apply(S self, A x, int n);
  }

  /** {@code to ← f(x)}. */
  @FunctionalInterface
  interface Operations<S> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x any array
     * @param to receives the results; may be {@code x}
     */
    void apply(S self, INDArray x, INDArray to);
  }

  /**
   * {@code x ← f(x, y)}.
   *
   * @param <S> the class of the formula
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  interface Loop2<S, A> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x the elements, overwritten by the results
     * @param y as many elements
     * @param n the number of elements of each array
     */
    void apply(S self, A x, A y, int n);
  }

  /** {@code to ← f(x, y)}. */
  @FunctionalInterface
  interface Operations2<S> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x any array
     * @param y an array of the same shape
     * @param to receives the results; may be {@code x}
     */
    void apply(S self, INDArray x, INDArray y, INDArray to);
  }

  /**
   * {@code x ← f(x, y)} for one row.
   *
   * @param <S> the class of the formula
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  interface RowLoop<S, A> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x the array with the row, which is overwritten by the results
     * @param y as many elements of the other array; {@code x} itself where it is given twice
     * @param row the index of the row in the whole array
     * @param at the index of the row's first element in both arrays
     * @param n the length of the row
     */
    void apply(S self, A x, A y, int row, int at, int n);
  }

  /**
   * {@code x ← f(x, y)} for one row, with an additional result.
   *
   * @param <S> the class of the formula
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  interface SampleLoop<S, A> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x the array with the row, which is overwritten by the results
     * @param y as many elements of the other matrix
     * @param at the index of the row's first element in both arrays
     * @param n the length of the row
     * @return the additional result, such as the loss
     */
    double apply(S self, A x, A y, int at, int n);
  }

  /** {@code to ← f(x, y)}, with an additional result for each row. */
  @FunctionalInterface
  interface SampleOperations<S> {
    /**
     * Applies the formula.
     *
     * @param self the object with the coefficients
     * @param x {@code [B, n]}
     * @param y {@code [B, n]}
     * @param ofRows receives the additional results {@code [B]}
     * @param to receives the results {@code [B, n]}
     */
    void apply(S self, INDArray x, INDArray y, INDArray ofRows, INDArray to);
  }

  /**
   * Formula of the elements of one array.
   *
   * @param floats the loop over floats
   * @param doubles the loop over doubles
   * @param operations the ND4J operations
   */
  record Elementwise<S>(
      Loop<S, float[]> floats, Loop<S, double[]> doubles, Operations<S> operations)
      implements Formula<S> {
    /**
     * {@code to ← f(x)}.
     *
     * @param self the object with the coefficients
     * @param x any array
     * @param to receives the results; may be {@code x}
     */
    public void apply(S self, INDArray x, INDArray to) {
      Formula.requireReal(x, self, "input");
      Formula.requireLike(x, to, self, "result");
      if (!Kernel.isFast(x, to)) {
        operations.apply(self, x, to);
      } else if (x.dataType() == DataType.FLOAT) {
        Chunks.map(Floats.ELEMENTS, self, address(x), address(to), x.length(), floats);
      } else {
        Chunks.map(Doubles.ELEMENTS, self, address(x), address(to), x.length(), doubles);
      }
      Kernel.keepAlive(x, to);
    }
  }

  /**
   * Formula of the elements of two arrays.
   *
   * @param floats the loop over floats
   * @param doubles the loop over doubles
   * @param operations the ND4J operations
   */
  record Pairwise<S>(
      Loop2<S, float[]> floats, Loop2<S, double[]> doubles, Operations2<S> operations)
      implements Formula<S> {
    /**
     * {@code to ← f(x, y)}.
     *
     * @param self the object with the coefficients
     * @param x any array
     * @param y an array of the same shape
     * @param to receives the results; may be {@code x}
     */
    public void apply(S self, INDArray x, INDArray y, INDArray to) {
      Formula.requireReal(x, self, "first input");
      Formula.requireLike(x, y, self, "second input");
      Formula.requireLike(x, to, self, "result");
      if (!Kernel.isFast(x, y, to)) {
        operations.apply(self, x, y, to);
      } else if (x.dataType() == DataType.FLOAT) {
        map(Floats.ELEMENTS, self, x, y, to, floats);
      } else {
        map(Doubles.ELEMENTS, self, x, y, to, doubles);
      }
      Kernel.keepAlive(x, y, to);
    }

    private static <S, A> void map(
        Elements<A> elements, S self, INDArray x, INDArray y, INDArray to, Loop2<S, A> loop) {
      Chunks.map(elements, self, address(x), address(y), address(to), x.length(), loop);
    }
  }

  /**
   * Formula of rows along the last axis.
   *
   * @param floats the loop over floats
   * @param doubles the loop over doubles
   * @param operations the ND4J operations
   */
  record Rowwise<S>(
      RowLoop<S, float[]> floats, RowLoop<S, double[]> doubles, Operations2<S> operations)
      implements Formula<S> {
    /**
     * {@code to ← f(x, y)}, row by row.
     *
     * @param self the object with the coefficients
     * @param x {@code [B, ..., n]}
     * @param y an array of the same shape; may be {@code x}
     * @param to receives the results; may be {@code x}
     */
    public void apply(S self, INDArray x, INDArray y, INDArray to) {
      Formula.requireReal(x, self, "first input");
      Formula.requireLike(x, y, self, "second input");
      Formula.requireLike(x, to, self, "result");
      if (!Kernel.isFast(x, y, to)) {
        operations.apply(self, x, y, to);
      } else if (x.dataType() == DataType.FLOAT) {
        map(Floats.ELEMENTS, self, x, y, to, floats);
      } else {
        map(Doubles.ELEMENTS, self, x, y, to, doubles);
      }
      Kernel.keepAlive(x, y, to);
    }

    private static <S, A> void map(
        Elements<A> elements, S self, INDArray x, INDArray y, INDArray to, RowLoop<S, A> loop) {
      int n = (int) x.size(x.rank() - 1);
      Chunks.mapRows(elements, self, address(x), address(y), address(to), x.length(), n, loop);
    }
  }

  /**
   * Formula of the rows of a matrix that also has a number for each row.
   *
   * @param floats the loop over floats
   * @param doubles the loop over doubles
   * @param operations the ND4J operations
   */
  record Samplewise<S>(
      SampleLoop<S, float[]> floats,
      SampleLoop<S, double[]> doubles,
      SampleOperations<S> operations)
      implements Formula<S> {
    /**
     * {@code to ← f(x, y)}, row by row, with an additional result for each row.
     *
     * @param self the object with the coefficients
     * @param x {@code [B, n]}
     * @param y {@code [B, n]}
     * @param ofRows receives the additional results {@code [B]}
     * @param to receives the results {@code [B, n]}; may be {@code x} or {@code y}
     */
    public void apply(S self, INDArray x, INDArray y, INDArray ofRows, INDArray to) {
      Formula.requireLike(x, y, self, "second input");
      Formula.requireLike(x, to, self, "result");
      if (ofRows.length() != x.size(0)) {
        throw refused(
            self,
            "numbers of rows",
            "of length " + x.size(0),
            ofRows,
            "pass an array with one element for each row");
      }
      if (!Kernel.isFast(x, y, ofRows, to)) {
        operations.apply(self, x, y, ofRows, to);
      } else if (x.dataType() == DataType.FLOAT) {
        map(Floats.ELEMENTS, self, x, y, ofRows, to, floats);
      } else {
        map(Doubles.ELEMENTS, self, x, y, ofRows, to, doubles);
      }
      Kernel.keepAlive(x, y, ofRows, to);
    }

    private static <S, A> void map(
        Elements<A> elements,
        S self,
        INDArray x,
        INDArray y,
        INDArray ofRows,
        INDArray to,
        SampleLoop<S, A> loop) {
      int rows = (int) x.size(0);
      int n = (int) x.size(1);
      Chunks.mapSamples(
          elements, self, address(x), address(y), address(ofRows), address(to), rows, n, loop);
    }
  }
}
