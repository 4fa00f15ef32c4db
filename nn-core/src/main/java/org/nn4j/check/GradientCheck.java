package org.nn4j.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.internal.GradientSum;

/**
 * Comparison of the gradients of a backward pass with central differences, in double precision. It
 * restores values, statistics and gradients.
 *
 * <pre>
 * ∂f/∂θ ≈ (f(θ − 2h) − 8 f(θ − h) + 8 f(θ + h) − f(θ + 2h)) / 12h
 * error  = |analytic − numeric| / max(|analytic|, |numeric|, floor)
 * </pre>
 *
 * <p>{@code f} is the mean loss of a batch, or, for a layer on its own, the sum of its outputs
 * times fixed random numbers. The floor is {@value #FLOOR_SHARE} of the largest gradient: below it,
 * a difference shows only the rounding of {@code f}. An entry that fails is computed again with a
 * smaller {@code h}: at a kink, such as that of ReLU, only a small step stays on one side, and a
 * wrong gradient is wrong at any step. Source of the difference: Abramowitz and Stegun, 25.3.6.
 *
 * <p>An error of 1e-7 or less is good, above 1e-4 a bug. Not thread-safe.
 */
public final class GradientCheck {
  /** Largest error of a correct gradient. */
  public static final double TOLERANCE = 1e-7;

  static final double FLOOR_SHARE = 1e-3;
  static final double ROUNDING_SHARE = 1e-5;
  private static final double[] STEPS = {1e-3, 1e-4, 1e-5};

  private final Layer layer;
  private final @Nullable Loss loss;
  private final INDArray x;
  private final INDArray targets;
  private double floor;
  private double worst;
  private String worstEntry = "no entry";
  private long entries;

  private GradientCheck(Layer layer, @Nullable Loss loss, INDArray x, INDArray targets) {
    if (x.dataType() != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          Require.message(
              "GradientCheck",
              "arrays of data type DOUBLE",
              x.dataType().toString(),
              "build the layer and the input in double precision: differences of floats are too coarse"));
    }
    this.layer = layer;
    this.loss = loss;
    this.x = x.dup('c');
    this.targets = targets;
  }

  /**
   * Result of a check.
   *
   * @param maxError the largest error of all entries
   * @param worstEntry the entry with that error: its parameter, index, analytic and numeric
   *     gradient
   * @param entries the number of entries compared
   */
  public record Result(double maxError, String worstEntry, long entries) {
    /**
     * Returns whether all gradients are correct.
     *
     * @return whether the largest error is at most {@link #TOLERANCE}
     */
    public boolean passed() {
      return maxError <= TOLERANCE;
    }

    @Override
    public String toString() {
      return (passed() ? "passed" : "FAILED")
          + ": "
          + entries
          + " gradients, largest error "
          + maxError
          + " at "
          + worstEntry;
    }
  }

  /**
   * Checks every parameter and the input of a layer.
   *
   * @param layer a layer of data type DOUBLE; a network is one
   * @param x an input {@code [B, in...]}; not changed
   * @return the result
   * @throws IllegalArgumentException if the input is not DOUBLE
   */
  public static Result check(Layer layer, INDArray x) {
    Require.notNull(layer, "GradientCheck.check", "layer");
    Require.notNull(x, "GradientCheck.check", "x");
    SeededRandom random = new SeededRandom(x.length());
    try (Pass pass = Pass.inference()) {
      INDArray factors = layer.forward(x, pass).ulike();
      for (long i = 0; i < factors.length(); i++) {
        factors.putScalar(i, random.nextGaussian());
      }
      return new GradientCheck(layer, null, x, factors).run();
    }
  }

  /**
   * Checks every parameter and the input of a layer or network with a loss.
   *
   * @param layer a layer of data type DOUBLE; a network is one
   * @param loss the loss of its output
   * @param x an input {@code [B, in...]}; not changed
   * @param targets the targets of the loss
   * @return the result
   * @throws IllegalArgumentException if the input is not DOUBLE
   */
  public static Result check(Layer layer, Loss loss, INDArray x, INDArray targets) {
    Require.notNull(layer, "GradientCheck.check", "layer");
    Require.notNull(loss, "GradientCheck.check", "loss");
    Require.notNull(x, "GradientCheck.check", "x");
    Require.notNull(targets, "GradientCheck.check", "targets");
    return new GradientCheck(layer, loss, x, targets).run();
  }

  private Result run() {
    List<Parameter> parameters = layer.parameters();
    List<INDArray> gradients =
        parameters.stream().map(p -> GradientSum.of(p).array().dup()).toList();
    List<INDArray> values = parameters.stream().map(p -> p.value().dup()).toList();
    try {
      compareAll(parameters);
    } finally {
      for (int i = 0; i < parameters.size(); i++) {
        GradientSum.of(parameters.get(i)).array().assign(gradients.get(i));
        parameters.get(i).value().assign(values.get(i));
      }
    }
    return new Result(worst, worstEntry, entries);
  }

  private void compareAll(List<Parameter> parameters) {
    layer.zeroGrad();
    INDArray dX = analytic();
    floor = floor(parameters, dX);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() != Parameter.Role.STATISTIC) {
        String name = "parameter " + i + ", " + parameter.name();
        compare(name, parameter.value(), GradientSum.of(parameter).array());
      }
    }
    compare("input", x, dX);
  }

  /** Returns the floor of a relative error. */
  private double floor(List<Parameter> parameters, INDArray dX) {
    double largest = dX.amaxNumber().doubleValue();
    for (Parameter parameter : parameters) {
      largest = Math.max(largest, GradientSum.of(parameter).array().amaxNumber().doubleValue());
    }
    return Math.max(FLOOR_SHARE * largest, ROUNDING_SHARE * Math.max(1, Math.abs(value())));
  }

  private INDArray analytic() {
    try (Pass pass = Pass.training()) {
      INDArray y = layer.forward(x, pass);
      if (loss == null) {
        return layer.backward(targets, pass).dup();
      }
      loss.forward(y, targets, pass);
      return layer.backward(loss.backward(pass), pass).dup();
    }
  }

  private double value() {
    try (Pass pass = Pass.training()) {
      INDArray y = layer.forward(x, pass);
      if (loss == null) {
        try (INDArray products = y.mul(targets)) {
          return products.sumNumber().doubleValue();
        }
      }
      return loss.forward(y, targets, pass);
    }
  }

  private void compare(String name, INDArray variable, INDArray gradient) {
    for (long i = 0; i < variable.length(); i++) {
      double analytic = gradient.getDouble(i);
      double error = Double.POSITIVE_INFINITY;
      double numeric = Double.NaN;
      for (int s = 0; s < STEPS.length && !(error <= TOLERANCE); s++) {
        double n = difference(variable, i, STEPS[s], this::value);
        double e =
            Math.abs(analytic - n) / Math.max(floor, Math.max(Math.abs(analytic), Math.abs(n)));
        if (!(e >= error)) {
          error = e;
          numeric = n;
        }
      }
      if (Double.isNaN(error)) {
        error = Double.POSITIVE_INFINITY;
      }
      entries++;
      if (error > worst || entries == 1) {
        worst = error;
        worstEntry = name + entry(variable, i) + ": analytic " + analytic + ", numeric " + numeric;
      }
    }
  }

  private static String entry(INDArray variable, long i) {
    return Arrays.toString(Shape.ind2subC(variable, i));
  }

  private static double difference(INDArray variable, long i, double h, DoubleSupplier f) {
    double start = variable.getDouble(i);
    double sum = 0;
    int[] at = {-2, -1, 1, 2};
    int[] weight = {1, -8, 8, -1};
    for (int k = 0; k < at.length; k++) {
      variable.putScalar(i, start + at[k] * h);
      sum += weight[k] * f.getAsDouble();
    }
    variable.putScalar(i, start);
    return sum / (12 * h);
  }
}
