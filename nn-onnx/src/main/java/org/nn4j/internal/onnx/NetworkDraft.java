package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;

/** Layers of a network during import, with their values. */
final class NetworkDraft {
  /** A layer with its values. */
  sealed interface Part permits DenseDraft, NormDraft, ScaleDraft, ActivationDraft {
    /** Whether the layer needs one row per sample, so that a flatten layer may be needed. */
    boolean isOfRows();

    /** The number of elements of its parameters for an input size. */
    long parameters(long inputs);

    /** The values of its parameters; one of length 1 is that of every element. */
    List<double[]> values();
  }

  /** {@code σ(x·W + b)}. */
  static final class DenseDraft implements Part {
    final int inputs;
    final int units;
    final double[] weight;
    final double[] bias;
    Activation activation = Activations.identity();

    DenseDraft(int inputs, int units, double[] weight, double[] bias) {
      this.inputs = inputs;
      this.units = units;
      this.weight = weight;
      this.bias = bias;
    }

    @Override
    public boolean isOfRows() {
      return true;
    }

    @Override
    public long parameters(long any) {
      return weight.length + (long) bias.length;
    }

    @Override
    public List<double[]> values() {
      return List.of(weight, bias);
    }
  }

  /** Batch or layer normalization; scale and shift of length 1 are those of every feature. */
  static final class NormDraft implements Part {
    final double epsilon;
    final double momentum;
    double[] scale;
    double[] shift;

    /** The running mean and variance of batch normalization; empty for layer normalization. */
    final List<double[]> statistics;

    NormDraft(
        double epsilon,
        double momentum,
        double[] scale,
        double[] shift,
        List<double[]> statistics) {
      this.epsilon = epsilon;
      this.momentum = momentum;
      this.scale = scale;
      this.shift = shift;
      this.statistics = statistics;
    }

    @Override
    public boolean isOfRows() {
      return true;
    }

    @Override
    public long parameters(long inputs) {
      return (2L + statistics.size()) * inputs;
    }

    @Override
    public List<double[]> values() {
      return Stream.concat(Stream.of(scale, shift), statistics.stream()).toList();
    }
  }

  /** A fixed {@code scale (x − center) + shift}; vectors of length 1 are those of every feature. */
  static final class ScaleDraft implements Part {
    /** ε of a batch normalization whose variance and ε have the sum 1 in FLOAT too. */
    static final double EPSILON = 0x1p-17;

    double[] center = {0};
    double[] scale = {1};
    double[] shift = {0};

    @Override
    public boolean isOfRows() {
      return true;
    }

    @Override
    public long parameters(long inputs) {
      return 4 * inputs;
    }

    @Override
    public List<double[]> values() {
      return List.of(scale, shift, center, new double[] {1 - EPSILON});
    }
  }

  /** An activation as a separate layer. */
  static final class ActivationDraft implements Part {
    final Activation activation;
    final boolean ofRows;

    ActivationDraft(Activation activation, boolean ofRows) {
      this.activation = activation;
      this.ofRows = ofRows;
    }

    @Override
    public boolean isOfRows() {
      return ofRows;
    }

    @Override
    public long parameters(long inputs) {
      return 0;
    }

    @Override
    public List<double[]> values() {
      return List.of();
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private boolean isOfRows;

  List<Part> parts() {
    return parts;
  }

  void add(Part part) {
    parts.add(part);
    isOfRows |= part.isOfRows();
  }

  /** Returns whether a layer needs rows, so that samples of another shape are flattened. */
  boolean isOfRows() {
    return isOfRows;
  }

  Part last() {
    return parts.isEmpty() ? new ScaleDraft() : parts.get(parts.size() - 1);
  }

  /** Adds an activation, to a dense layer without activation before it or as a layer. */
  void activate(Activation activation, boolean ofRows) {
    if (last() instanceof DenseDraft dense && dense.activation.equals(Activations.identity())) {
      dense.activation = activation;
    } else if (!activation.equals(Activations.identity())) {
      add(new ActivationDraft(activation, ofRows));
    }
  }

  /** Adds {@code factor x + summand} to the layer before it if that is linear in its output. */
  void affine(double[] factor, double[] summand) {
    if (last() instanceof DenseDraft dense && dense.activation.equals(Activations.identity())) {
      for (int i = 0; i < dense.weight.length; i++) {
        dense.weight[i] *= at(factor, i % dense.units);
      }
      for (int j = 0; j < dense.units; j++) {
        dense.bias[j] = dense.bias[j] * at(factor, j) + at(summand, j);
      }
    } else if (last() instanceof NormDraft norm) {
      norm.scale = product(norm.scale, factor);
      norm.shift = sum(product(norm.shift, factor), summand);
    } else {
      ScaleDraft scaling = scaling();
      if (isAll(scaling.scale, 1) && isAll(scaling.shift, 0) && isAll(factor, 1)) {
        double[] negative = Arrays.stream(summand).map(number -> -number).toArray();
        scaling.center = sum(scaling.center, negative);
      } else {
        scaling.scale = product(scaling.scale, factor);
        scaling.shift = sum(product(scaling.shift, factor), summand);
      }
    }
  }

  private ScaleDraft scaling() {
    if (!parts.isEmpty() && last() instanceof ScaleDraft scaling) {
      return scaling;
    }
    ScaleDraft scaling = new ScaleDraft();
    add(scaling);
    return scaling;
  }

  private static boolean isAll(double[] numbers, double value) {
    return Arrays.stream(numbers).allMatch(number -> number == value);
  }

  static double at(double[] numbers, int index) {
    return numbers.length == 1 ? numbers[0] : numbers[index];
  }

  private static double[] product(double[] a, double[] b) {
    double[] result = new double[Math.max(a.length, b.length)];
    Arrays.setAll(result, i -> at(a, i) * at(b, i));
    return result;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] result = new double[Math.max(a.length, b.length)];
    Arrays.setAll(result, i -> at(a, i) + at(b, i));
    return result;
  }
}
