package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/** Some rows of a data set, in an order of their own; the samples themselves are not copied. */
final class Subset implements View {
  private final Dataset whole;
  private final int[] chosen;

  Subset(Dataset whole, int[] chosen) {
    Require.atLeastOne(chosen.length, "Dataset", "number of rows in a subset");
    for (int row : chosen) {
      GatherCheck.requireRow(row, whole.size());
    }
    this.whole = whole;
    this.chosen = chosen;
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
  public boolean isHeld() {
    return whole instanceof Precise held && held.isHeld();
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
      GatherCheck.requireRow(rows[i], chosen.length);
      mapped[i] = chosen[rows[i]];
    }
    return mapped;
  }
}
