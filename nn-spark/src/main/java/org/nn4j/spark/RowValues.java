package org.nn4j.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Values of rows, as nn-predict takes them. */
final class RowValues {
  private RowValues() {}

  /** Returns the values of a row of features, or those of its only column, a vector. */
  static List<?> inOrder(Row row, int width) {
    if (row.size() == 1 && row.get(0) instanceof Seq<?>) {
      return row.getList(0);
    }
    if (row.size() == 1 && row.isNullAt(0) && width != 1) {
      throw new IllegalArgumentException(
          "row: expected " + width + " numbers, found null; fill in the vector");
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(value(row, i));
    }
    return values;
  }

  /** Returns the values of the fields with these names, or all values if there are no names. */
  static List<?> byName(Row row, List<String> names) {
    if (names.isEmpty() || row.schema() == null) {
      return inOrder(row, row.size());
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : names) {
      values.add(value(row, row.fieldIndex(name)));
    }
    return values;
  }

  /** Refuses other types, whose strings would be unknown categories. */
  private static @Nullable Object value(Row row, int index) {
    Object value = row.get(index);
    if (value == null
        || value instanceof Number
        || value instanceof String
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "row, value at index "
            + index
            + ": expected a number, a string or a boolean, found "
            + value.getClass().getName()
            + "; cast the column");
  }

  /** Returns an encoded row, which has no rule for missing numbers. */
  static float[] floats(Object row) {
    List<?> values = list(row);
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      Object value = values.get(i);
      numbers[i] = value instanceof Number number ? number.floatValue() : Float.NaN;
      if (Float.isNaN(numbers[i]) || Float.isInfinite(numbers[i])) {
        throw new IllegalArgumentException(
            "row, value at index "
                + i
                + ": expected a finite number in single precision, found "
                + value
                + "; correct it, or fill it in");
      }
    }
    return numbers;
  }

  private static List<?> list(Object row) {
    if (row instanceof float[] numbers) {
      List<Float> list = new ArrayList<>(numbers.length);
      for (float number : numbers) {
        list.add(number);
      }
      return list;
    }
    if (row instanceof double[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
    return row instanceof List<?> values ? values : Collections.singletonList(row);
  }
}
