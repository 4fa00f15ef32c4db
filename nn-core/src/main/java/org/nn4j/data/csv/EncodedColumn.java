package org.nn4j.data.csv;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.FeatureException;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/** Column with its role and the encoding of its fields. */
sealed interface EncodedColumn
    permits EncodedColumn.Nothing, EncodedColumn.Input, EncodedColumn.Output, LabelColumn {
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
      return "fill it in, remove the line, or set fillMissing(...) for inputs";
    }
    Decimal other = new Decimal(decimal.mark() == '.' ? ',' : '.');
    boolean otherMark = text.indexOf(other.mark()) >= 0 && !Double.isNaN(other.parse(text));
    if (GROUPED.matcher(text).matches()) {
      return "write it without marks between thousands" + (otherMark ? ", or " + set(other) : "");
    }
    return otherMark
        ? set(other)
        : "correct it, or set the role of the column with categorical, label or ignore";
  }

  private static String set(Decimal other) {
    return "set decimal('" + other.mark() + "') if that is the decimal mark of the file";
  }

  static String found(String text) {
    return text.isEmpty() ? "nothing" : "'" + Texts.brief(text) + "'";
  }
}
