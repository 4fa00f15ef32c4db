package org.nn4j.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.SeededRandom;

/** View of some rows of a data set, in any order. */
final class Subset implements View {
  private final Dataset whole;
  private final int[] chosen;

  Subset(Dataset whole, int[] chosen) {
    Require.atLeastOne(chosen.length, "Dataset", "number of rows in a subset");
    for (int row : chosen) {
      BaseDataset.requireRow(row, whole.size());
    }
    this.whole = whole;
    this.chosen = chosen;
  }

  /** Returns the first rows. */
  static Subset first(Dataset whole, int count) {
    Require.that(
        count >= 1 && count <= whole.size(),
        "Dataset",
        "to take 1 to " + whole.size(),
        count,
        "take fewer samples");
    return new Subset(whole, IntStream.range(0, count).toArray());
  }

  /** Returns all rows in a random order. */
  static Subset shuffled(Dataset whole, long seed) {
    int[] order = IntStream.range(0, whole.size()).toArray();
    new SeededRandom(seed).shuffle(order);
    return new Subset(whole, order);
  }

  @Override
  public String toString() {
    return BaseDataset.print(this);
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    whole.gather(inWhole(Require.notNull(rows, "Dataset.gather", "rows")), inputs, targets);
  }

  @Override
  public void gather(Part part, int[] rows, INDArray array) {
    if (whole instanceof BaseDataset base) {
      base.gather(part, inWhole(rows), array);
    } else {
      View.super.gather(part, rows, array);
    }
  }

  @Override
  public boolean isHeld() {
    return BaseDataset.isHeld(whole);
  }

  @Override
  public Dataset source() {
    return whole;
  }

  @Override
  public Dataset on(Dataset other) {
    return new Subset(other, chosen);
  }

  @Override
  public void gatherWeights(int[] rows, INDArray weights) {
    whole.gatherWeights(inWhole(Require.notNull(rows, "Dataset.gatherWeights", "rows")), weights);
  }

  @Override
  public int[] classes() {
    int[] ofWhole = whole.classes();
    return Arrays.stream(chosen).map(row -> ofWhole[row]).toArray();
  }

  private int[] inWhole(int[] rows) {
    int[] mapped = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      BaseDataset.requireRow(rows[i], chosen.length);
      mapped[i] = chosen[rows[i]];
    }
    return mapped;
  }
}
