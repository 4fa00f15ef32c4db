package org.nn4j.data;

import java.io.Serial;
import java.io.Serializable;
import org.nn4j.Require;

/**
 * Sample in Java arrays, for programs that read samples one by one.
 *
 * <p>Serializable, to be sent to the processes of a cluster. The arrays are not copied. Thread-safe
 * as long as no thread changes them.
 */
public final class Sample implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** The elements of the input, row-major. */
  private final double[] input;

  /** The elements of the target, row-major. */
  private final double[] target;

  private Sample(double[] input, double[] target) {
    Require.atLeastOne(input.length, "Sample", "number of inputs");
    Require.atLeastOne(target.length, "Sample", "number of targets");
    this.input = input;
    this.target = target;
  }

  /**
   * Returns a sample.
   *
   * @param input at least one element
   * @param target at least one element
   * @return the sample
   * @throws IllegalArgumentException if there is no element
   */
  public static Sample of(double[] input, double... target) {
    Require.notNull(input, "Sample.of", "input");
    Require.notNull(target, "Sample.of", "target");
    return new Sample(input, target);
  }

  /**
   * Returns a sample of a class, with a one-hot target.
   *
   * @param input at least one element
   * @param label the class, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @return the sample
   * @throws IllegalArgumentException if there is no input, or the label is out of range
   */
  public static Sample ofLabel(double[] input, int label, int classes) {
    Require.notNull(input, "Sample.ofLabel", "input");
    Labels.check(new int[] {label}, classes);
    double[] target = new double[classes];
    target[label] = 1;
    return new Sample(input, target);
  }

  /**
   * Returns the input.
   *
   * @return the array; not copied
   */
  public double[] input() {
    return input;
  }

  /**
   * Returns the target.
   *
   * @return the array; not copied
   */
  public double[] target() {
    return target;
  }
}
