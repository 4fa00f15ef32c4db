package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.kernel.Detached;
import org.nn4j.kernel.Kernel;
import org.nn4j.kernel.NewArrays;

/** A data set whose samples count differently in the loss. */
final class WeightedDataset implements View {
  private final Dataset samples;
  private final INDArray doubles;
  private final INDArray floats;

  WeightedDataset(Dataset samples, double[] weights) {
    if (samples.isWeighted()) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset",
              "samples without weights",
              "samples that have weights already",
              "multiply the weights and give them once"));
    }
    Require.that(
        weights.length == samples.size(),
        "Dataset",
        "one weight for each of " + samples.size() + " samples",
        weights.length + " weights",
        "pass an array of that length");
    for (int i = 0; i < weights.length; i++) {
      Require.that(
          weights[i] >= 0 && Double.isFinite(weights[i]),
          "Dataset",
          "weights of 0 or more and finite",
          weights[i] + " at index " + i);
    }
    this.samples = samples;
    this.doubles = NewArrays.of(weights).reshape(weights.length, 1);
    this.floats = Detached.make(() -> doubles.castTo(DataType.FLOAT));
  }

  private WeightedDataset(Dataset samples, INDArray doubles, INDArray floats) {
    this.samples = samples;
    this.doubles = doubles;
    this.floats = floats;
  }

  /** The weight of the class of each sample. */
  static double[] byClass(Dataset samples, double[] classWeights) {
    long classes = Math.max(2, samples.targetShape().size());
    if (classWeights.length != classes) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset",
              "a weight for each of " + classes + " classes",
              classWeights.length + " weights",
              "give one weight for each class"));
    }
    int[] labels =
        Labels.requireClasses(
            samples, "class weights", "weigh samples one by one, data.withWeights(...)");
    return Arrays.stream(labels).mapToDouble(label -> classWeights[label]).toArray();
  }

  @Override
  public Dataset source() {
    return samples;
  }

  @Override
  public Dataset on(Dataset other) {
    return new WeightedDataset(other, doubles, floats);
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public void gatherWeights(int[] rows, INDArray weights) {
    GatherCheck.checkWeights(this, rows, weights);
    Kernel.gather(weights.dataType() == DataType.FLOAT ? floats : doubles, rows, weights);
  }
}
