package org.nn4j.data.csv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.feature.Fill;
import org.nn4j.data.feature.Scaling;
import org.nn4j.data.feature.UnknownCategory;

/**
 * Rules for the encoding of columns.
 *
 * @param fills for missing values, by column; "" for all others
 * @param scalings of inputs, by column; "" for all others
 * @param targetScaling null if none was chosen
 */
record ColumnEncoding(
    Map<String, Fill> fills,
    Map<String, Scaling> scalings,
    UnknownCategory unknown,
    @Nullable Scaling targetScaling) {
  static final ColumnEncoding NONE =
      new ColumnEncoding(Map.of(), Map.of(), UnknownCategory.ERROR, null);

  private static final String OTHERS = "";

  ColumnEncoding withFill(Fill fill, String... columns) {
    return new ColumnEncoding(with(fills, fill, columns), scalings, unknown, targetScaling);
  }

  ColumnEncoding withScaling(Scaling scaling, String... columns) {
    return new ColumnEncoding(fills, with(scalings, scaling, columns), unknown, targetScaling);
  }

  ColumnEncoding withUnknown(UnknownCategory rule) {
    return new ColumnEncoding(fills, scalings, rule, targetScaling);
  }

  ColumnEncoding withTargetScaling(Scaling scaling) {
    return new ColumnEncoding(fills, scalings, unknown, scaling);
  }

  ColumnEncoding standardized() {
    ColumnEncoding inputs = scalings.containsKey(OTHERS) ? this : withScaling(Scaling.STANDARD);
    return targetScaling == null ? inputs.withTargetScaling(Scaling.STANDARD) : inputs;
  }

  Scaling scalingOfTargets() {
    return targetScaling == null ? Scaling.NONE : targetScaling;
  }

  private static <T> Map<String, T> with(Map<String, T> rules, T rule, String... columns) {
    Map<String, T> more = new LinkedHashMap<>(rules);
    for (String column : columns) {
      more.put(column, rule);
    }
    if (columns.length == 0) {
      more.put(OTHERS, rule);
    }
    return more;
  }

  Fill fill(String column) {
    return fills.getOrDefault(column, fills.getOrDefault(OTHERS, Fill.error()));
  }

  Scaling scaling(String column) {
    return scalings.getOrDefault(column, scalings.getOrDefault(OTHERS, Scaling.NONE));
  }

  /** Returns the columns named by rules. */
  Set<String> namedColumns() {
    Map<String, Object> named = new LinkedHashMap<>(fills);
    named.putAll(scalings);
    named.remove(OTHERS);
    return named.keySet();
  }
}
