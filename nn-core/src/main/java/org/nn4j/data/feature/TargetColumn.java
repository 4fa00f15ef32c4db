package org.nn4j.data.feature;

import org.nn4j.Require;

/**
 * Column of numbers that a regression predicts.
 *
 * <pre>
 * y = (raw − mean) / deviation      raw = y · deviation + mean
 * </pre>
 *
 * @param name the name of the column
 * @param mean subtracted, in the units of the column
 * @param deviation the divisor, not 0
 */
public record TargetColumn(String name, double mean, double deviation) {
  /**
   * Checks the arguments.
   *
   * @param name the name of the column
   * @param mean subtracted
   * @param deviation the divisor, not 0
   * @throws IllegalArgumentException if a number is not finite, or the deviation is 0
   */
  public TargetColumn {
    Require.notNull(name, "TargetColumn", "name");
    Require.finite(mean, "target '" + name + "'", "mean");
    Require.that(
        deviation != 0 && Double.isFinite(deviation),
        "target '" + name + "'",
        "a deviation that is finite and not 0",
        deviation);
  }

  /**
   * Returns an unscaled target.
   *
   * @param name the name of the column
   * @return mean 0, deviation 1
   */
  public static TargetColumn unscaled(String name) {
    return new TargetColumn(name, 0, 1);
  }

  /**
   * Scales a value to the output of the network.
   *
   * @param raw in the units of the column
   * @return {@code y}
   */
  public double scale(double raw) {
    return (raw - mean) / deviation;
  }

  /**
   * Converts an output of the network to the units of the column.
   *
   * @param y an output
   * @return {@code raw}
   */
  public double unscale(double y) {
    return y * deviation + mean;
  }
}
