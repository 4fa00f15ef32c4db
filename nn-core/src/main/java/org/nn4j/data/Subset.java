package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;

/** Some rows of a data set, in an order of their own; the samples themselves are not copied. */
final class Subset implements Dataset {
  private final Dataset whole;
  private final int[] chosen;

  Subset(Dataset whole, int[] chosen) {
    Require.atLeastOne(chosen.length, "Dataset", "number of rows in a subset");
    for (int row : chosen) {
      Require.that(
          row >= 0 && row < whole.size(), "Dataset", "rows from 0 to " + (whole.size() - 1), row);
    }
    this.whole = whole;
    this.chosen = chosen;
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public Shape inputShape() {
    return whole.inputShape();
  }

  @Override
  public Shape targetShape() {
    return whole.targetShape();
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    whole.gather(inWhole(rows), inputs, targets);
  }

  @Override
  public boolean isWeighted() {
    return whole.isWeighted();
  }

  @Override
  public void gatherWeights(int[] rows, INDArray weights) {
    whole.gatherWeights(inWhole(rows), weights);
  }

  @Override
  public int[] classes() {
    int[] ofWhole = whole.classes();
    return Arrays.stream(chosen).map(row -> ofWhole[row]).toArray();
  }

  private int[] inWhole(int[] rows) {
    int[] mapped = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Require.that(
          rows[i] >= 0 && rows[i] < chosen.length,
          "Dataset",
          "rows from 0 to " + (chosen.length - 1),
          rows[i]);
      mapped[i] = chosen[rows[i]];
    }
    return mapped;
  }
}
