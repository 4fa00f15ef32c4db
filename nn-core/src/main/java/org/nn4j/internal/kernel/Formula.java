package org.nn4j.internal.kernel;

import static org.nn4j.internal.memory.Memory.address;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A formula in two forms: a loop over floats, and operations of ND4J on arrays of any type, order
 * and backend. It is a constant of the class that is named after it, and the class has both forms
 * as methods, one under the other:
 *
 * <pre>{@code
 * private static final Formula.Elementwise<Elu> FORWARD = Formula.of(Elu::loop, Elu::operations);
 *
 * public void forward(INDArray z, INDArray a) {
 *   FORWARD.apply(this, z, a);
 * }
 * }</pre>
 *
 * <p>The loop is taken for row-major float arrays in CPU memory without gaps, whatever their size,
 * and the operations for all other arrays ({@link Kernel}). Loops get numbers by the chunk, in Java
 * arrays, where the JIT compiler turns a plain loop without conditions and calls into vector
 * instructions. Several threads call a loop at once where there are many numbers. A loop must not
 * call the kernel.
 *
 * @param <S> the class of the object that has the methods, and the coefficients
 */
public sealed interface Formula<S> {
  /** Returns a formula of the numbers of one array. */
  static <S> Elementwise<S> of(Loop<S> loop, Operations<S> operations) {
    return new Elementwise<>(loop, operations);
  }

  /** Returns a formula of the numbers of two arrays. */
  static <S> Pairwise<S> of(Loop2<S> loop, Operations2<S> operations) {
    return new Pairwise<>(loop, operations);
  }

  /** Returns a formula of rows, which lie along the last axis. */
  static <S> Rowwise<S> ofRows(RowLoop<S> loop, Operations2<S> operations) {
    return new Rowwise<>(loop, operations);
  }

  /**
   * Returns a formula of the rows of a matrix that also has a number for each row, such as the loss
   * of each sample and its gradient.
   */
  static <S> Samplewise<S> ofSamples(SampleLoop<S> loop, SampleOperations<S> operations) {
    return new Samplewise<>(loop, operations);
  }

  /**
   * Returns a formula of a matrix and what lies beside it, such as means by column. Its loop is
   * called once and by one thread; it reads and writes matrices by {@link Rows} and vectors by
   * {@link Kernel#floats} and {@link Kernel#fromJava}.
   */
  static <S> Whole<S> ofWhole(Form5<S> loop, Form5<S> operations) {
    return new Whole<>(loop, operations);
  }

  private static void requireArray(INDArray array, Object self, String name) {
    if (array == null) {
      throw new NullPointerException(
          self + ": expected argument '" + name + "', found null; pass an array");
    }
  }

  /** {@code x ← f(x)}. */
  @FunctionalInterface
  interface Loop<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x numbers, to be changed
     * @param n how many of the array
     */
    void apply(S self, float[] x, int n);
  }

  /** {@code to ← f(x)}. */
  @FunctionalInterface
  interface Operations<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x any array
     * @param to receives the results; may be {@code x}
     */
    void apply(S self, INDArray x, INDArray to);
  }

  /** {@code x ← f(x, y)}. */
  @FunctionalInterface
  interface Loop2<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x numbers, to be changed
     * @param y as many numbers
     * @param n how many of each array
     */
    void apply(S self, float[] x, float[] y, int n);
  }

  /** {@code to ← f(x, y)}. */
  @FunctionalInterface
  interface Operations2<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x any array
     * @param y an array of the same shape
     * @param to receives the results; may be {@code x}
     */
    void apply(S self, INDArray x, INDArray y, INDArray to);
  }

  /** {@code x ← f(x, y)} for one row. */
  @FunctionalInterface
  interface RowLoop<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x the row's numbers, to be changed
     * @param y as many numbers of the other array; {@code x} itself where it is given twice
     * @param at where the row begins in both
     * @param n how many numbers it has
     */
    void apply(S self, float[] x, float[] y, int at, int n);
  }

  /** {@code x ← f(x, y)} for one row, and a number that belongs to it. */
  @FunctionalInterface
  interface SampleLoop<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x the row's numbers, to be changed
     * @param y as many numbers of the other matrix
     * @param at where the row begins in both
     * @param n how many numbers it has
     * @return what belongs to the row, such as its loss
     */
    double apply(S self, float[] x, float[] y, int at, int n);
  }

  /** {@code to ← f(x, y)}, and a number for each row. */
  @FunctionalInterface
  interface SampleOperations<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param x {@code [B, n]}
     * @param y {@code [B, n]}
     * @param ofRows receives a number for each row, {@code B} in all
     * @param to receives the results {@code [B, n]}
     */
    void apply(S self, INDArray x, INDArray y, INDArray ofRows, INDArray to);
  }

  /** Either form of a formula of five arrays, which the formula names and orders itself. */
  @FunctionalInterface
  interface Form5<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param a an array
     * @param b an array
     * @param c an array
     * @param d an array
     * @param e an array
     */
    void apply(S self, INDArray a, INDArray b, INDArray c, INDArray d, INDArray e);
  }

  /**
   * A formula of the numbers of one array.
   *
   * @param loop over floats
   * @param operations of ND4J
   */
  record Elementwise<S>(Loop<S> loop, Operations<S> operations) implements Formula<S> {
    /**
     * {@code to ← f(x)}.
     *
     * @param self what has the coefficients
     * @param x any array
     * @param to receives the results; may be {@code x}
     */
    public void apply(S self, INDArray x, INDArray to) {
      Formula.requireArray(x, self, "input");
      Formula.requireArray(to, self, "result");
      if (Kernel.isFast(x, to)) {
        Chunks.map(self, address(x), address(to), x.length(), loop);
        Kernel.keepAlive(x, to);
      } else {
        operations.apply(self, x, to);
      }
    }
  }

  /**
   * A formula of the numbers of two arrays.
   *
   * @param loop over floats
   * @param operations of ND4J
   */
  record Pairwise<S>(Loop2<S> loop, Operations2<S> operations) implements Formula<S> {
    /**
     * {@code to ← f(x, y)}.
     *
     * @param self what has the coefficients
     * @param x any array
     * @param y an array of the same shape
     * @param to receives the results; may be {@code x}
     */
    public void apply(S self, INDArray x, INDArray y, INDArray to) {
      Formula.requireArray(x, self, "first input");
      Formula.requireArray(y, self, "second input");
      Formula.requireArray(to, self, "result");
      if (Kernel.isFast(x, y, to)) {
        Chunks.map(self, address(x), address(y), address(to), x.length(), loop);
        Kernel.keepAlive(x, y, to);
      } else {
        operations.apply(self, x, y, to);
      }
    }
  }

  /**
   * A formula of rows, which lie along the last axis.
   *
   * @param loop over floats
   * @param operations of ND4J
   */
  record Rowwise<S>(RowLoop<S> loop, Operations2<S> operations) implements Formula<S> {
    /**
     * {@code to ← f(x, y)}, row by row.
     *
     * @param self what has the coefficients
     * @param x {@code [B, ..., n]}
     * @param y an array of the same shape; may be {@code x}
     * @param to receives the results; may be {@code x}
     */
    public void apply(S self, INDArray x, INDArray y, INDArray to) {
      Formula.requireArray(x, self, "first input");
      Formula.requireArray(y, self, "second input");
      Formula.requireArray(to, self, "result");
      if (Kernel.isFast(x, y, to)) {
        int n = (int) x.size(x.rank() - 1);
        Chunks.mapRows(self, address(x), address(y), address(to), x.length(), n, loop);
        Kernel.keepAlive(x, y, to);
      } else {
        operations.apply(self, x, y, to);
      }
    }
  }

  /**
   * Returns a formula of the rows of a matrix that also has a number for each row.
   *
   * @param loop over floats
   * @param operations of ND4J
   */
  record Samplewise<S>(SampleLoop<S> loop, SampleOperations<S> operations) implements Formula<S> {
    /**
     * {@code to ← f(x, y)}, row by row, and a number for each row.
     *
     * @param self what has the coefficients
     * @param x {@code [B, n]}
     * @param y {@code [B, n]}
     * @param ofRows receives a number for each row, {@code B} in all
     * @param to receives the results {@code [B, n]}; may be {@code x} or {@code y}
     */
    public void apply(S self, INDArray x, INDArray y, INDArray ofRows, INDArray to) {
      if (Kernel.isFast(x, y, ofRows, to)) {
        int rows = (int) x.size(0);
        int n = (int) x.size(1);
        Chunks.mapSamples(
            self, address(x), address(y), address(ofRows), address(to), rows, n, loop);
        Kernel.keepAlive(x, y, ofRows, to);
      } else {
        operations.apply(self, x, y, ofRows, to);
      }
    }
  }

  /**
   * Returns a formula of a matrix and what lies beside it.
   *
   * @param loop over floats
   * @param operations of ND4J
   */
  record Whole<S>(Form5<S> loop, Form5<S> operations) implements Formula<S> {
    /**
     * Applies the formula.
     *
     * @param self what has the coefficients
     * @param a an array
     * @param b an array
     * @param c an array
     * @param d an array
     * @param e an array
     */
    public void apply(S self, INDArray a, INDArray b, INDArray c, INDArray d, INDArray e) {
      if (Kernel.isFast(a, b) && Kernel.isFast(c, d, e)) {
        loop.apply(self, a, b, c, d, e);
        Kernel.keepAlive(a, b);
        Kernel.keepAlive(c, d, e);
      } else {
        operations.apply(self, a, b, c, d, e);
      }
    }
  }
}
