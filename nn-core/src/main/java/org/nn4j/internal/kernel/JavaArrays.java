package org.nn4j.internal.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between ND4J arrays of any layout and Java arrays in row-major order. Thread-safe. */
public final class JavaArrays {
  private JavaArrays() {}

  /**
   * Copies elements from a Java array.
   *
   * @param from as many elements as {@code to} has
   * @param to receives the elements
   */
  public static void copy(float[] from, INDArray to) {
    Kernel.primitives(to).fromJava(from, to);
    Kernel.keepAlive(to);
  }

  /**
   * Copies elements from a Java array.
   *
   * @param from as many elements as {@code to} has
   * @param to receives the elements, rounded to its type
   */
  public static void copy(double[] from, INDArray to) {
    Kernel.primitives(to).fromJava(from, to);
    Kernel.keepAlive(to);
  }

  /**
   * Copies rows from Java arrays.
   *
   * @param from rows of one length
   * @param to {@code [B, ...]}, receives the elements, rounded to its type
   */
  public static void copy(double[][] from, INDArray to) {
    int width = from[0].length;
    double[] all = new double[Math.toIntExact(to.length())];
    for (int i = 0; i < from.length; i++) {
      System.arraycopy(from[i], 0, all, i * width, width);
    }
    copy(all, to);
  }

  /**
   * Copies elements to a Java array.
   *
   * @param from any array
   * @param to receives the elements; as long as {@code from}
   */
  public static void copy(INDArray from, float[] to) {
    Kernel.primitives(from).toJava(from, to);
    Kernel.keepAlive(from);
  }

  /**
   * Returns a copy in single precision.
   *
   * @param x any array
   * @return the elements
   */
  public static float[] floats(INDArray x) {
    float[] elements = new float[Math.toIntExact(x.length())];
    copy(x, elements);
    return elements;
  }

  /**
   * Returns a copy in double precision.
   *
   * @param x any array
   * @return the elements
   */
  public static double[] doubles(INDArray x) {
    double[] elements = new double[Math.toIntExact(x.length())];
    Kernel.primitives(x).toJava(x, elements);
    Kernel.keepAlive(x);
    return elements;
  }

  /**
   * Returns a copy of the rows. ND4J's {@code toDoubleMatrix} creates an array for each.
   *
   * @param x {@code [B, ...]}
   * @return {@code [B][...]}
   */
  public static double[][] rows(INDArray x) {
    double[] all = doubles(x);
    double[][] rows = new double[Math.toIntExact(x.size(0))][];
    int width = all.length / rows.length;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
    }
    return rows;
  }
}
