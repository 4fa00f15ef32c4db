package org.nn4j.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Checks columns on the driver, before a job starts. */
final class InputColumns {
  private static final String METHOD = "transform";
  private static final String ARRAYS = "arrays of numbers";

  private InputColumns() {}

  /** Returns the names of the columns that a model takes, given those that the user has named. */
  static List<String> of(Dataset<Row> rows, List<String> named, SharedModel<?, ?> model) {
    StructType schema = rows.schema();
    boolean sameCase =
        Boolean.parseBoolean(rows.sparkSession().conf().get("spark.sql.caseSensitive"));
    requireUnused(schema, model.type());
    List<String> names = named.isEmpty() ? model.features() : named;
    requireCount(names.size(), model.width(), METHOD);
    for (String name : names) {
      requireType(name, requireOne(schema, name, sameCase), names.size(), model);
    }
    return names;
  }

  static void requireCount(int count, int width, String method) {
    if (count != width && count != 1) {
      throw SparkErrors.refused(
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
          throw SparkErrors.refused(
              METHOD,
              "rows without a column '" + name + "', which is appended",
              "'" + existing + "'",
              "rename it, for example with withColumnRenamed");
        }
      }
    }
  }

  /** Returns the type of the only column of a name, as Spark compares names. */
  private static DataType requireOne(StructType schema, String name, boolean sameCase) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (index < 0) {
      throw SparkErrors.refused(
          METHOD,
          "a column '" + name + "'",
          "columns " + String.join(", ", schema.fieldNames()),
          "rename a column, or pass the names of the columns in the order of the features");
    }
    List<String> found =
        Arrays.stream(schema.fieldNames())
            .filter(other -> sameCase ? other.equals(name) : other.equalsIgnoreCase(name))
            .toList();
    if (found.size() > 1) {
      throw SparkErrors.refused(
          METHOD,
          "one column '" + name + "'",
          String.join(", ", found),
          "drop or rename the others, before a join if there is one");
    }
    return schema.fields()[index].dataType();
  }

  private static void requireType(String name, DataType type, int count, SharedModel<?, ?> model) {
    boolean takesTexts = !model.features().isEmpty();
    boolean isValue =
        type instanceof NumericType
            || (takesTexts && (type instanceof StringType || type instanceof BooleanType));
    boolean isArray = type instanceof ArrayType array && array.elementType() instanceof NumericType;
    boolean takesValues = count == model.width();
    if ((isValue && takesValues) || (isArray && count == 1)) {
      return;
    }
    String values = takesTexts ? "numbers, strings or booleans" : "numbers";
    String expected = takesValues ? (count == 1 ? values + ", or of " + ARRAYS : values) : ARRAYS;
    throw SparkErrors.refused(
        METHOD,
        "column '" + name + "' of " + expected,
        type.simpleString(),
        takesValues ? "cast it" : "pass one of them, or a column for each feature");
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
