package org.nn4j.data.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of raw values, and the numbers of a network's input that it becomes. */
public sealed interface Feature permits NumberFeature, BooleanFeature, CategoryFeature {
  /**
   * Returns the name of the column.
   *
   * @return such as {@code "age"}
   */
  String name();

  /**
   * Returns the names of its numbers.
   *
   * @return one or more, such as {@code plan=basic}
   */
  List<String> inputs();

  /**
   * Returns how many numbers it becomes.
   *
   * @return the size of {@link #inputs}
   */
  default int width() {
    return inputs().size();
  }

  /**
   * Encodes a raw value.
   *
   * @param raw the value; null if it is missing
   * @param to receives the numbers
   * @param at the index of the first
   * @throws FeatureException if the feature refuses the value
   */
  void encode(@Nullable Object raw, double[] to, int at);
}
