package org.nn4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nn4j.Require;
import org.nn4j.SeededRandom;

/**
 * Training set and validation set, which share no sample.
 *
 * @param training the training set
 * @param validation the validation set
 */
public record Split(Dataset training, Dataset validation) {
  /**
   * Checks the arguments.
   *
   * @param training the training set
   * @param validation the validation set
   */
  public Split {
    Require.notNull(training, "Split", "training");
    Require.notNull(validation, "Split", "validation");
  }

  /** Draws the validation part regardless of class. */
  static Split anywhere(Dataset data, double fraction, long seed) {
    return new Splitter(data, fraction, seed).anywhere();
  }

  /** Draws the same share of each class. */
  static Split stratified(Dataset data, double fraction, long seed) {
    return new Splitter(data, fraction, seed).stratified();
  }

  /** Random choice of the validation set; both parts keep the order of the whole. */
  private static final class Splitter {
    private final Dataset data;
    private final double fraction;
    private final int total;
    private final SeededRandom random;

    Splitter(Dataset data, double fraction, long seed) {
      Require.that(
          fraction > 0 && fraction < 1, "Dataset", "validation fraction in (0, 1)", fraction);
      this.data = data;
      this.fraction = fraction;
      this.total = Math.toIntExact(Math.round(fraction * data.size()));
      this.random = new SeededRandom(seed);
      if (total == 0 || total == data.size()) {
        throw new IllegalArgumentException(
            Require.message(
                "Dataset",
                "at least one sample in each part",
                fraction + " of " + data.size() + " samples, which is " + total,
                "take another fraction or more samples"));
      }
    }

    Split anywhere() {
      int[] rows = IntStream.range(0, data.size()).toArray();
      boolean[] held = new boolean[data.size()];
      hold(rows, total, held);
      return split(held);
    }

    /** Splits each class in the same ratio, as nearly as whole samples allow. */
    Split stratified() {
      Map<Integer, List<Integer>> rowsOf = new TreeMap<>();
      int[] classes =
          Labels.requireClasses(
              data, "stratified split", "split without regard to classes, data.split(...)");
      for (int row = 0; row < classes.length; row++) {
        rowsOf.computeIfAbsent(classes[row], c -> new ArrayList<>()).add(row);
      }
      List<int[]> groups =
          rowsOf.values().stream()
              .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
              .toList();
      int[] counts = largestRemainders(groups.stream().mapToInt(rows -> rows.length).toArray());
      boolean[] held = new boolean[data.size()];
      for (int i = 0; i < counts.length; i++) {
        hold(groups.get(i), counts[i], held);
      }
      return split(held);
    }

    /**
     * Returns integer shares that add up to the total: rounded down, then one more for the largest
     * remainders.
     */
    private int[] largestRemainders(int[] sizes) {
      int[] shares = Arrays.stream(sizes).map(size -> (int) (fraction * size)).toArray();
      int left = total - Arrays.stream(shares).sum();
      IntStream.range(0, sizes.length)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> shares[i] - fraction * sizes[i]))
          .limit(left)
          .forEach(i -> shares[i]++);
      return shares;
    }

    /** Performs the first steps of a Fisher-Yates shuffle: each choice is equally likely. */
    private void hold(int[] rows, int count, boolean[] held) {
      for (int i = 0; i < count; i++) {
        int j = i + random.nextInt(rows.length - i);
        int chosen = rows[j];
        rows[j] = rows[i];
        rows[i] = chosen;
        held[chosen] = true;
      }
    }

    private Split split(boolean[] held) {
      int[] training = IntStream.range(0, held.length).filter(row -> !held[row]).toArray();
      int[] validation = IntStream.range(0, held.length).filter(row -> held[row]).toArray();
      return new Split(new Subset(data, training), new Subset(data, validation));
    }
  }
}
