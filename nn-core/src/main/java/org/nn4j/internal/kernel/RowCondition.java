package org.nn4j.internal.kernel;

/** Condition on the numbers of a row. */
@FunctionalInterface
public interface RowCondition {
  /**
   * Returns whether a row passes.
   *
   * @param least its smallest number
   * @param largest its largest number
   * @param sum the sum of its numbers; NaN or infinite if one of them is
   * @return whether it passes
   */
  boolean passes(double least, double largest, double sum);
}
