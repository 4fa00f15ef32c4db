package org.nn4j.internal.kernel;

import static java.lang.ref.Reference.reachabilityFence;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.Memory;

/**
 * Primitives of the hot paths, and the dispatch rule for them and for each {@link Formula}.
 *
 * <p>Each primitive has two implementations: ND4J operations, correct on every backend and data
 * type, and a fast one for row-major arrays of floats or doubles in CPU memory without gaps. Their
 * results differ in the last bits. The system property {@value Memory#PROPERTY} set to {@code
 * plain} forces ND4J operations, for formulas too.
 *
 * <p>Callers check shapes and own the arrays that receive results. Thread-safe as long as no two
 * threads write to one array.
 */
@SuppressWarnings("ReachabilityFenceUsage") // see keepAlive: it needs no finally block
public final class Kernel {
  private static final Primitives FLOATS = new FastKernel<>(Floats.ELEMENTS);
  private static final Primitives DOUBLES = new FastKernel<>(Doubles.ELEMENTS);
  private static final Primitives PLAIN = new PlainKernel();

  private Kernel() {}

  /**
   * {@code Z = X·W + b}. Products with zeros of X may be skipped, even if the element of W is
   * infinite or NaN.
   *
   * @param x {@code [B, in]}
   * @param w {@code [in, out]}
   * @param b {@code [out]}
   * @param z receives {@code [B, out]}; not a view
   */
  public static void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    primitives(x, w, b, z).affine(x, w, b, z);
    keepAlive(x, w, b, z);
  }

  /**
   * {@code dX = dZ·Wᵀ}.
   *
   * @param dZ {@code [B, out]}
   * @param w {@code [in, out]}
   * @param dX receives {@code [B, in]}; not a view
   */
  public static void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    primitives(dZ, w, dX).affineInputGradient(dZ, w, dX);
    keepAlive(dZ, w, dX);
  }

  /**
   * {@code dW = Xᵀ·dZ}.
   *
   * @param x {@code [B, in]}
   * @param dZ {@code [B, out]}
   * @param dW receives {@code [in, out]}; may be a view
   */
  public static void weightGradient(INDArray x, INDArray dZ, INDArray dW) {
    primitives(x, dZ, dW).weightGradient(x, dZ, dW);
    keepAlive(x, dZ, dW);
  }

  /**
   * {@code dW += Xᵀ·dZ}.
   *
   * @param x {@code [B, in]}
   * @param dZ {@code [B, out]}
   * @param dW {@code [in, out]}, added to
   */
  public static void addWeightGradient(INDArray x, INDArray dZ, INDArray dW) {
    primitives(x, dZ, dW).addWeightGradient(x, dZ, dW);
    keepAlive(x, dZ, dW);
  }

  /**
   * {@code db += Σ over the rows of dZ}.
   *
   * @param dZ {@code [B, out]}
   * @param db {@code [out]}, added to
   */
  public static void addBiasGradient(INDArray dZ, INDArray db) {
    primitives(dZ, db).addBiasGradient(dZ, db);
    keepAlive(dZ, db);
  }

  /**
   * {@code y += α x}.
   *
   * @param alpha the factor
   * @param x a vector
   * @param y a vector of the same length, added to
   */
  public static void axpy(double alpha, INDArray x, INDArray y) {
    primitives(x, y).axpy(alpha, x, y);
    keepAlive(x, y);
  }

  /**
   * {@code x ← α x}.
   *
   * @param x an array without gaps
   * @param alpha the factor
   */
  public static void scale(INDArray x, double alpha) {
    primitives(x).scale(x, alpha);
    keepAlive(x);
  }

  /**
   * Multiplies each row by its own factor.
   *
   * @param x {@code [B]} or {@code [B, n]}, changed
   * @param factors one for each row, {@code B} elements
   */
  public static void scaleRows(INDArray x, INDArray factors) {
    primitives(x, factors).scaleRows(x, factors);
    keepAlive(x, factors);
  }

  /**
   * {@code z = x y}, element by element.
   *
   * @param x any array
   * @param y an array of the same shape
   * @param z receives the products
   */
  public static void multiply(INDArray x, INDArray y, INDArray z) {
    primitives(x, y, z).multiply(x, y, z);
    keepAlive(x, y, z);
  }

  /**
   * Row {@code i} of the target becomes row {@code rows[i]} of the source.
   *
   * @param source {@code [N, n]}
   * @param rows indices into the source
   * @param target receives {@code [rows.length, n]}; of any floating-point type
   */
  public static void gather(INDArray source, int[] rows, INDArray target) {
    if (isRounded(source, target)) {
      FastKernel.gatherRounded(source, rows, target);
    } else {
      primitives(source, target).gather(source, rows, target);
    }
    keepAlive(source, target);
  }

  /**
   * Row {@code rows[i]} of the target becomes row {@code i} of the source.
   *
   * @param source {@code [rows.length, n]}
   * @param rows indices into the target
   * @param target receives some rows of {@code [N, n]}, of the same type
   */
  public static void scatter(INDArray source, int[] rows, INDArray target) {
    primitives(source, target).scatter(source, rows, target);
    keepAlive(source, target);
  }

  /**
   * Row {@code i} of the target becomes row {@code rows[i]} of the source, each byte divided by
   * 255.
   *
   * @param source rows of bytes from 0 to 255, one after the other
   * @param rows indices into the source
   * @param target receives {@code [rows.length, n...]}
   */
  public static void gatherPixels(byte[] source, int[] rows, INDArray target) {
    primitives(target).gatherPixels(source, rows, target);
    keepAlive(target);
  }

  /**
   * Row {@code i} of the target becomes the one-hot row of label {@code rows[i]}.
   *
   * @param labels class labels
   * @param rows indices into the labels
   * @param target receives {@code [rows.length, classes]}
   */
  public static void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    primitives(target).gatherOneHot(labels, rows, target);
    keepAlive(target);
  }

  /**
   * Returns the first row that fails a test.
   *
   * @param x {@code [B, ...]}, one row per sample
   * @param test the condition
   * @return its index, or −1 if all rows pass
   */
  public static int firstFailingRow(INDArray x, RowCondition test) {
    int row = primitives(x).firstFailingRow(x, test);
    keepAlive(x);
    return row;
  }

  /**
   * Returns the length of a vector.
   *
   * @param x a vector
   * @return {@code √Σ x²}
   */
  public static double norm(INDArray x) {
    double result = primitives(x).norm(x);
    keepAlive(x);
    return result;
  }

  /**
   * Returns whether a vector is certainly shorter than a length. Faster than the exact {@link
   * #norm}.
   *
   * @param x a vector
   * @param length a length
   * @return false if the vector is longer, nearly as long, or contains NaN
   */
  public static boolean isShorter(INDArray x, double length) {
    boolean result = primitives(x).isShorter(x, length);
    keepAlive(x);
    return result;
  }

  /**
   * Returns the sum of the squares of all elements. For floats the relative error is up to 1e-6, in
   * a view with gaps up to 1e-4.
   *
   * @param x a vector
   * @return {@code Σ x²}
   */
  public static double sumOfSquares(INDArray x) {
    double result = primitives(x).sumOfSquares(x);
    keepAlive(x);
    return result;
  }

  /**
   * Returns the sum of the absolute values of all elements, with the error of {@link
   * #sumOfSquares}.
   *
   * @param x a vector
   * @return {@code Σ |x|}
   */
  public static double sumOfAbs(INDArray x) {
    double result = primitives(x).sumOfAbs(x);
    keepAlive(x);
    return result;
  }

  /**
   * Returns the sum of all elements in double precision, whatever their type.
   *
   * @param x any array
   * @return {@code Σ x}
   */
  public static double sum(INDArray x) {
    double result = primitives(x).sum(x);
    keepAlive(x);
    return result;
  }

  /**
   * Returns whether all elements and their sum are finite.
   *
   * @param x any array
   * @return false if one is infinite or NaN
   */
  public static boolean isFinite(INDArray x) {
    boolean result = primitives(x).isFinite(x);
    keepAlive(x);
    return result;
  }

  /**
   * Copies the elements of an array in row-major order, cast to the type of the other.
   *
   * @param from any array
   * @param to an array of as many elements
   */
  public static void copy(INDArray from, INDArray to) {
    if (isRounded(from, to)) {
      FastKernel.round(from, to);
    } else {
      primitives(from, to).copy(from, to);
    }
    keepAlive(from, to);
  }

  /**
   * Sets all elements to zero.
   *
   * @param x any array
   */
  public static void clear(INDArray x) {
    primitives(x).clear(x);
    keepAlive(x);
  }

  /**
   * Returns the mean of each column.
   *
   * @param x {@code [B, n]}
   * @return {@code n} means, summed in double precision
   */
  public static double[] columnMeans(INDArray x) {
    double[] means = primitives(x).columnMeans(x);
    keepAlive(x);
    return means;
  }

  /**
   * Returns the mean of each column of {@code x y}, the elementwise products.
   *
   * @param x {@code [B, n]}
   * @param y {@code [B, n]}
   * @return {@code n} means, summed in double precision
   */
  public static double[] columnMeans(INDArray x, INDArray y) {
    double[] means = primitives(x, y).columnMeans(x, y);
    keepAlive(x, y);
    return means;
  }

  /**
   * Returns the variance of each column, with divisor B.
   *
   * @param x {@code [B, n]}
   * @param means the means of the columns
   * @return {@code n} variances, summed in double precision
   */
  public static double[] columnVariances(INDArray x, double[] means) {
    double[] variances = primitives(x).columnVariances(x, means);
    keepAlive(x);
    return variances;
  }

  static Primitives primitives(INDArray a) {
    return isFast(a) ? ofType(a) : PLAIN;
  }

  private static Primitives primitives(INDArray a, INDArray b) {
    return isFast(a, b) ? ofType(a) : PLAIN;
  }

  private static Primitives primitives(INDArray a, INDArray b, INDArray c) {
    return isFast(a, b, c) ? ofType(a) : PLAIN;
  }

  private static Primitives primitives(INDArray a, INDArray b, INDArray c, INDArray d) {
    return isFast(a, b, c, d) ? ofType(a) : PLAIN;
  }

  private static Primitives ofType(INDArray a) {
    return a.dataType() == DataType.FLOAT ? FLOATS : DOUBLES;
  }

  // The dispatch rule: the fast form for plain arrays that are all floats or all doubles. Fixed
  // arity, because a varargs array would be garbage at each call.

  static boolean isFast(INDArray a) {
    return Memory.isPlainRow(a);
  }

  static boolean isFast(INDArray a, INDArray b) {
    return isFast(a) && isFast(b) && a.dataType() == b.dataType();
  }

  static boolean isFast(INDArray a, INDArray b, INDArray c) {
    return isFast(a, b) && isFast(c) && a.dataType() == c.dataType();
  }

  static boolean isFast(INDArray a, INDArray b, INDArray c, INDArray d) {
    return isFast(a, b, c) && isFast(d) && a.dataType() == d.dataType();
  }

  /** Returns whether doubles become floats, by loops over Java arrays. */
  private static boolean isRounded(INDArray from, INDArray to) {
    return from.dataType() == DataType.DOUBLE
        && to.dataType() == DataType.FLOAT
        && isFast(from)
        && isFast(to);
  }

  // An address does not keep its array alive; these calls after the work do. They need no finally
  // block: an array that a later line uses is alive during the work, even if the work throws.

  static void keepAlive(INDArray a) {
    reachabilityFence(a);
  }

  static void keepAlive(INDArray a, INDArray b) {
    reachabilityFence(a);
    reachabilityFence(b);
  }

  static void keepAlive(INDArray a, INDArray b, INDArray c) {
    keepAlive(a, b);
    reachabilityFence(c);
  }

  static void keepAlive(INDArray a, INDArray b, INDArray c, INDArray d) {
    keepAlive(a, b);
    keepAlive(c, d);
  }
}
