package org.nn4j.data;

import org.nn4j.Require;

/**
 * One sample as Java numbers: what a program has that reads its data one by one.
 *
 * <p>The arrays are not copied. Thread-safe as long as nobody changes them.
 */
public final class Sample {
  private final double[] input;
  private final double[] target;

  private Sample(double[] input, double[] target) {
    Require.atLeastOne(input.length, "Sample", "inputs");
    Require.atLeastOne(target.length, "Sample", "targets");
    this.input = input;
    this.target = target;
  }

  /**
   * A sample.
   *
   * @param input what the network is given, at least one number
   * @param target what it should answer, at least one number
   * @return the sample
   * @throws IllegalArgumentException if there is no number
   */
  public static Sample of(double[] input, double... target) {
    Require.notNull(input, "Sample.of", "input");
    Require.notNull(target, "Sample.of", "target");
    return new Sample(input, target);
  }

  /**
   * A sample of a class, whose target is a one-hot row.
   *
   * @param input what the network is given, at least one number
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
   * What the network is given.
   *
   * @return the array itself
   */
  public double[] input() {
    return input;
  }

  /**
   * What it should answer.
   *
   * @return the array itself
   */
  public double[] target() {
    return target;
  }
}
