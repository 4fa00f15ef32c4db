package org.nn4j.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.batch.InputStatistics;

/** Entries of data sets. */
final class DataEntries extends ArrayEntries {
  DataEntries(DataType type, long[] shape) {
    super(type, shape);
  }

  @Override
  void addAll() {
    if (shape.length > 1) {
      ofData();
    }
    if (shape.length == 2 && shape[1] == 1) {
      ofWeights();
    }
  }

  private void ofWeights() {
    INDArray y = probabilities(1, shape[0], 2);
    double[] weights = IntStream.range(0, (int) shape[0]).asDoubleStream().toArray();
    Dataset weighted = Dataset.of(y, y).withWeights(weights);
    addWriting(
        "Dataset.gatherWeights(int[],INDArray)",
        x -> a(() -> weighted.gatherWeights(IntStream.range(0, weights.length).toArray(), x), x));
  }

  private void ofData() {
    int rows = (int) shape[0];
    INDArray y = probabilities(2, rows, 2);
    int[] labels = IntStream.range(0, rows).map(i -> i % CLASSES).toArray();
    Dataset data = Dataset.of(other, y);
    add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(x, y)));
    add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(y, x)));
    add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(x, y).concat(data)));
    add(
        "Dataset.ofLabels(INDArray,int[],int)",
        x -> gathered(Dataset.ofLabels(x, labels, CLASSES)));
    add("Dataset.mapInputs(UnaryOperator)", x -> gathered(data.mapInputs(q -> first(x, q))));
    add(
        "Dataset.mapTargets(UnaryOperator)",
        x -> gathered(Dataset.of(y, other).mapTargets(q -> first(x, q))));
    InputScaling one = new InputScaling(List.of(TENTH), List.of(2.0));
    Double[] each = new Double[(int) Shape.ofSamples(other).size()];
    Arrays.setAll(each, j -> 1.0 + j);
    InputScaling many = new InputScaling(List.of(each), List.of(each));
    for (InputScaling scaling : List.of(one, many)) {
      add("InputScaling.apply(INDArray)", scaling::apply);
      add("InputScaling.apply(INDArray,DataType)", x -> scaling.apply(x, DataType.FLOAT));
      add("Dataset.of(INDArray,INDArray)", x -> gathered(Dataset.of(x, y).normalize(scaling)));
    }
    add(
        "Dataset.of(INDArray,INDArray)",
        x -> InputStatistics.of(Dataset.of(x, y)).standard().mean());
    if (shape.length == 2) {
      int[] all = IntStream.range(0, rows).toArray();
      addWriting(
          "Dataset.gather(int[],INDArray,INDArray)",
          x -> a(() -> data.gather(all, x, empty(rows, 2)), x));
      addWriting(
          "Dataset.gather(int[],INDArray,INDArray)",
          x -> a(() -> data.normalize(many).gather(all, x, empty(rows, 2)), x));
    }
  }

  private static INDArray first(INDArray x, INDArray rows) {
    return x.get(NDArrayIndex.interval(0, rows.size(0)));
  }

  /** All samples of a data set in both types. */
  private static Object gathered(Dataset data) {
    return (Supplier<Object>)
        () -> {
          List<INDArray> all = new ArrayList<>();
          for (DataType batch : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = Nd4j.create(batch, data.inputShape().withBatch(data.size()), 'c');
            INDArray y = Nd4j.create(batch, data.targetShape().withBatch(data.size()), 'c');
            data.gather(IntStream.range(0, data.size()).toArray(), x, y);
            all.addAll(List.of(x, y));
          }
          return all;
        };
  }
}
