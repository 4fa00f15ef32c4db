package org.nn4j.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.memory.NewArrays;

/**
 * Targets of a cross-entropy: smoothed, and weighted by class.
 *
 * <pre>
 * T = w ((1 − ε) Y + ε / K)      ε label smoothing, K number of classes, w weight of each class
 * </pre>
 *
 * @param smoothing ε, from 0 to below 1
 * @param weights w; empty if all are 1
 */
record ClassTargets(double smoothing, List<Double> weights) {
  static final ClassTargets AS_GIVEN = new ClassTargets(0, List.of());

  ClassTargets {
    Require.fraction(smoothing, "cross-entropy", "label smoothing");
    weights = List.copyOf(weights);
  }

  ClassTargets withSmoothing(double epsilon) {
    return new ClassTargets(epsilon, weights);
  }

  ClassTargets withWeights(double... w) {
    Require.notNull(w, "cross-entropy", "weights");
    Require.that(
        Checks.isWeights(w),
        "cross-entropy",
        "a class weight of 0 or more for each class, not all 0",
        Arrays.toString(w));
    return new ClassTargets(smoothing, Arrays.stream(w).boxed().toList());
  }

  /**
   * Checks the number of weights.
   *
   * @throws IllegalArgumentException if there are weights, but not one for each class
   */
  void requireClasses(long classes) {
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new IllegalArgumentException(
          Require.message(
              "cross-entropy",
              "a class weight for each of the " + classes + " outputs of the network",
              weights.size() + " weights, " + weights,
              "pass one weight for each class"));
    }
  }

  boolean asGiven() {
    return smoothing == 0 && weights.isEmpty();
  }

  /** Returns the suffix of the name of the loss: empty if targets are taken as given. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (smoothing != 0) {
      parts.add("label smoothing " + smoothing);
    }
    if (!weights.isEmpty()) {
      parts.add("class weights " + weights);
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  /** Formula of the targets of one sample. */
  private static final class TargetFormula {
    static final Formula.Rowwise<TargetFormula> FORMULA =
        Formula.ofRows(TargetFormula::loop, TargetFormula::loop, TargetFormula::operations);

    private final double share;
    private final double rest;
    private final double[] w;

    TargetFormula(double share, double rest, double[] w) {
      this.share = share;
      this.rest = rest;
      this.w = w;
    }

    private void loop(float[] y, float[] same, int row, int at, int n) {
      float factor = (float) share;
      float addend = (float) rest;
      for (int j = 0; j < n; j++) {
        y[at + j] = (factor * y[at + j] + addend) * (float) w[j];
      }
    }

    private void loop(double[] y, double[] same, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        y[at + j] = (share * y[at + j] + rest) * w[j];
      }
    }

    private void operations(INDArray y, INDArray same, INDArray t) {
      y.mul(share, t);
      t.addi(rest);
      try (INDArray row = NewArrays.of(w).castTo(y.dataType())) {
        t.muli(row.reshape(1, w.length));
      }
    }
  }

  /** Computes T from Y. */
  void compute(INDArray y, INDArray t) {
    long classes = y.size(1);
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new ShapeMismatchException(
          "cross-entropy",
          "targets of as many classes as class weights, " + weights.size(),
          Arrays.toString(y.shape()),
          "pass one weight for each class");
    }
    double[] w = new double[Math.toIntExact(classes)];
    for (int j = 0; j < w.length; j++) {
      w[j] = weights.isEmpty() ? 1 : weights.get(j);
    }
    TargetFormula.FORMULA.apply(new TargetFormula(1 - smoothing, smoothing / classes, w), y, y, t);
  }
}
