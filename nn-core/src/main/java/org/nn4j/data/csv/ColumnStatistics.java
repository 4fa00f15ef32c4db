package org.nn4j.data.csv;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.nn4j.Require;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Fill;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.Scaling;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.internal.Decimal;

/** Categories of one column, or statistics of its numbers. */
final class ColumnStatistics {
  /** Number of classes above which each must occur twice on average. */
  private static final int MAX_SINGLE_CLASSES = 100;

  private final String name;
  private final ColumnRole role;
  private final ColumnEncoding encoding;
  private final Decimal decimal;
  private final Set<String> texts = new TreeSet<>();

  /** Only used by the median fill. */
  private double[] numbers = {};

  private int kept;
  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  ColumnStatistics(String name, ColumnRole role, ColumnEncoding encoding, Decimal decimal) {
    this.name = name;
    this.role = role;
    this.encoding = encoding;
    this.decimal = decimal;
    boolean isNumber = role instanceof ColumnRole.Numeric;
    requireKind(
        !encoding.fills().containsKey(name) || isNumber || role instanceof ColumnRole.Truth,
        "fillMissing(...) of inputs that are numbers or true or false",
        "name others; unknownCategories(UnknownCategory.ZEROS) is for missing categories");
    requireKind(
        !encoding.scalings().containsKey(name) || isNumber,
        "scale(...) of inputs that are numbers",
        "name others; scaleTargets(...) is for targets");
  }

  private void requireKind(boolean holds, String expected, String remedy) {
    Require.that(holds, "CsvFormat", expected, "column '" + name + "', " + role, remedy);
  }

  String name() {
    return name;
  }

  boolean isCategorical() {
    return role instanceof ColumnRole.Categorical;
  }

  /** Returns whether its strings are categories. */
  boolean learnsTexts() {
    return isCategorical() || (role instanceof ColumnRole.Label label && label.classes().isEmpty());
  }

  /**
   * Adds a field.
   *
   * @param isTraining whether numbers count
   */
  void add(String text, boolean isTraining, EncodedColumn.Failure failure) {
    if (learnsTexts()) {
      addText(text, failure);
    } else if (role instanceof ColumnRole.Numeric && !(fills() && Decimal.isMissing(text))) {
      addNumber(EncodedColumn.number(text, decimal, name, failure), isTraining);
    } else if (role instanceof ColumnRole.Truth && !(fills() && Decimal.isMissing(text))) {
      double[] number = new double[1];
      new EncodedColumn.Input(new BooleanFeature(name, OptionalDouble.empty(), false), decimal)
          .write(text, number, 0, failure);
      addNumber(number[0], isTraining);
    } else if (role instanceof ColumnRole.Target) {
      addNumber(EncodedColumn.number(text, decimal, name, failure), isTraining);
    }
  }

  private boolean fills() {
    return !encoding.fill(name).isError();
  }

  private void addText(String text, EncodedColumn.Failure failure) {
    count++;
    if (!text.isEmpty()) {
      texts.add(text);
    } else if (role.isLabel() || encoding.unknown() == UnknownCategory.ERROR) {
      String remedy = "fill it in, or remove the line";
      throw failure.of(
          name,
          "a string",
          "nothing",
          role.isLabel() ? remedy : "fill it in, or set unknownCategories(UnknownCategory.ZEROS)");
    }
  }

  /**
   * Updates mean and squares by Welford's recurrence, which loses no digits of numbers far from 0.
   */
  private void addNumber(double number, boolean isTraining) {
    if (!isTraining) {
      return;
    }
    count++;
    double before = number - mean;
    mean += before / count;
    squares += before * (number - mean);
    min = Math.min(min, number);
    max = Math.max(max, number);
    if (fills()) {
      if (kept == numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(64, 2 * kept));
      }
      numbers[kept++] = number;
    }
  }

  /**
   * Returns the encoding of the column.
   *
   * @param failure of the whole column
   */
  EncodedColumn field(EncodedColumn.Failure failure) {
    if (role.isInput()) {
      return new EncodedColumn.Input(feature(failure), decimal);
    }
    if (role instanceof ColumnRole.Target) {
      Scale scale = scale(encoding.scalingOfTargets(), failure);
      return new EncodedColumn.Output(
          new TargetColumn(name, scale.mean(), scale.deviation()), decimal);
    }
    if (role instanceof ColumnRole.LabelNumber label) {
      List<String> classes = IntStream.range(0, label.classes()).mapToObj(String::valueOf).toList();
      return new LabelColumn(name, role, classes, decimal);
    }
    if (role instanceof ColumnRole.Label label) {
      List<String> classes = label.classes().isEmpty() ? classes(failure) : label.classes();
      return new LabelColumn(name, role, classes, decimal);
    }
    return new EncodedColumn.Nothing(name);
  }

  private Feature feature(EncodedColumn.Failure failure) {
    if (role instanceof ColumnRole.Categorical) {
      if (texts.isEmpty()) {
        throw failure.of(name, "at least one category", "none", "ignore the column");
      }
      return new CategoryFeature(name, sorted(failure), encoding.unknown());
    }
    Fill fill = encoding.fill(name);
    OptionalDouble filled = filled(fill, failure);
    if (role instanceof ColumnRole.Truth) {
      return new BooleanFeature(name, filled, fill.hasIndicator());
    }
    Scale scale = scale(encoding.scaling(name), failure);
    NumberFeature.Bounds bounds =
        count == 0 ? new NumberFeature.Bounds(0, 0) : new NumberFeature.Bounds(min, max);
    return new NumberFeature(
        name, bounds, scale.mean(), scale.deviation(), filled, fill.hasIndicator());
  }

  private OptionalDouble filled(Fill fill, EncodedColumn.Failure failure) {
    try {
      return fill.value(Arrays.copyOf(numbers, kept));
    } catch (IllegalArgumentException noNumber) {
      throw failure.of(
          name,
          "at least one number, for " + fill,
          "none",
          "ignore the column, or fill it with constant(...)");
    }
  }

  private record Scale(double mean, double deviation) {}

  /** A constant column is divided by 1. */
  private Scale scale(Scaling scaling, EncodedColumn.Failure failure) {
    if (scaling == Scaling.NONE || count == 0) {
      return new Scale(0, 1);
    }
    double shift = scaling == Scaling.STANDARD ? mean : min;
    double deviation = scaling == Scaling.STANDARD ? Math.sqrt(squares / count) : max - min;
    if (!Double.isFinite(shift) || !Double.isFinite(deviation)) {
      throw failure.of(
          name,
          "numbers that can be scaled",
          min + " to " + max,
          "replace numbers that encode missing values by empty fields, or set scaling NONE");
    }
    return new Scale(shift, deviation > 0 ? deviation : 1);
  }

  /** Refuses a column whose strings are not classes, such as prices or names. */
  private List<String> classes(EncodedColumn.Failure failure) {
    if (texts.size() > MAX_SINGLE_CLASSES && count < 2L * texts.size()) {
      throw failure.of(
          name,
          "classes that occur in several lines each",
          texts.size() + " different strings in " + count + " lines",
          "name a column of numbers with target(...), or list the classes in label(...)");
    }
    return sorted(failure);
  }

  /** Returns the strings, sorted by value if all are numbers, else alphabetically. */
  private List<String> sorted(EncodedColumn.Failure failure) {
    Map<BigDecimal, String> byValue = new TreeMap<>();
    for (String text : texts) {
      BigDecimal value = decimal.exact(text);
      if (value == null) {
        return List.copyOf(texts);
      }
      String other = byValue.put(value, text);
      if (other != null) {
        throw failure.of(
            name,
            "one spelling for each number",
            "'" + other + "' and '" + text + "'",
            "write them alike, so that they are one class or category");
      }
    }
    return new ArrayList<>(byValue.values());
  }
}
