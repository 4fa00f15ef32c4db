package org.nn4j.data.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import org.nn4j.Require;

/**
 * Rule for missing numbers. The mean and the median are learned from training data.
 *
 * <pre>{@code
 * format.fillMissing(median());                              // every numeric column
 * format.fillMissing(constant(0).withIndicator(), "income"); // one column, with an indicator
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Fill {
  private enum Rule {
    ERROR,
    MEAN,
    MEDIAN,
    CONSTANT
  }

  private final Rule rule;
  private final double constant;
  private final boolean indicator;

  private Fill(Rule rule, double constant, boolean indicator) {
    this.rule = rule;
    this.constant = constant;
    this.indicator = indicator;
  }

  /**
   * Returns the rule that refuses missing numbers.
   *
   * @return the default rule
   */
  public static Fill error() {
    return new Fill(Rule.ERROR, 0, false);
  }

  /**
   * Returns the rule that fills with the mean of the column.
   *
   * @return the rule
   */
  public static Fill mean() {
    return new Fill(Rule.MEAN, 0, false);
  }

  /**
   * Returns the rule that fills with the median of the column: the middle number, or the mean of
   * the middle two. Learning it keeps the column in memory.
   *
   * @return the rule
   */
  public static Fill median() {
    return new Fill(Rule.MEDIAN, 0, false);
  }

  /**
   * Returns the rule that fills with a constant.
   *
   * @param number in the units of the column
   * @return the rule
   * @throws IllegalArgumentException if it is not finite
   */
  public static Fill constant(double number) {
    return new Fill(Rule.CONSTANT, Require.finite(number, "Fill", "constant"), false);
  }

  /**
   * Returns this rule with an indicator, a second number for the column: 1 where the value was
   * missing, else 0.
   *
   * @return a new rule
   * @throws IllegalArgumentException if missing numbers are refused
   */
  public Fill withIndicator() {
    Require.that(
        rule != Rule.ERROR,
        "Fill",
        "a rule that fills",
        "error()",
        "use mean(), median() or constant(...)");
    return new Fill(rule, constant, true);
  }

  /**
   * Returns whether a second number marks missing values.
   *
   * @return whether there is an indicator
   */
  public boolean hasIndicator() {
    return indicator;
  }

  /**
   * Returns whether missing numbers are refused.
   *
   * @return whether this is {@link #error()}
   */
  public boolean isError() {
    return rule == Rule.ERROR;
  }

  /**
   * Returns the fill of a column.
   *
   * @param known the numbers of the column that are not missing, in any order; not changed
   * @return empty if missing numbers are refused
   * @throws IllegalArgumentException if the rule is the mean or the median, and there are no
   *     numbers
   */
  public OptionalDouble value(double... known) {
    Require.notNull(known, "Fill.value", "known");
    if (rule == Rule.ERROR) {
      return OptionalDouble.empty();
    }
    if (rule == Rule.CONSTANT) {
      return OptionalDouble.of(constant);
    }
    Require.that(
        known.length > 0,
        this.toString(),
        "a column with at least one number",
        "none",
        "ignore the column, or fill it with constant(...)");
    return OptionalDouble.of(rule == Rule.MEAN ? meanOf(known) : medianOf(known));
  }

  private static double meanOf(double... numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number / numbers.length;
    }
    return sum;
  }

  private static double medianOf(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }

  @Override
  public String toString() {
    String name = rule.name().toLowerCase(Locale.ROOT);
    String argument = rule == Rule.CONSTANT ? String.valueOf(constant) : "";
    return name + "(" + argument + ")" + (indicator ? ".withIndicator()" : "");
  }
}
