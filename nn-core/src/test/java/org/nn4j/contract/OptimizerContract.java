package org.nn4j.contract;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;

/**
 * What every {@link Optimizer} has to do; put your own through it in one line of a test.
 *
 * <pre>{@code
 * OptimizerContract.check(() -> new MyOptimizer(0.1));
 * }</pre>
 *
 * <p>Give it a learning rate that suits a quadratic with curvatures of 0.5 to 1.5, and no schedule
 * that ends before {@value #STEPS} steps. Thread-safe.
 */
public final class OptimizerContract {
  private static final int STEPS = 2000;
  private static final double[] START = {1, -0.8, 0.6, -1.2, 0.9};
  private static final double[] CURVATURES = {0.5, 1.5, 1, 0.7, 1.2};

  private OptimizerContract() {}

  /**
   * Checks an optimizer, for float and for double.
   *
   * @param optimizer makes a new one at each call
   * @throws AssertionError if it breaks the contract; the message states how
   */
  public static void check(Supplier<? extends Optimizer> optimizer) {
    Optimizer one = optimizer.get();
    that(
        one.settings().equals(optimizer.get().settings()),
        one,
        "settings() differ of two that were made alike: " + one.settings());
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      minimizesAConvexQuadratic(optimizer.get(), type);
      leavesGradientsAsTheyAre(optimizer.get(), type);
      leavesFrozenParametersAlone(optimizer.get(), type);
      givesTheSameBitsTwice(optimizer, type);
      doesNotCorruptAnotherVector(optimizer.get(), type);
      takesAnEmptyVector(optimizer.get(), type);
      goesOnFromItsState(optimizer, type);
    }
  }

  private static void minimizesAConvexQuadratic(Optimizer optimizer, DataType type) {
    ParameterVector parameters = parameters(type);
    double atStart = setGradientOfQuadratic(parameters);
    for (int i = 0; i < STEPS; i++) {
      double rate = optimizer.learningRate();
      that(rate > 0 && Double.isFinite(rate), optimizer, "learningRate() is " + rate);
      setGradientOfQuadratic(parameters);
      optimizer.step(parameters);
    }
    double atEnd = setGradientOfQuadratic(parameters);
    that(
        atEnd < 0.5 * atStart,
        optimizer,
        "a convex quadratic of " + atStart + " is " + atEnd + " after " + STEPS + " steps");
  }

  private static void leavesGradientsAsTheyAre(Optimizer optimizer, DataType type) {
    ParameterVector parameters = parameters(type);
    for (int i = 0; i < 3; i++) {
      setGradientOfQuadratic(parameters);
      double[] before = doubles(parameters.gradients());
      optimizer.step(parameters);
      that(
          Arrays.equals(before, doubles(parameters.gradients())),
          optimizer,
          "a step changes the gradients " + Arrays.toString(before));
    }
  }

  private static void leavesFrozenParametersAlone(Optimizer optimizer, DataType type) {
    ParameterVector parameters = parameters(type);
    Parameter frozen = parameters.get(0);
    Parameter moving = parameters.get(1);
    for (boolean freeze : new boolean[] {true, true, false, true}) {
      frozen.freeze(freeze);
      setGradientOfQuadratic(parameters);
      double[] frozenBefore = doubles(frozen.value());
      double[] movingBefore = doubles(moving.value());
      optimizer.step(parameters);
      that(
          freeze == Arrays.equals(frozenBefore, doubles(frozen.value())),
          optimizer,
          freeze
              ? "a step changes a frozen parameter"
              : "a step leaves a parameter that is no longer frozen");
      that(
          !Arrays.equals(movingBefore, doubles(moving.value())),
          optimizer,
          "a step leaves a parameter whose neighbor is frozen");
    }
  }

  private static void givesTheSameBitsTwice(
      Supplier<? extends Optimizer> optimizers, DataType type) {
    Optimizer optimizer = optimizers.get();
    Optimizer again = optimizers.get();
    that(optimizer != again, optimizer, "the supplier gives the same object twice");
    ParameterVector parameters = parameters(type);
    ParameterVector others = parameters(type);
    for (int i = 0; i < 20; i++) {
      setGradientOfQuadratic(parameters);
      setGradientOfQuadratic(others);
      optimizer.step(parameters);
      again.step(others);
      that(
          Arrays.equals(doubles(parameters.values()), doubles(others.values())),
          optimizer,
          "two fresh ones differ after " + (i + 1) + " equal steps");
    }
  }

  private static void doesNotCorruptAnotherVector(Optimizer optimizer, DataType type) {
    ParameterVector parameters = parameters(type);
    setGradientOfQuadratic(parameters);
    optimizer.step(parameters);
    Parameter single = new Parameter("w", Parameter.Role.WEIGHT, Nd4j.create(type, 3).addi(1));
    ParameterVector other = ParameterVector.pack(type, List.of(List.of(single)));
    other.gradients().assign(1);
    boolean refused = false;
    try {
      optimizer.step(other);
    } catch (IllegalStateException e) {
      refused = true;
    }
    double[] values = doubles(other.values());
    that(
        refused ? Arrays.equals(values, new double[] {1, 1, 1}) : allBelowOne(values),
        optimizer,
        "a vector of another length is "
            + (refused ? "refused" : "taken")
            + " and becomes "
            + Arrays.toString(values));
    double[] before = doubles(parameters.values());
    setGradientOfQuadratic(parameters);
    optimizer.step(parameters);
    that(
        !Arrays.equals(before, doubles(parameters.values())),
        optimizer,
        "it no longer steps after it was given a vector of another length");
  }

  private static void takesAnEmptyVector(Optimizer optimizer, DataType type) {
    ParameterVector empty = ParameterVector.pack(type, List.of());
    optimizer.step(empty);
    optimizer.step(empty);
  }

  private static void goesOnFromItsState(Supplier<? extends Optimizer> optimizers, DataType type) {
    Optimizer optimizer = optimizers.get();
    ParameterVector parameters = parameters(type);
    for (int steps : new int[] {0, 1, 6}) {
      for (int i = 0; i < steps; i++) {
        setGradientOfQuadratic(parameters);
        optimizer.step(parameters);
      }
      Optimizer resumed = optimizers.get();
      ParameterVector copy = parameters(type);
      copy.setValues(parameters.values());
      OptimizerState state = optimizer.state();
      for (int i = 0; i < 3; i++) {
        setGradientOfQuadratic(parameters);
        optimizer.step(parameters);
      }
      resumed.restore(state, copy);
      for (int i = 0; i < 3; i++) {
        setGradientOfQuadratic(copy);
        resumed.step(copy);
      }
      that(
          Arrays.equals(doubles(parameters.values()), doubles(copy.values())),
          optimizer,
          "a fresh one that took over its state goes on otherwise; override state() and restore()");
    }
  }

  private static boolean allBelowOne(double[] values) {
    return Arrays.stream(values).allMatch(value -> value < 1 && Double.isFinite(value));
  }

  private static ParameterVector parameters(DataType type) {
    INDArray weight = Nd4j.createFromArray(Arrays.copyOf(START, 3)).castTo(type);
    INDArray bias = Nd4j.createFromArray(Arrays.copyOfRange(START, 3, 5)).castTo(type);
    return ParameterVector.pack(
        type,
        List.of(
            List.of(
                new Parameter("weight", Parameter.Role.WEIGHT, weight),
                new Parameter("bias", Parameter.Role.BIAS, bias))));
  }

  /** The value of {@code Σ c θ² / 2}; the gradients become {@code c θ}. */
  private static double setGradientOfQuadratic(ParameterVector parameters) {
    double value = 0;
    for (int i = 0; i < START.length; i++) {
      double theta = parameters.values().getDouble(i);
      value += CURVATURES[i] * theta * theta / 2;
      parameters.gradients().putScalar(i, CURVATURES[i] * theta);
    }
    return value;
  }

  private static double[] doubles(INDArray array) {
    return array.castTo(DOUBLE).dup('c').toDoubleVector();
  }

  private static void that(boolean holds, Optimizer optimizer, String otherwise) {
    if (!holds) {
      throw new AssertionError(optimizer + " breaks the contract of Optimizer: " + otherwise);
    }
  }
}
