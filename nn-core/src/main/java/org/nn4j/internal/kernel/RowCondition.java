package org.nn4j.internal.kernel;

/** Condition on the elements of a row. */
@FunctionalInterface
public interface RowCondition {
  /**
   * Returns whether a row passes.
   *
   * @param least the smallest element
   * @param largest the largest element
   * @param sum the sum of the elements; NaN or infinite if one of them is
   * @return whether it passes
   */
  boolean passes(double least, double largest, double sum);
}
