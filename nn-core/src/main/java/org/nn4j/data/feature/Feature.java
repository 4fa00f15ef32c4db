package org.nn4j.data.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Column of raw values, encoded as one or more inputs of a network. */
public sealed interface Feature permits NumberFeature, BooleanFeature, CategoryFeature {
  /**
   * Returns the name of the column.
   *
   * @return such as {@code "age"}
   */
  String name();

  /**
   * Returns the names of its inputs.
   *
   * @return one or more, such as {@code plan=basic}
   */
  List<String> inputs();

  /**
   * Returns its number of inputs.
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
   * @param at the index of the first one
   * @throws FeatureException if the feature refuses the value
   */
  void encode(@Nullable Object raw, double[] to, int at);
}
