package org.nn4j.data.csv;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.FeatureException;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/** Column with its role and the encoding of its fields. */
sealed interface EncodedColumn {
  /** Returns the name of the column. */
  String name();

  /** Returns the number of elements of an encoded field. */
  int width();

  /** Writes the elements of a field. */
  void write(String text, double[] to, int at, Failure failure);

  /** Creates the exception for a field. */
  @FunctionalInterface
  interface Failure {
    RuntimeException of(String column, String expected, String found, String remedy);
  }

  /** Ignored column. */
  record Nothing(String name) implements EncodedColumn {
    @Override
    public int width() {
      return 0;
    }

    @Override
    public void write(String text, double[] to, int at, Failure failure) {}
  }

  /** Input column. */
  record Input(Feature feature, Decimal decimal) implements EncodedColumn {
    @Override
    public String name() {
      return feature.name();
    }

    @Override
    public int width() {
      return feature.width();
    }

    @Override
    public void write(String text, double[] to, int at, Failure failure) {
      try {
        feature.encode(raw(text, failure), to, at);
      } catch (FeatureException e) {
        throw failure.of(name(), e.expected(), e.found(), e.remedy());
      }
    }

    private @Nullable Object raw(String text, Failure failure) {
      boolean fills =
          (feature instanceof NumberFeature number && number.fill().isPresent())
              || (feature instanceof BooleanFeature truth && truth.fill().isPresent());
      if (fills && Decimal.isMissing(text)) {
        return null;
      }
      return feature instanceof NumberFeature
          ? (Object) number(text, decimal, name(), failure)
          : text;
    }
  }

  /** Numeric target column. */
  record Output(TargetColumn target, Decimal decimal) implements EncodedColumn {
    @Override
    public String name() {
      return target.name();
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void write(String text, double[] to, int at, Failure failure) {
      to[at] = target.scale(number(text, decimal, name(), failure));
    }
  }

  /** Class, by name or by number. */
  final class Label implements EncodedColumn {
    /** Number of values that a message lists. */
    private static final int LISTED = 10;

    private final String name;
    private final ColumnRole role;
    private final List<String> classes;
    private final Decimal decimal;
    private final Map<String, Integer> indices = new LinkedHashMap<>();

    Label(String name, ColumnRole role, List<String> classes, Decimal decimal) {
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
        throw failure.of(name, expected(), found(text), remedy());
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

  /** Digits with marks between groups of three: a dot, comma, blank, apostrophe or underscore. */
  Pattern GROUPED =
      Pattern.compile("[-+]?\\d{1,3}([., '\u2019_\u00a0\u2009\u202f]\\d{3})+([.,]\\d*)?");

  /** Returns the number in a field. */
  static double number(String text, Decimal decimal, String column, Failure failure) {
    double number = decimal.parse(text);
    if (Double.isNaN(number)) {
      String expected =
          decimal.mark() == '.'
              ? "a finite number"
              : "a finite number with the decimal mark '" + decimal.mark() + "'";
      throw failure.of(column, expected, found(text), remedy(text, decimal));
    }
    return number;
  }

  /** Returns the advice for a string that is not a number. */
  private static String remedy(String text, Decimal decimal) {
    if (Decimal.isMissing(text)) {
      return "fill it in, leave the line out, or set fillMissing(...) for inputs";
    }
    Decimal other = new Decimal(decimal.mark() == '.' ? ',' : '.');
    boolean otherMark = text.indexOf(other.mark()) >= 0 && !Double.isNaN(other.parse(text));
    if (GROUPED.matcher(text).matches()) {
      return "write it without marks between thousands" + (otherMark ? ", or " + set(other) : "");
    }
    return otherMark
        ? set(other)
        : "correct it, or say what the column is with categorical, label or ignore";
  }

  private static String set(Decimal other) {
    return "set decimal('" + other.mark() + "') if that is the decimal mark of the file";
  }

  static String found(String text) {
    return text.isEmpty() ? "nothing" : "'" + Texts.brief(text) + "'";
  }
}
