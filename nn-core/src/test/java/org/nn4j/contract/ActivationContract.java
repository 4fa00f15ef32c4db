package org.nn4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.check.GradientCheck;
import org.nn4j.layer.Layers;

/**
 * What every {@link Activation} promises, as one line of a test: {@code
 * ActivationContract.check(new MyActivation())}.
 */
public final class ActivationContract {
  private static final int ROWS = 6;
  private static final int COLUMNS = 5;
  private static final double FLOAT_TOLERANCE = 1e-5;

  private final Activation activation;

  private ActivationContract(Activation activation) {
    this.activation = activation;
  }

  /**
   * Checks all promises.
   *
   * @param activation the activation
   * @throws AssertionError if one is broken; it names the activation and the promise
   */
  public static void check(Activation activation) {
    ActivationContract contract = new ActivationContract(activation);
    contract.forwardLeavesItsArgumentAlone();
    contract.forwardWorksInPlace();
    contract.backwardLeavesItsArgumentsAlone();
    contract.theDerivativeAgreesWithCentralDifferences();
    contract.farOutAllIsFinite();
    contract.aNaNStaysOne();
    contract.floatAgreesWithDouble();
    contract.samplesDoNotSeeEachOther();
    contract.aRecordEqualsAnotherOfTheSameValues();
  }

  private void forwardLeavesItsArgumentAlone() {
    INDArray z = random(1, ROWS, COLUMNS);
    INDArray before = z.dup();
    forward(z);
    assertSame(z, before, "forward leaves z unchanged");
  }

  private void forwardWorksInPlace() {
    for (DataType type : new DataType[] {DOUBLE, FLOAT}) {
      INDArray z = random(2, type, ROWS, COLUMNS);
      INDArray expected = forward(z);
      activation.forward(z, z);
      assertSame(z, expected, "forward in place gives what it gives out of place");
    }
  }

  private void backwardLeavesItsArgumentsAlone() {
    INDArray z = random(3, ROWS, COLUMNS);
    INDArray dA = random(4, ROWS, COLUMNS);
    INDArray kept = activation.needsPreActivation() ? z : forward(z);
    INDArray keptBefore = kept.dup();
    INDArray gradientBefore = dA.dup();
    activation.backward(dA, kept, z.ulike());
    assertSame(kept, keptBefore, "backward leaves A or Z unchanged");
    assertSame(dA, gradientBefore, "backward leaves dA unchanged");
  }

  private void theDerivativeAgreesWithCentralDifferences() {
    GradientCheck.Result result =
        GradientCheck.check(
            Layers.activation(activation).build(Shape.of(COLUMNS), DOUBLE, new SeededRandom(1)),
            random(5, ROWS, COLUMNS));
    assertThat(result.passed())
        .as("%s: the derivative agrees with central differences; %s", activation, result)
        .isTrue();
  }

  private void farOutAllIsFinite() {
    for (DataType type : new DataType[] {DOUBLE, FLOAT}) {
      INDArray z =
          Nd4j.createFromArray(new double[][] {{-800, 800, -100, 100, 0}, {800, 0, 0, 0, -800}})
              .castTo(type);
      String promise = "%s in %s: values and gradients are finite at -800 and 800";
      assertThat(DoubleStream.of(doubles(forward(z))))
          .as(promise, activation, type)
          .allMatch(Double::isFinite);
      assertThat(DoubleStream.of(doubles(backward(z, Nd4j.ones(type, 2, COLUMNS)))))
          .as(promise, activation, type)
          .allMatch(Double::isFinite);
    }
  }

  private void aNaNStaysOne() {
    INDArray z = random(6, ROWS, COLUMNS);
    z.putScalar(0, 0, Double.NaN);
    assertThat(forward(z).getDouble(0, 0))
        .as("%s: a NaN stays one, so that a run that has diverged is seen", activation)
        .isNaN();
  }

  private void floatAgreesWithDouble() {
    INDArray z = random(7, FLOAT, ROWS, COLUMNS);
    INDArray dA = random(8, FLOAT, ROWS, COLUMNS);
    String promise = "float agrees with double";
    assertThat(doubles(forward(z)))
        .as("%s: %s", activation, promise)
        .containsExactly(doubles(forward(z.castTo(DOUBLE))), within(FLOAT_TOLERANCE));
    assertThat(doubles(backward(z, dA)))
        .as("%s: %s", activation, promise)
        .containsExactly(
            doubles(backward(z.castTo(DOUBLE), dA.castTo(DOUBLE))), within(FLOAT_TOLERANCE));
  }

  private void samplesDoNotSeeEachOther() {
    INDArray z = random(9, ROWS, COLUMNS);
    INDArray dA = random(10, ROWS, COLUMNS);
    int[] order = {4, 0, 5, 2, 1, 3};
    String promise = "the rows of a batch in another order give the same rows in that order";
    assertSame(forward(Nd4j.pullRows(z, 1, order)), Nd4j.pullRows(forward(z), 1, order), promise);
    assertSame(
        backward(Nd4j.pullRows(z, 1, order), Nd4j.pullRows(dA, 1, order)),
        Nd4j.pullRows(backward(z, dA), 1, order),
        promise);
  }

  /** So that a loss can recognize the activation it belongs to. */
  private void aRecordEqualsAnotherOfTheSameValues() {
    if (activation instanceof Record values) {
      assertThat(copyOf(values))
          .as("%s: equals another of the same values", activation)
          .isEqualTo(activation)
          .hasSameHashCodeAs(activation);
    }
  }

  private static Record copyOf(Record original) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        components[i].getAccessor().setAccessible(true);
        values[i] = components[i].getAccessor().invoke(original);
      }
      Constructor<? extends Record> constructor = original.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      return fail(original + ": cannot be made again from its components", e);
    }
  }

  private void assertSame(INDArray actual, INDArray expected, String promise) {
    assertThat(doubles(actual))
        .as("%s: %s", activation, promise)
        .containsExactly(doubles(expected));
  }

  private INDArray forward(INDArray z) {
    INDArray a = z.ulike();
    activation.forward(z, a);
    return a;
  }

  private INDArray backward(INDArray z, INDArray dA) {
    INDArray dZ = z.ulike();
    activation.backward(dA, activation.needsPreActivation() ? z : forward(z), dZ);
    return dZ;
  }
}
