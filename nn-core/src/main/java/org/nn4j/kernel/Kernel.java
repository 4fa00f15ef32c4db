package org.nn4j.kernel;

import static java.lang.ref.Reference.reachabilityFence;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The primitives of the hot paths.
 *
 * <p>Each has two implementations: plain ND4J operations, right on every backend and data type, and
 * one on the arrays' own memory, for row-major float arrays in CPU memory. They differ in time, and
 * in the last bits. The system property {@value #PROPERTY} set to {@code plain} forces the plain
 * one.
 *
 * <p>Shapes are the callers' to check. Results are written into arrays that the caller owns.
 * Thread-safe as long as no two threads write to one array.
 */
@SuppressWarnings("ReachabilityFenceUsage") // each keepAlive stands in a finally block
public final class Kernel {
  /** Set to {@code plain} before the first use of the library: no fast paths. */
  static final String PROPERTY = "nn4j.kernel";

  private static final boolean FAST = !"plain".equals(System.getProperty(PROPERTY));

  /**
   * Up to this length, loops are as fast as ND4J's vectorised operations or much faster (ADR 4).
   */
  private static final long SMALL = 1 << 20;

  private Kernel() {}

  /**
   * A vector and the array that it lies in.
   *
   * @param room the array to close when the vector is not used any more
   * @param vector the room, or a part of it
   */
  public record Vector(INDArray room, INDArray vector) {
    /**
     * The size of the room.
     *
     * @return bytes outside the Java heap
     */
    public long bytes() {
      return room.length() * room.dataType().width();
    }
  }

  /**
   * A vector of zeros, to be cut into parameters. It lies outside any workspace that the caller may
   * have open, and where it can it begins with a line of the caches: products with what begins
   * there take up to 15 % less.
   *
   * @param type FLOAT or DOUBLE
   * @param length how many
   * @return a new vector, which may be a view
   */
  public static Vector vector(DataType type, long length) {
    if (length == 0) {
      INDArray empty = NewArrays.uninitialized(type, 0);
      return new Vector(empty, empty);
    }
    Backend.require(); // before Memory asks ND4J
    long spare = Memory.ON_CPU ? Memory.LINE / type.width() - 1 : 0;
    INDArray room = NewArrays.uninitialized(type, length + spare);
    if (spare == 0) {
      return new Vector(room, room.assign(0));
    }
    Memory.clear(room);
    long from = Memory.toNextLine(room);
    return new Vector(room, room.get(NDArrayIndex.interval(from, from + length)));
  }

  /**
   * {@code Z = X·W + b}.
   *
   * @param x {@code [B, in]}
   * @param w {@code [in, out]}
   * @param b {@code [out]}
   * @param z receives {@code [B, out]}; not a view
   */
  public static void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    try {
      if (isFast(x, w, b, z)) {
        FastKernel.affine(x, w, b, z);
      } else {
        PlainKernel.affine(x, w, b, z);
      }
    } finally {
      keepAlive(x, w, b, z);
    }
  }

  /**
   * {@code dX = dZ·Wᵀ}.
   *
   * @param dZ {@code [B, out]}
   * @param w {@code [in, out]}
   * @param dX receives {@code [B, in]}; not a view
   */
  public static void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    try {
      if (isFast(dZ, w, dX)) {
        FastKernel.affineInputGradient(dZ, w, dX);
      } else {
        PlainKernel.affineInputGradient(dZ, w, dX);
      }
    } finally {
      keepAlive(dZ, w, dX);
    }
  }

  /**
   * {@code dW += Xᵀ·dZ}.
   *
   * @param x {@code [B, in]}
   * @param dZ {@code [B, out]}
   * @param dW {@code [in, out]}, added to
   * @param isZero whether {@code dW} counts as zero whatever is in it: then it is written, not read
   */
  public static void addWeightGradient(INDArray x, INDArray dZ, INDArray dW, boolean isZero) {
    try {
      if (isFast(x, dZ, dW)) {
        FastKernel.addWeightGradient(x, dZ, dW, isZero);
      } else {
        PlainKernel.addWeightGradient(x, dZ, dW, isZero);
      }
    } finally {
      keepAlive(x, dZ, dW);
    }
  }

  /**
   * {@code db += Σ over the rows of dZ}.
   *
   * @param dZ {@code [B, out]}
   * @param db {@code [out]}, added to
   */
  public static void addBiasGradient(INDArray dZ, INDArray db) {
    try {
      if (isFast(dZ, db)) {
        FastKernel.addBiasGradient(dZ, db);
      } else {
        PlainKernel.addBiasGradient(dZ, db);
      }
    } finally {
      keepAlive(dZ, db);
    }
  }

  /**
   * {@code A = 1 / (1 + e^−Z)}.
   *
   * @param z the pre-activations
   * @param a receives the result; may be {@code z}
   */
  public static void sigmoid(INDArray z, INDArray a) {
    elementwise(z, a, FastKernel::sigmoid, PlainKernel::sigmoid);
  }

  /**
   * {@code dZ = A (1 − A) dA}.
   *
   * @param dA ∂L/∂A
   * @param a the output of {@link #sigmoid}
   * @param dZ receives the result
   */
  public static void sigmoidGradient(INDArray dA, INDArray a, INDArray dZ) {
    elementwise(dA, a, dZ, FastKernel::sigmoidGradient, PlainKernel::sigmoidGradient);
  }

  /**
   * {@code A = tanh Z}.
   *
   * @param z the pre-activations
   * @param a receives the result; may be {@code z}
   */
  public static void tanh(INDArray z, INDArray a) {
    elementwise(z, a, FastKernel::tanh, PlainKernel::tanh);
  }

  /**
   * {@code dZ = (1 − A²) dA}.
   *
   * @param dA ∂L/∂A
   * @param a the output of {@link #tanh}
   * @param dZ receives the result
   */
  public static void tanhGradient(INDArray dA, INDArray a, INDArray dZ) {
    elementwise(dA, a, dZ, FastKernel::tanhGradient, PlainKernel::tanhGradient);
  }

  /**
   * {@code A = max(Z, 0)}.
   *
   * @param z the pre-activations
   * @param a receives the result; may be {@code z}
   */
  public static void relu(INDArray z, INDArray a) {
    elementwise(z, a, FastKernel::relu, PlainKernel::relu);
  }

  /**
   * {@code dZ = dA where A > 0, else 0}.
   *
   * @param dA ∂L/∂A
   * @param a the output of {@link #relu}
   * @param dZ receives the result
   */
  public static void reluGradient(INDArray dA, INDArray a, INDArray dZ) {
    elementwise(dA, a, dZ, FastKernel::reluGradient, PlainKernel::reluGradient);
  }

  /**
   * {@code A = e^(Z − max Z) / Σ e^(Z − max Z)} along the last axis.
   *
   * @param z the pre-activations {@code [B, ..., out]}
   * @param a receives the result; may be {@code z}
   */
  public static void softmax(INDArray z, INDArray a) {
    elementwise(z, a, FastKernel::softmax, PlainKernel::softmax);
  }

  /**
   * {@code dZ = A (dA − Σ dA A)}, the sum along the last axis.
   *
   * @param dA ∂L/∂A {@code [B, ..., out]}
   * @param a the output of {@link #softmax}
   * @param dZ receives the result
   */
  public static void softmaxGradient(INDArray dA, INDArray a, INDArray dZ) {
    elementwise(dA, a, dZ, FastKernel::softmaxGradient, PlainKernel::softmaxGradient);
  }

  /**
   * A formula for each of some numbers: a plain loop, which the JIT compiler turns into vector
   * instructions where it has neither conditions nor calls. Called by several threads at once where
   * there are many numbers; must not call the kernel, which uses the array.
   */
  @FunctionalInterface
  public interface Loop {
    /**
     * {@code x ← f(x)}.
     *
     * @param x numbers, to be changed
     * @param n how many of the array
     */
    void apply(float[] x, int n);
  }

  /** A {@link Loop} over the numbers of two arrays. */
  @FunctionalInterface
  public interface Loop2 {
    /**
     * {@code x ← f(x, y)}.
     *
     * @param x numbers, to be changed
     * @param y as many numbers
     * @param n how many of each array
     */
    void apply(float[] x, float[] y, int n);
  }

  /**
   * {@code to = f(x)}, number by number, if the memory of the arrays can be worked on. Else nothing
   * is done, and ND4J operations have to: an ND4J operation takes 2 to 25 µs, which is more than
   * these loops take on the arrays of a small network.
   *
   * @param x any array
   * @param to receives the results; may be {@code x}
   * @param f the formula
   * @return whether it was done
   */
  public static boolean map(INDArray x, INDArray to, Loop f) {
    try {
      if (!isFast(x, to)) {
        return false;
      }
      Chunks.map(Memory.address(x), Memory.address(to), x.length(), f);
      return true;
    } finally {
      keepAlive(x, to);
    }
  }

  /**
   * {@code to = f(x, y)}, as {@link #map(INDArray, INDArray, Loop)}.
   *
   * @param x any array
   * @param y an array of the same shape
   * @param to receives the results; may be {@code x} or {@code y}
   * @param f the formula
   * @return whether it was done
   */
  public static boolean map(INDArray x, INDArray y, INDArray to, Loop2 f) {
    try {
      if (!isFast(x, y, to)) {
        return false;
      }
      Chunks.map(Memory.address(x), Memory.address(y), Memory.address(to), x.length(), f);
      return true;
    } finally {
      keepAlive(x, y, to);
    }
  }

  /**
   * {@code y += α x}.
   *
   * @param alpha the factor
   * @param x a vector
   * @param y a vector of the same length, added to
   */
  public static void axpy(double alpha, INDArray x, INDArray y) {
    try {
      if (isFast(x, y)) {
        FastKernel.axpy(alpha, x, y);
      } else {
        PlainKernel.axpy(alpha, x, y);
      }
    } finally {
      keepAlive(x, y);
    }
  }

  /**
   * {@code z = x y}, number by number.
   *
   * @param x any array
   * @param y an array of the same shape
   * @param z receives the products
   */
  public static void multiply(INDArray x, INDArray y, INDArray z) {
    try {
      if (isFast(x, y, z)) {
        FastKernel.multiply(x, y, z);
      } else {
        PlainKernel.multiply(x, y, z);
      }
    } finally {
      keepAlive(x, y, z);
    }
  }

  /**
   * Row {@code i} of the target becomes row {@code rows[i]} of the source.
   *
   * @param source {@code [N, n]}
   * @param rows indices into the source
   * @param target receives {@code [rows.length, n]}; of any floating-point type
   */
  public static void gather(INDArray source, int[] rows, INDArray target) {
    try {
      if (isFast(source, target)) {
        FastKernel.gather(source, rows, target);
      } else {
        PlainKernel.gather(source, rows, target);
      }
    } finally {
      keepAlive(source, target);
    }
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
    try {
      if (isFast(target)) {
        FastKernel.gatherPixels(source, rows, target);
      } else {
        PlainKernel.gatherPixels(source, rows, target);
      }
    } finally {
      keepAlive(target);
    }
  }

  /**
   * Row {@code i} of the target becomes the one-hot row of label {@code rows[i]}.
   *
   * @param labels class labels
   * @param rows indices into the labels
   * @param target receives {@code [rows.length, classes]}
   */
  public static void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    try {
      if (isFast(target)) {
        FastKernel.gatherOneHot(labels, rows, target);
      } else {
        PlainKernel.gatherOneHot(labels, rows, target);
      }
    } finally {
      keepAlive(target);
    }
  }

  /**
   * The squared error and its gradient: {@code loss = share Σ (a − y)²} by row, {@code dA = 2 share
   * (A − Y) / B}.
   *
   * @param a the predictions {@code [B, out]}
   * @param y the targets {@code [B, out]}
   * @param share the factor of each output's error
   * @param perSample receives the losses {@code [B]}
   * @param gradient receives dA {@code [B, out]}
   */
  public static void squaredError(
      INDArray a, INDArray y, double share, INDArray perSample, INDArray gradient) {
    try {
      if (isFast(a, y, perSample, gradient)) {
        FastKernel.squaredError(a, y, share, perSample, gradient);
      } else {
        PlainKernel.squaredError(a, y, share, perSample, gradient);
      }
    } finally {
      keepAlive(a, y, perSample, gradient);
    }
  }

  /**
   * The cross-entropy of softmax and its gradient, with {@code S = Z − max Z} by row: {@code loss =
   * − Σ y (s − log Σ e^s)}, {@code dZ = (softmax(Z) Σ y − Y) / B}.
   *
   * @param z the logits {@code [B, classes]}
   * @param y the targets {@code [B, classes]}
   * @param perSample receives the losses {@code [B]}
   * @param gradient receives dZ {@code [B, classes]}
   */
  public static void softmaxCrossEntropy(
      INDArray z, INDArray y, INDArray perSample, INDArray gradient) {
    try {
      if (isFast(z, y, perSample, gradient)) {
        FastKernel.softmaxCrossEntropy(z, y, perSample, gradient);
      } else {
        PlainKernel.softmaxCrossEntropy(z, y, perSample, gradient);
      }
    } finally {
      keepAlive(z, y, perSample, gradient);
    }
  }

  /** A formula for one row, such as the loss of a sample and its gradient. */
  @FunctionalInterface
  public interface RowLoop {
    /**
     * {@code x ← f(x, y)}.
     *
     * @param x the row's numbers from {@code at} on, to be changed
     * @param y as many numbers of another matrix
     * @param at where the row begins in both arrays
     * @param n how many numbers it has
     * @return what belongs to the whole row, such as its loss; 0 if nothing does
     */
    double apply(float[] x, float[] y, int at, int n);
  }

  /**
   * {@code to = f(x, y)}, row by row from the first to the last, if the memory of the arrays can be
   * worked on; else nothing is done, and ND4J operations have to.
   *
   * @param x {@code [B, n]}
   * @param y {@code [B, n]}
   * @param to receives the rows {@code [B, n]}; may be {@code x} or {@code y}
   * @param perRow receives what belongs to each row, {@code B} numbers; null if nothing does
   * @param f the formula; must not call the kernel
   * @return whether it was done
   */
  public static boolean mapRows(
      INDArray x, INDArray y, INDArray to, @Nullable INDArray perRow, RowLoop f) {
    try {
      if (!isFast(x, y, to) || (perRow != null && !isFast(perRow))) {
        return false;
      }
      FastKernel.mapRows(x, y, to, perRow, f);
      return true;
    } finally {
      keepAlive(x, y, to);
      reachabilityFence(perRow);
    }
  }

  /** What is asked of the numbers of a row. */
  @FunctionalInterface
  public interface RowTest {
    /**
     * Whether a row passes.
     *
     * @param least its smallest number
     * @param largest its largest number
     * @param sum the sum of its numbers; NaN or infinite if one of them is
     * @return whether it passes
     */
    boolean passes(double least, double largest, double sum);
  }

  /**
   * The first row that fails a test.
   *
   * @param x {@code [B, ...]}, a row being what belongs to one sample
   * @param test is asked of each row
   * @return its index, or −1 if all rows pass
   */
  public static int firstFailingRow(INDArray x, RowTest test) {
    try {
      return isFast(x) ? FastKernel.firstFailingRow(x, test) : PlainKernel.firstFailingRow(x, test);
    } finally {
      keepAlive(x);
    }
  }

  /**
   * The length of a vector.
   *
   * @param x a vector
   * @return {@code √Σ x²}
   */
  public static double norm(INDArray x) {
    try {
      return isFast(x) ? FastKernel.norm(x) : PlainKernel.norm(x);
    } finally {
      keepAlive(x);
    }
  }

  /**
   * The sum of the sizes of all numbers.
   *
   * @param x a vector
   * @return {@code Σ |x|}
   */
  public static double sumOfAbs(INDArray x) {
    try {
      return isFast(x) ? FastKernel.sumOfAbs(x) : PlainKernel.sumOfAbs(x);
    } finally {
      keepAlive(x);
    }
  }

  /**
   * The sum of all numbers, in double precision whatever their type.
   *
   * @param x any array
   * @return {@code Σ x}
   */
  public static double sum(INDArray x) {
    try {
      return isFast(x) ? FastKernel.sum(x) : PlainKernel.sum(x);
    } finally {
      keepAlive(x);
    }
  }

  /**
   * Copies numbers from a Java array.
   *
   * @param numbers as many as {@code to} has
   * @param to receives them, row-major
   */
  public static void fromJava(float[] numbers, INDArray to) {
    try {
      if (isFast(to)) {
        FastKernel.fromJava(numbers, to);
      } else {
        PlainKernel.fromJava(numbers, to);
      }
    } finally {
      keepAlive(to);
    }
  }

  /**
   * Copies numbers to a Java array.
   *
   * @param from any array
   * @param numbers receives them, row-major; as long as {@code from}
   */
  public static void toJava(INDArray from, float[] numbers) {
    try {
      if (isFast(from)) {
        FastKernel.toJava(from, numbers);
      } else {
        PlainKernel.toJava(from, numbers);
      }
    } finally {
      keepAlive(from);
    }
  }

  /**
   * Sets all numbers to zero.
   *
   * @param x any array
   */
  public static void clear(INDArray x) {
    try {
      if (isFast(x)) {
        FastKernel.clear(x);
      } else {
        PlainKernel.clear(x);
      }
    } finally {
      keepAlive(x);
    }
  }

  /**
   * Work on the rows from one index to another, which touches no other row. It must not wait for
   * the thread that asked for it.
   */
  @FunctionalInterface
  public interface RowWork {
    /**
     * Does its part.
     *
     * @param from the first row
     * @param to the row after the last
     */
    void apply(int from, int to);
  }

  /**
   * Does work on rows, shared among the cores where there is much of it.
   *
   * @param rows how many
   * @param length numbers in a row
   * @param work called for parts of the rows, by several threads at once
   */
  public static void forRows(int rows, int length, RowWork work) {
    Chunks.inParallel(
        (long) rows * length,
        length,
        (from, to) -> work.apply((int) (from / length), (int) (to / length)));
  }

  /**
   * What an optimizer does to each number of its vectors, on some thousand of them at a time: plain
   * loops over arrays, which the JIT compiler turns into vector instructions. Called by several
   * threads at once where the vectors are long; must not call the kernel, which uses these arrays.
   */
  @FunctionalInterface
  public interface Update {
    /**
     * Updates numbers, which have the same index in each array.
     *
     * @param g the gradients
     * @param theta the values, to be changed
     * @param state of each state vector some numbers, to be changed
     * @param from the index of the first number
     * @param to the index after the last
     */
    void apply(float[] g, float[] theta, float[][] state, int from, int to);
  }

  /**
   * Whether {@link #update} works on a vector; otherwise ND4J operations have to.
   *
   * @param vector packed values or gradients
   * @return whether its memory can be worked on
   */
  public static boolean takesUpdates(INDArray vector) {
    return isFast(vector);
  }

  /**
   * A step of an optimizer in one pass over its vectors.
   *
   * @param g the gradients, of which {@link #takesUpdates} holds
   * @param theta the values, of which {@link #takesUpdates} holds; changed
   * @param state state vectors, changed
   * @param offset where in them the first of the values has its state
   * @param update what to do
   */
  public static void update(
      INDArray g, INDArray theta, StateVector[] state, long offset, Update update) {
    try {
      FastKernel.update(g, theta, state, offset, update);
    } finally {
      keepAlive(g, theta);
    }
  }

  /** Whether products of a data type are oneDNN's. */
  static boolean isByOneDnn(DataType type) {
    return FAST && type == DataType.FLOAT && Memory.ON_CPU && Blas.BEST instanceof OneDnn;
  }

  /** Work on the numbers of an array, or on its rows one by one, where size decides as well. */
  @FunctionalInterface
  private interface Forward {
    void apply(INDArray z, INDArray a);
  }

  private static void elementwise(INDArray z, INDArray a, Forward fast, Forward plain) {
    try {
      (z.length() <= SMALL && isFast(z, a) ? fast : plain).apply(z, a);
    } finally {
      keepAlive(z, a);
    }
  }

  /** The way back of {@link Forward}. */
  @FunctionalInterface
  private interface Backward {
    void apply(INDArray dA, INDArray a, INDArray dZ);
  }

  private static void elementwise(
      INDArray dA, INDArray a, INDArray dZ, Backward fast, Backward plain) {
    try {
      (dA.length() <= SMALL && isFast(dA, a, dZ) ? fast : plain).apply(dA, a, dZ);
    } finally {
      keepAlive(dA, a, dZ);
    }
  }

  // Of fixed arity, because an array of arguments is garbage at each call.

  private static boolean isFast(INDArray a) {
    return FAST && Memory.isPlainRow(a);
  }

  private static boolean isFast(INDArray a, INDArray b) {
    return isFast(a) && isFast(b);
  }

  private static boolean isFast(INDArray a, INDArray b, INDArray c) {
    return isFast(a, b) && isFast(c);
  }

  private static boolean isFast(INDArray a, INDArray b, INDArray c, INDArray d) {
    return isFast(a, b) && isFast(c, d);
  }

  // An address does not keep its array alive; these calls do, until the work on it is done.

  private static void keepAlive(INDArray a) {
    reachabilityFence(a);
  }

  private static void keepAlive(INDArray a, INDArray b) {
    reachabilityFence(a);
    reachabilityFence(b);
  }

  private static void keepAlive(INDArray a, INDArray b, INDArray c) {
    keepAlive(a, b);
    reachabilityFence(c);
  }

  private static void keepAlive(INDArray a, INDArray b, INDArray c, INDArray d) {
    keepAlive(a, b);
    reachabilityFence(c);
    reachabilityFence(d);
  }
}
