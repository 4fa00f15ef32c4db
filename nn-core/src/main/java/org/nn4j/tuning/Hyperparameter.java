package org.nn4j.tuning;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * Dimension of a search: a name, and the values that it may have.
 *
 * <pre>{@code
 * Hyperparameter<Double> rate = Hyperparameter.logUniform("rate", 1e-4, 1e-1);
 * Hyperparameter<String> optimizer = Hyperparameter.choice("optimizer", "adam", "momentum");
 * Hyperparameter<Double> momentum =
 *     Hyperparameter.uniform("momentum", 0.5, 0.99).when(optimizer, "momentum");
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the type of a value
 */
public final class Hyperparameter<T> {
  private static final String WHO = "Hyperparameter";

  private final String name;
  private final String range;
  private final DoubleFunction<T> at;
  private final IntFunction<List<T>> grid;
  private final @Nullable Condition condition;

  /** Values of another hyperparameter beside which this one exists. */
  private record Condition(Hyperparameter<?> other, List<?> values) {}

  private Hyperparameter(
      String name,
      String range,
      DoubleFunction<T> at,
      IntFunction<List<T>> grid,
      @Nullable Condition condition) {
    this.name = name;
    this.range = range;
    this.at = at;
    this.grid = grid;
    this.condition = condition;
  }

  /**
   * Returns a hyperparameter with a uniform distribution.
   *
   * @param name its name
   * @param from the smallest value
   * @param to the largest value
   * @return a hyperparameter
   * @throws IllegalArgumentException if the range is empty or not finite
   */
  public static Hyperparameter<Double> uniform(String name, double from, double to) {
    Require.notNull(name, "Hyperparameter.uniform", "name");
    requireRange(name, from, to);
    return ofNumbers(
        name,
        "uniform in [" + from + ", " + to + "]",
        u -> within(from, to, u, from + u * (to - from)));
  }

  /**
   * Returns a hyperparameter whose logarithm has a uniform distribution, such as a learning rate.
   *
   * @param name its name
   * @param from the smallest value, above 0
   * @param to the largest value
   * @return a hyperparameter
   * @throws IllegalArgumentException if the range is empty, not finite or not above 0
   */
  public static Hyperparameter<Double> logUniform(String name, double from, double to) {
    Require.notNull(name, "Hyperparameter.logUniform", "name");
    Require.positive(from, WHO, "smallest value of '" + name + "'");
    requireRange(name, from, to);
    double low = Math.log(from);
    double width = Math.log(to) - low;
    return ofNumbers(
        name,
        "log-uniform in [" + from + ", " + to + "]",
        u -> within(from, to, u, Math.exp(low + u * width)));
  }

  private static Hyperparameter<Double> ofNumbers(
      String name, String range, DoubleFunction<Double> at) {
    return new Hyperparameter<>(
        name,
        range,
        at,
        points -> IntStream.range(0, points).mapToObj(i -> at.apply(part(i, points))).toList(),
        null);
  }

  /** Returns the position of a point of a grid, from 0 to 1; a single one is in the middle. */
  private static double part(int i, int points) {
    return points == 1 ? 0.5 : i / (points - 1.0);
  }

  private static void requireRange(String name, double from, double to) {
    Require.that(
        Double.isFinite(from) && Double.isFinite(to) && from < to && Double.isFinite(to - from),
        WHO,
        "a smallest and a larger value of '" + name + "'",
        from + " and " + to);
  }

  /** Returns a value, or the exact end of the range that the position is at. */
  private static double within(double from, double to, double position, double value) {
    if (position == 0) {
      return from;
    }
    return position == 1 ? to : Math.min(Math.max(value, from), to);
  }

  /**
   * Returns a hyperparameter of integers with a uniform distribution.
   *
   * @param name its name
   * @param from the smallest value
   * @param to the largest value
   * @return a hyperparameter
   * @throws IllegalArgumentException if the largest is below the smallest
   */
  public static Hyperparameter<Integer> integers(String name, int from, int to) {
    Require.notNull(name, "Hyperparameter.integers", "name");
    Require.that(
        from <= to, WHO, "a smallest and a largest value of '" + name + "'", from + " and " + to);
    double count = (double) to - from + 1;
    return new Hyperparameter<>(
        name,
        "integer in [" + from + ", " + to + "]",
        u -> (int) (from + Math.min(Math.floor(u * count), count - 1)),
        points ->
            IntStream.range(0, (int) Math.min(points, count))
                .map(
                    i ->
                        (int)
                            Math.round(from + part(i, (int) Math.min(points, count)) * (count - 1)))
                .boxed()
                .toList(),
        null);
  }

  /**
   * Returns a choice among values of equal probability.
   *
   * @param <T> the type of a value
   * @param name its name
   * @param values the values, as strings all different
   * @return a hyperparameter
   * @throws IllegalArgumentException if there is no value, or two are equal as strings
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <T> Hyperparameter<T> choice(String name, T... values) {
    Require.notNull(name, "Hyperparameter.choice", "name");
    Require.notNull(values, "Hyperparameter.choice", "values");
    List<T> all = Stream.of(values).map(value -> Require.notNull(value, WHO, "value")).toList();
    Require.that(
        !all.isEmpty()
            && new LinkedHashSet<>(all.stream().map(Objects::toString).toList()).size()
                == all.size(),
        WHO,
        "values of '" + name + "' that differ as strings",
        all,
        "name each value once");
    return new Hyperparameter<>(
        name,
        "one of " + all,
        u -> all.get((int) Math.min(u * all.size(), all.size() - 1.0)),
        points -> all,
        null);
  }

  /**
   * Returns this hyperparameter with a condition: it exists only beside certain values of another.
   *
   * @param <U> the type of the other
   * @param other another hyperparameter, before this one in the search
   * @param values its values
   * @return a hyperparameter
   * @throws IllegalArgumentException if there is no value
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final <U> Hyperparameter<T> when(Hyperparameter<U> other, U... values) {
    Require.notNull(other, "Hyperparameter.when", "other");
    Require.notNull(values, "Hyperparameter.when", "values");
    Require.that(
        values.length > 0, WHO, "values of '" + other.name + "'", "none", "pass one or more");
    return new Hyperparameter<>(
        name, range, at, grid, new Condition(other, List.of(Arrays.copyOf(values, values.length))));
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** Returns the value at a position from 0 to 1. */
  T at(double position) {
    return at.apply(position);
  }

  /** Returns evenly spaced values, or all if there are no more. */
  List<T> grid(int points) {
    return grid.apply(points);
  }

  /** Returns the hyperparameter that this one depends on. */
  @Nullable Hyperparameter<?> parent() {
    return condition == null ? null : condition.other;
  }

  /** Returns whether it exists beside the values of those before it. */
  boolean isIn(Trial trial) {
    return condition == null
        || (trial.has(condition.other) && condition.values.contains(trial.value(condition.other)));
  }

  @Override
  public String toString() {
    String text = name + ", " + range;
    return condition == null
        ? text
        : text + ", when " + condition.other.name + " is in " + condition.values;
  }
}
