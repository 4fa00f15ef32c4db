package org.nn4j.data.csv;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/** Label column, whose fields are classes by name or by number; encoded one-hot. */
final class LabelColumn implements EncodedColumn {
  /** Number of values that a message lists. */
  private static final int LISTED = 10;

  private final String name;
  private final ColumnRole role;
  private final List<String> classes;
  private final Decimal decimal;
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  LabelColumn(String name, ColumnRole role, List<String> classes, Decimal decimal) {
    this.name = name;
    this.role = role;
    this.classes = classes;
    this.decimal = decimal;
    for (String value : classes) {
      indices.put(value, indices.size());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int width() {
    return classes.size();
  }

  List<String> classes() {
    return classes;
  }

  @Override
  public void write(String text, double[] to, int at, Failure failure) {
    Integer index = isNumber() ? classNumber(text) : indices.get(text);
    if (index == null) {
      throw failure.of(name, expected(), EncodedColumn.found(text), remedy());
    }
    to[at + index] = 1;
  }

  private boolean isNumber() {
    return role instanceof ColumnRole.LabelNumber;
  }

  /** Returns the class of an integer, which may be written with decimals: 1, 1.0 or 1e0. */
  private @Nullable Integer classNumber(String text) {
    double number = decimal.parse(text);
    boolean isClass = number >= 0 && number < classes.size() && number == Math.rint(number);
    return isClass ? (int) number : null;
  }

  private String expected() {
    if (isNumber()) {
      return "a class from 0 to " + (classes.size() - 1);
    }
    return "one of the classes "
        + classes.stream().limit(LISTED).map(Texts::brief).collect(Collectors.joining(", "))
        + (classes.size() > LISTED ? " ... (" + classes.size() + " in all)" : "");
  }

  private String remedy() {
    if (isNumber()) {
      return "count classes from 0, or raise the number of classes";
    }
    return role instanceof ColumnRole.Label label && !label.classes().isEmpty()
        ? "correct the field, or name the class in label(...)"
        : "correct the field, or learn the columns from a file that has it";
  }
}
