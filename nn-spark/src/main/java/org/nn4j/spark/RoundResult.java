package org.nn4j.spark;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;

/**
 * Results of all workers of a round, in the order of the partitions. Sums are computed in this
 * order, so they have the same bits whichever task ends first.
 */
final class RoundResult {
  private final List<PartResult> parts;

  RoundResult(List<PartResult> parts) {
    this.parts = parts.stream().filter(part -> part.samples() > 0).toList();
  }

  int samples() {
    return parts.stream().mapToInt(PartResult::samples).sum();
  }

  /** Returns the mean loss of the samples. */
  double loss() {
    double sum = 0;
    for (PartResult part : parts) {
      sum += part.lossSum();
    }
    return sum / samples();
  }

  PartResult slowest() {
    return parts.stream()
        .max(Comparator.comparingLong(PartResult::nanos))
        .orElseGet(PartResult::none);
  }

  /** Sets the gradients to the mean over the samples. */
  void setGradients(ParameterVector parameters) {
    DataType type = parameters.dataType();
    MeanVector mean = new MeanVector();
    for (PartResult part : parts) {
      mean.addSum(Vectors.doubles(part.state().values(), type), part.samples());
    }
    try (INDArray gradients = mean.mean(type)) {
      parameters.setGradients(gradients);
    }
  }

  /**
   * Sets parameters and optimizer state to the means of those of the workers, weighted by samples.
   * The step count and the numbers of the state are those of the first worker with most steps.
   */
  void setState(ParameterVector parameters, Optimizer optimizer) {
    DataType type = parameters.dataType();
    MeanVector values = new MeanVector();
    Map<String, MeanVector> vectors = new LinkedHashMap<>();
    WorkerState longest = parts.get(0).state();
    for (PartResult part : parts) {
      WorkerState state = part.state();
      values.add(Vectors.doubles(state.values(), type), part.samples());
      state
          .vectors()
          .forEach(
              (name, vector) ->
                  vectors
                      .computeIfAbsent(name, n -> new MeanVector())
                      .add(Vectors.doubles(vector, type), part.samples()));
      longest = state.steps() > longest.steps() ? state : longest;
    }
    Map<String, INDArray> means = new LinkedHashMap<>();
    vectors.forEach((name, vector) -> means.put(name, vector.mean(type)));
    try (INDArray mean = values.mean(type)) {
      parameters.setValues(mean);
      optimizer.restore(
          new OptimizerState(longest.optimizer(), longest.steps(), means, longest.numbers()),
          parameters);
    } finally {
      means.values().forEach(INDArray::close);
    }
  }
}
