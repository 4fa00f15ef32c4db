package org.nn4j.data.csv;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.Texts;

/** A column with its role, and the numbers that its fields become. */
final class Field {
  /** Values that a message lists. */
  private static final int LISTED = 10;

  private final String name;
  private final ColumnRole role;
  private final List<String> values;
  private final Decimal decimal;
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /**
   * A column.
   *
   * @param values the categories or classes, if it has some
   */
  Field(String name, ColumnRole role, List<String> values, Decimal decimal) {
    this.name = name;
    this.role = role;
    this.values = values;
    this.decimal = decimal;
    for (String value : values) {
      indices.put(value, indices.size());
    }
  }

  String name() {
    return name;
  }

  boolean isInput() {
    return role instanceof ColumnRole.Numeric || role instanceof ColumnRole.Categorical;
  }

  boolean isTarget() {
    return role.isLabel() || role instanceof ColumnRole.Target;
  }

  boolean isLabel() {
    return role.isLabel();
  }

  List<String> values() {
    return values;
  }

  /** What its numbers are called. */
  List<String> numberNames() {
    return values.isEmpty()
        ? List.of(name)
        : values.stream().map(value -> name + "=" + value).toList();
  }

  int width() {
    return Math.max(1, values.size());
  }

  /** Writes the numbers of a field. */
  void write(String text, double[] to, int at, Failure failure) {
    if (values.isEmpty()) {
      to[at] = number(text, failure);
    } else {
      to[at + index(text, failure)] = 1;
    }
  }

  private int index(String text, Failure failure) {
    Integer index = role instanceof ColumnRole.LabelNumber ? classNumber(text) : indices.get(text);
    if (index == null) {
      throw failure.of(name, expected(), found(text), remedy());
    }
    return index;
  }

  /** The class of a whole number, which may be written with decimals: 1, 1.0 or 1e0. */
  private @Nullable Integer classNumber(String text) {
    double number = decimal.parse(text);
    boolean isClass = number >= 0 && number < values.size() && number == Math.rint(number);
    return isClass ? (int) number : null;
  }

  private String expected() {
    if (role instanceof ColumnRole.LabelNumber) {
      return "a class from 0 to " + (values.size() - 1);
    }
    String some = values.stream().limit(LISTED).map(Texts::brief).collect(Collectors.joining(", "));
    String rest = values.size() > LISTED ? " ... (" + values.size() + " in all)" : "";
    return (role.isLabel() ? "one of the classes " : "one of the categories ") + some + rest;
  }

  private String remedy() {
    if (role instanceof ColumnRole.LabelNumber) {
      return "count classes from 0, or raise the number of classes";
    }
    return role instanceof ColumnRole.Label label && !label.classes().isEmpty()
        ? "correct the field, or name the class in label(...)"
        : "correct the field, or learn the columns from a file that has it";
  }

  private double number(String text, Failure failure) {
    double number = decimal.parse(text);
    if (Double.isNaN(number)) {
      throw failure.of(name, decimal.expected(), found(text), decimal.remedy(text));
    }
    return number;
  }

  static String found(String text) {
    return text.isEmpty() ? "nothing" : "'" + Texts.brief(text) + "'";
  }

  /** Makes the exception of a field. */
  @FunctionalInterface
  interface Failure {
    RuntimeException of(String column, String expected, String found, String remedy);
  }
}
