package org.nn4j.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Checks columns on the driver, before a job starts. */
final class InputColumns {
  private static final String METHOD = "transform";

  private InputColumns() {}

  /** Returns the names of the columns that a model takes, given those that the user has named. */
  static List<String> of(StructType schema, List<String> named, SharedModel<?, ?> model) {
    requireUnused(schema, model.type());
    List<String> names = named.isEmpty() ? model.features() : named;
    requireCount(names.size(), model.width(), METHOD);
    for (String name : names) {
      requireType(schema, name, names.size() == 1, !model.features().isEmpty());
    }
    return names;
  }

  static void requireCount(int count, int width, String method) {
    if (count != width && count != 1) {
      throw Problems.refused(
          method,
          width + " columns, or one of arrays",
          count + " columns",
          "pass a column for each feature");
    }
  }

  private static void requireUnused(StructType schema, StructType appended) {
    for (String name : appended.fieldNames()) {
      for (String existing : schema.fieldNames()) {
        if (existing.equalsIgnoreCase(name)) {
          throw Problems.refused(
              METHOD,
              "rows without a column '" + name + "', which is appended",
              "'" + existing + "'",
              "rename it, for example with withColumnRenamed");
        }
      }
    }
  }

  private static void requireType(
      StructType schema, String name, boolean isOnly, boolean takesTexts) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (index < 0) {
      throw Problems.refused(
          METHOD,
          "a column '" + name + "'",
          "columns " + String.join(", ", schema.fieldNames()),
          "rename a column, or pass the names of the columns in the order of the features");
    }
    DataType type = schema.fields()[index].dataType();
    boolean fits =
        type instanceof NumericType
            || (takesTexts && (type instanceof StringType || type instanceof BooleanType))
            || (isOnly
                && type instanceof ArrayType array
                && array.elementType() instanceof NumericType);
    if (!fits) {
      throw Problems.refused(
          METHOD,
          "column '"
              + name
              + "' of "
              + (takesTexts ? "numbers, strings or booleans" : "numbers")
              + (isOnly ? ", or of arrays of numbers" : ""),
          type.simpleString(),
          "cast it");
    }
  }

  /** Returns a name that no column has. */
  static String unused(StructType schema) {
    StringBuilder name = new StringBuilder("scored");
    while (Arrays.stream(schema.fieldNames()).anyMatch(name.toString()::equalsIgnoreCase)) {
      name.append('_');
    }
    return name.toString();
  }
}
