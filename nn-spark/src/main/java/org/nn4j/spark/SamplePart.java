package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.model.Network;
import org.nn4j.train.TrainingWorker;

/** Samples of one partition, or the reason why training cannot use them. Immutable. */
final class SamplePart implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final int number;
  private final PackedRows inputs;
  private final PackedRows targets;
  private final String problem;

  private SamplePart(int number, PackedRows inputs, PackedRows targets, String problem) {
    this.number = number;
    this.inputs = inputs;
    this.targets = targets;
    this.problem = problem;
  }

  /** Returns the samples of a partition, checked by a worker. */
  static SamplePart of(int number, Iterator<Sample> samples, TrainingWorker worker) {
    Network network = worker.network();
    DataType type = network.dataType();
    List<double[]> inputs = new ArrayList<>();
    List<double[]> targets = new ArrayList<>();
    try {
      while (read(number, samples, inputs, targets, network)) {}
      SamplePart part =
          new SamplePart(number, PackedRows.of(inputs, type), PackedRows.of(targets, type), "");
      part.check(worker);
      return part;
    } catch (IllegalArgumentException refused) {
      PackedRows none = PackedRows.of(List.of(), type);
      return new SamplePart(
          number, none, none, "partition " + number + ", " + refused.getMessage());
    }
  }

  private static boolean read(
      int number,
      Iterator<Sample> samples,
      List<double[]> inputs,
      List<double[]> targets,
      Network network) {
    try {
      if (!samples.hasNext()) {
        return false;
      }
      Sample sample = samples.next();
      inputs.add(requireLength(sample.input(), network.inputShape(), "inputs"));
      targets.add(requireLength(sample.target(), network.outputShape(), "targets"));
      return true;
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "row " + targets.size() + ", " + refused.getMessage(), refused);
    } catch (RuntimeException failed) { // Spark runs the task again: the source may recover
      throw new IllegalStateException(
          Require.message(
              "SparkTraining, partition " + number + ", row " + targets.size(),
              "a sample",
              failed.toString(),
              "correct or remove the row"),
          failed);
    }
  }

  private static double[] requireLength(double[] found, Shape expected, String name) {
    Require.that(
        found.length == expected.size(),
        name,
        expected.size() + " elements",
        found.length,
        "correct or remove the row");
    return found.clone(); // a source may use its arrays again for the next row
  }

  private void check(TrainingWorker worker) {
    if (size() > 0) {
      onRows(
          IntStream.range(0, size()).toArray(),
          worker.network(),
          data -> {
            worker.check(data);
            return true;
          });
    }
  }

  /** Returns the result of a function of some samples, whose arrays are freed at its end. */
  <T> T onRows(int[] rows, Network network, Function<Dataset, T> function) {
    try (INDArray x = inputs.array(rows, network.inputShape());
        INDArray y = targets.array(rows, network.outputShape())) {
      return function.apply(Dataset.of(x, y));
    }
  }

  /** Returns the number of the partition. */
  int number() {
    return number;
  }

  int size() {
    return inputs.size();
  }

  /** Returns why training cannot use the samples, or an empty string. */
  String problem() {
    return problem;
  }
}
