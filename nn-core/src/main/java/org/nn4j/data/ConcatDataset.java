package org.nn4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.NewArrays;

/** Data sets one after the other; no sample is copied. */
final class ConcatDataset implements BaseDataset {
  private final List<Dataset> parts;

  /** Index of the first sample of each part, and the number of all samples. */
  private final int[] starts;

  ConcatDataset(List<Dataset> parts) {
    Dataset first = parts.get(0);
    for (Dataset part : parts) {
      requireAlike(first, part);
    }
    this.parts = List.copyOf(parts);
    this.starts = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      long end = (long) starts[i] + parts.get(i).size();
      Require.that(
          end <= Integer.MAX_VALUE,
          "Dataset.concat",
          "at most " + Integer.MAX_VALUE + " samples",
          end,
          "omit some with take or subset");
      starts[i + 1] = (int) end;
    }
  }

  private static void requireAlike(Dataset first, Dataset other) {
    if (!first.inputShape().equals(other.inputShape())
        || !first.targetShape().equals(other.targetShape())) {
      throw new ShapeMismatchException(
          "Dataset.concat", "samples " + shapes(first), shapes(other), "reshape one of the sets");
    }
    if (first.isWeighted() != other.isWeighted()) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset.concat",
              "weights in all sets or in none",
              "both",
              "weight the samples of the others by 1"));
    }
  }

  private static String shapes(Dataset data) {
    return data.inputShape() + " -> " + data.targetShape();
  }

  @Override
  public int size() {
    return starts[parts.size()];
  }

  @Override
  public String toString() {
    return BaseDataset.print(this);
  }

  @Override
  public Shape inputShape() {
    return parts.get(0).inputShape();
  }

  @Override
  public Shape targetShape() {
    return parts.get(0).targetShape();
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    checkGather(rows, inputs, targets);
    forEachPart(
        rows,
        (part, rowsOfPart, places) -> {
          if (places.length == rows.length) {
            part.gather(rowsOfPart, inputs, targets);
            return;
          }
          try (INDArray x = rowsLike(inputs, inputShape(), places.length);
              INDArray y = rowsLike(targets, targetShape(), places.length)) {
            part.gather(rowsOfPart, x, y);
            put(x, places, inputs);
            put(y, places, targets);
          }
        });
  }

  @Override
  public boolean isHeld() {
    return parts.stream().allMatch(part -> BaseDataset.isHeld(part));
  }

  @Override
  public boolean exceedsFloat() {
    return parts.stream().anyMatch(BaseDataset::mayExceedFloat);
  }

  @Override
  public boolean isWeighted() {
    return parts.get(0).isWeighted();
  }

  @Override
  public void gatherWeights(int[] rows, INDArray weights) {
    checkGatherWeights(rows, weights);
    forEachPart(
        rows,
        (part, rowsOfPart, places) -> {
          try (INDArray w = rowsLike(weights, Shape.of(1), places.length)) {
            part.gatherWeights(rowsOfPart, w);
            put(w, places, weights);
          }
        });
  }

  @Override
  public int[] classes() {
    return parts.stream().flatMapToInt(part -> Arrays.stream(part.classes())).toArray();
  }

  @Override
  public Dataset inEpoch(int number) {
    List<Dataset> then = parts.stream().map(part -> part.inEpoch(number)).toList();
    return then.equals(parts) ? this : new ConcatDataset(then);
  }

  /** Action on the rows of a batch that are in one part, and their places in the batch. */
  @FunctionalInterface
  private interface PartAction {
    void accept(Dataset part, int[] rowsOfPart, int[] places);
  }

  private void forEachPart(int[] rows, PartAction action) {
    int[] partOf = Arrays.stream(rows).map(this::partOf).toArray();
    for (int p = 0; p < parts.size(); p++) {
      int part = p;
      int[] places = IntStream.range(0, rows.length).filter(i -> partOf[i] == part).toArray();
      if (places.length > 0) {
        int[] rowsOfPart = Arrays.stream(places).map(i -> rows[i] - starts[part]).toArray();
        action.accept(parts.get(part), rowsOfPart, places);
      }
    }
  }

  private int partOf(int row) {
    int found = Arrays.binarySearch(starts, row);
    return found >= 0 ? found : -found - 2;
  }

  private static INDArray rowsLike(INDArray array, Shape sample, int count) {
    return NewArrays.uninitialized(array.dataType(), sample.withBatch(count));
  }

  private static void put(INDArray ofPart, int[] places, INDArray batch) {
    Kernel.scatter(ArrayDataset.flat(ofPart), places, ArrayDataset.flat(batch));
  }
}
