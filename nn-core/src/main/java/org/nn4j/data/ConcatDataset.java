package org.nn4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
    Grouping grouping = group(rows);
    List<INDArray> x = grouping.arraysLike(inputs, inputShape());
    List<INDArray> y = grouping.arraysLike(targets, targetShape());
    for (int p = 0; p < x.size(); p++) {
      parts.get(grouping.parts[p]).gather(grouping.rows.get(p), x.get(p), y.get(p));
    }
    grouping.order(x, inputs);
    grouping.order(y, targets);
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
    Grouping grouping = group(rows);
    List<INDArray> w = grouping.arraysLike(weights, Shape.of(1));
    for (int p = 0; p < w.size(); p++) {
      parts.get(grouping.parts[p]).gatherWeights(grouping.rows.get(p), w.get(p));
    }
    grouping.order(w, weights);
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

  private Grouping group(int[] rows) {
    int[] partOf = Arrays.stream(rows).map(this::partOf).toArray();
    int[] present = Arrays.stream(partOf).distinct().sorted().toArray();
    List<int[]> rowsOfPart = new ArrayList<>();
    int[] place = new int[rows.length];
    int next = 0;
    for (int part : present) {
      int[] indices = IntStream.range(0, rows.length).filter(i -> partOf[i] == part).toArray();
      rowsOfPart.add(Arrays.stream(indices).map(i -> rows[i] - starts[part]).toArray());
      for (int i : indices) {
        place[i] = next++;
      }
    }
    return new Grouping(present, rowsOfPart, place);
  }

  private int partOf(int row) {
    int found = Arrays.binarySearch(starts, row);
    return found >= 0 ? found : -found - 2;
  }

  /** Rows of a batch, part by part, and the position in that order of each row of the batch. */
  private static final class Grouping {
    private final int[] parts;
    private final List<int[]> rows;
    private final int[] place;

    Grouping(int[] parts, List<int[]> rows, int[] place) {
      this.parts = parts;
      this.rows = rows;
      this.place = place;
    }

    List<INDArray> arraysLike(INDArray array, Shape sample) {
      return rows.stream()
          .map(ofPart -> NewArrays.uninitialized(array.dataType(), sample.withBatch(ofPart.length)))
          .toList();
    }

    /** Copies the rows of all parts in the order of the batch. */
    void order(List<INDArray> byPart, INDArray batch) {
      try (INDArray all = Nd4j.concat(0, byPart.toArray(INDArray[]::new))) {
        Kernel.gather(ArrayDataset.flat(all), place, ArrayDataset.flat(batch));
      }
      byPart.forEach(INDArray::close);
    }
  }
}
