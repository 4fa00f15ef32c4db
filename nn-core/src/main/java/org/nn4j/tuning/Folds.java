package org.nn4j.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;

/**
 * Rule that divides a data set into folds: each is validated once, by a network that was trained on
 * the others. Immutable and thread-safe.
 */
public final class Folds {
  private static final String WHO = "Folds";

  private final int k;
  private final Kind kind;
  private final int[] groups;
  private final int times;

  private enum Kind {
    ANY("folds"),
    STRATIFIED("stratified folds"),
    GROUPED("folds of groups"),
    TIME_SERIES("folds of a time series");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private Folds(int k, Kind kind, int[] groups, int times) {
    Require.that(k >= 2, WHO, "2 or more folds", k);
    this.k = k;
    this.kind = kind;
    this.groups = groups;
    this.times = Require.atLeastOne(times, WHO, "number of repetitions");
  }

  /**
   * Returns k folds of rows drawn at random.
   *
   * @param k the number of folds, 2 or more
   * @return the rule
   * @throws IllegalArgumentException if k is below 2
   */
  public static Folds of(int k) {
    return new Folds(k, Kind.ANY, new int[0], 1);
  }

  /**
   * Returns k folds with the same share of each class, as nearly as whole rows allow.
   *
   * @param k the number of folds, 2 or more
   * @return the rule
   * @throws IllegalArgumentException if k is below 2
   */
  public static Folds stratified(int k) {
    return new Folds(k, Kind.STRATIFIED, new int[0], 1);
  }

  /**
   * Returns k folds of whole groups, such as the rows of one patient. Each group, from the largest,
   * goes to the fold with the fewest rows, so a group may be larger than the others' folds.
   *
   * @param k the number of folds, 2 or more
   * @param groups the group of each row of the data, any numbers
   * @return the rule
   * @throws IllegalArgumentException if k is below 2
   */
  public static Folds grouped(int k, int... groups) {
    Require.notNull(groups, "Folds.grouped", "groups");
    return new Folds(k, Kind.GROUPED, groups.clone(), 1);
  }

  /**
   * Returns k folds of rows in the order of time, oldest first: each validates {@code N / (k + 1)}
   * rows, rounded down, and trains on all rows before them.
   *
   * @param k the number of folds, 2 or more
   * @return the rule
   * @throws IllegalArgumentException if k is below 2
   */
  public static Folds timeSeries(int k) {
    return new Folds(k, Kind.TIME_SERIES, new int[0], 1);
  }

  /**
   * Returns a rule that repeats the division with other random draws.
   *
   * @param number how many times, at least 1
   * @return the rule
   * @throws IllegalArgumentException if it is below 1, or the folds are of a time series
   */
  public Folds repeated(int number) {
    Require.that(
        kind != Kind.TIME_SERIES || number == 1,
        WHO,
        "random folds, to be repeated",
        "a time series",
        "omit repeated(...)");
    return new Folds(k, kind, groups, number);
  }

  /**
   * Divides a data set.
   *
   * @param data the data
   * @param seed determines the draw, and the seed of each fold
   * @return the folds, those of each repetition after those of the one before
   * @throws IllegalArgumentException if there are fewer rows, rows of a class, or groups than
   *     folds, a target has no class, or not every row has a group
   */
  public List<Fold> split(Dataset data, long seed) {
    Require.notNull(data, "Folds.split", "data");
    int n = data.size();
    int least = kind == Kind.TIME_SERIES ? k + 1 : k;
    Require.that(
        n >= least, WHO, least + " or more rows for " + this, n, "take fewer folds or more rows");
    List<Fold> folds = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      int[] foldOf =
          kind == Kind.TIME_SERIES ? new int[0] : foldOf(data, SeededRandom.stream(seed, time));
      for (int i = 0; i < k; i++) {
        int fold = i;
        int from = n - (k - i) * (n / (k + 1));
        int[] validation =
            kind == Kind.TIME_SERIES
                ? IntStream.range(from, from + n / (k + 1)).toArray()
                : IntStream.range(0, n).filter(row -> foldOf[row] == fold).toArray();
        int[] training =
            kind == Kind.TIME_SERIES
                ? IntStream.range(0, from).toArray()
                : IntStream.range(0, n).filter(row -> foldOf[row] != fold).toArray();
        long ofFold = SeededRandom.stream(seed, -1L - folds.size()).nextLong();
        folds.add(new Fold(folds.size() + 1, ofFold, data, training, validation));
      }
    }
    return folds;
  }

  /** Returns the fold of each row. */
  private int[] foldOf(Dataset data, SeededRandom random) {
    int n = data.size();
    int[] foldOf = new int[n];
    if (kind == Kind.GROUPED) {
      Require.that(
          groups.length == n,
          WHO,
          "a group for each of " + n + " rows",
          groups.length,
          "pass one for each row");
      List<List<Integer>> parts = parts(groups, random);
      Require.that(
          parts.size() >= k,
          WHO,
          k + " or more groups for " + this,
          parts.size(),
          "take fewer folds");
      parts.sort(Comparator.comparing(rows -> -rows.size()));
      int[] sizes = new int[k];
      for (List<Integer> rows : parts) {
        int least =
            IntStream.range(0, k).boxed().min(Comparator.comparing(i -> sizes[i])).orElseThrow();
        sizes[least] += rows.size();
        rows.forEach(row -> foldOf[row] = least);
      }
      return foldOf;
    }
    int[] classes = kind == Kind.STRATIFIED ? classes(data) : new int[n];
    int dealt = 0;
    for (List<Integer> rows : parts(classes, random)) {
      Require.that(
          rows.size() >= k,
          WHO,
          k + " or more rows of each class for " + this,
          rows.size() + " of class " + classes[rows.get(0)],
          "take fewer folds, or Folds.of(" + k + ")");
      for (int row : rows) {
        foldOf[row] = dealt++ % k;
      }
    }
    return foldOf;
  }

  private static int[] classes(Dataset data) {
    int[] classes = data.classes();
    for (int row = 0; row < classes.length; row++) {
      Require.that(
          classes[row] != Labels.NO_CLASS,
          WHO,
          "targets with one class each for stratified folds",
          "a target with no class or several at index " + row,
          "use Folds.of(k)");
    }
    return classes;
  }

  /** Returns the rows of each class or group, and these rows, in random order. */
  private static List<List<Integer>> parts(int[] keys, SeededRandom random) {
    int[] order = IntStream.range(0, keys.length).toArray();
    random.shuffle(order);
    Map<Integer, List<Integer>> parts = new TreeMap<>();
    Arrays.stream(order)
        .forEach(row -> parts.computeIfAbsent(keys[row], key -> new ArrayList<>()).add(row));
    List<List<Integer>> all = new ArrayList<>(parts.values());
    int[] turns = IntStream.range(0, all.size()).toArray();
    random.shuffle(turns);
    return new ArrayList<>(Arrays.stream(turns).mapToObj(all::get).toList());
  }

  /** Returns what distinguishes this rule from others, in files. */
  String identity() {
    return this + (kind == Kind.GROUPED ? ", " + Arrays.hashCode(groups) : "");
  }

  @Override
  public String toString() {
    String name = k + " " + kind.text;
    return times == 1 ? name : name + ", " + times + " times";
  }
}
