package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.JavaArrays;

/** View whose samples have weights in the loss. */
final class WeightedDataset implements View {
  private final Dataset samples;
  private final double[] weights;

  WeightedDataset(Dataset samples, double[] weights) {
    if (samples.isWeighted()) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset",
              "samples without weights",
              "samples that have weights already",
              "multiply the weights and pass them once"));
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
    this.weights = weights.clone();
  }

  private WeightedDataset(Dataset samples, WeightedDataset weighted) {
    this.samples = samples;
    this.weights = weighted.weights;
  }

  /** Returns the weight of the class of each sample. */
  static double[] byClass(Dataset samples, double[] classWeights) {
    long classes = Math.max(2, samples.targetShape().size());
    if (classWeights.length != classes) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset",
              "a weight for each of " + classes + " classes",
              classWeights.length + " weights",
              "pass one weight for each class"));
    }
    requireNotAllZero(classWeights);
    int[] labels =
        Labels.requireClasses(
            samples, "class weights", "weight each sample, data.withWeights(...)");
    return Arrays.stream(labels).mapToDouble(label -> classWeights[label]).toArray();
  }

  /** Checks weights of all samples or classes; those of a part of the samples may all be 0. */
  static void requireNotAllZero(double[] weights) {
    Require.that(
        weights.length == 0 || Arrays.stream(weights).anyMatch(w -> w != 0),
        "Dataset",
        "a weight above 0",
        weights.length + " weights of 0");
  }

  @Override
  public String toString() {
    return BaseDataset.print(this);
  }

  @Override
  public boolean isHeld() {
    return BaseDataset.isHeld(samples);
  }

  @Override
  public void gather(Part part, int[] rows, INDArray array) {
    if (samples instanceof BaseDataset base) {
      base.gather(part, rows, array);
    } else {
      View.super.gather(part, rows, array);
    }
  }

  @Override
  public Dataset source() {
    return samples;
  }

  @Override
  public Dataset on(Dataset other) {
    return new WeightedDataset(other, this);
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public void gatherWeights(int[] rows, INDArray rowWeights) {
    checkGatherWeights(rows, rowWeights);
    double[] gathered = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = weights[rows[i]];
    }
    JavaArrays.copy(gathered, rowWeights);
  }
}
