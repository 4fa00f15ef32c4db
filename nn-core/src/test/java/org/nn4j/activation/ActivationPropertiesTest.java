package org.nn4j.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.check.GradientCheck;
import org.nn4j.init.Initializers;
import org.nn4j.layer.Layers;
import org.nn4j.model.Network;

class ActivationPropertiesTest {
  static Stream<Activation> all() {
    return ActivationEquationsTest.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAloneAndInADenseLayerPass(Activation activation) {
    INDArray x = random(7, 6, 5);
    GradientCheck.Result alone =
        GradientCheck.check(
            Layers.activation(activation).build(Shape.of(5), DOUBLE, new SeededRandom(1)), x);
    assertThat(alone.maxError()).as(alone.toString()).isLessThan(1e-7);
    Network network = Network.builder(5).dense(4, activation).seed(1).dataType(DOUBLE).build();
    GradientCheck.Result dense = GradientCheck.check(network, x);
    assertThat(dense.maxError()).as(dense.toString()).isLessThan(1e-7);
    assertThat(dense.entries()).isEqualTo(5 * 4 + 4 + 30);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void softmaxRowsSumToOneAndIgnoreAShift(long seed) {
    for (DataType type : new DataType[] {DOUBLE, FLOAT}) {
      double tolerance = type == DOUBLE ? 1e-14 : 1e-6;
      INDArray z = random(seed, type, 8, 10).muli(5);
      INDArray a = z.ulike();
      Activations.softmax().forward(z, a);
      assertThat(DoubleStream.of(doubles(a))).allMatch(p -> p >= 0 && p <= 1);
      assertThat(DoubleStream.of(doubles(a.castTo(DOUBLE).sum(1))))
          .allMatch(sum -> Math.abs(sum - 1) < tolerance);

      INDArray shifted = z.add(64);
      Activations.softmax().forward(shifted, shifted);
      assertNear(shifted, a, type == DOUBLE ? 1e-13 : 2e-5);
    }
  }

  @Test
  void theReluFamilyStartsFromHesWeights() {
    Stream.of(
            Activations.relu(),
            Activations.leakyRelu(),
            Activations.elu(),
            Activations.gelu(),
            Activations.silu())
        .forEach(
            activation -> {
              assertThat(activation.isRectifier()).as(activation.toString()).isTrue();
              assertThat(Initializers.defaultFor(activation)).isEqualTo(Initializers.he());
            });
    assertThat(Activations.softplus().isRectifier()).isFalse();
    assertThat(Activations.sigmoid().isRectifier()).isFalse();
  }

  @Test
  void printAsTheyAreMade() {
    assertThat(Activations.leakyRelu())
        .hasToString("leakyRelu(0.01)")
        .isEqualTo(new LeakyRelu(0.01));
    assertThat(Activations.elu()).hasToString("elu(1.0)").isEqualTo(new Elu(1));
    assertThat(Activations.gelu()).hasToString("gelu");
    assertThat(Activations.silu()).hasToString("silu");
    assertThat(Activations.softplus()).hasToString("softplus");
  }

  @Test
  void refusesBadArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activations.leakyRelu(-0.1))
        .withMessage(
            "LeakyRelu: expected a finite slope of 0 or more, found -0.1; pass 0 or a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activations.leakyRelu(Double.NaN))
        .withMessage(
            "LeakyRelu: expected a finite slope of 0 or more, found NaN; pass 0 or a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activations.elu(-1))
        .withMessage(
            "Elu: expected a finite alpha of 0 or more, found -1.0; pass 0 or a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activations.elu(Double.POSITIVE_INFINITY))
        .withMessage(
            "Elu: expected a finite alpha of 0 or more, found Infinity; pass 0 or a number above 0");
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesArraysOfAnotherShapeOrType(Activation activation) {
    INDArray z = random(1, FLOAT, 50, 40);
    for (INDArray other :
        new INDArray[] {
          Nd4j.zeros(FLOAT, 2, 2),
          Nd4j.zeros(FLOAT, 90, 90),
          Nd4j.zeros(FLOAT, 40, 50),
          Nd4j.zeros(DOUBLE, 50, 40),
          Nd4j.zeros(DataType.INT32, 50, 40)
        }) {
      for (ThrowingCallable misuse :
          new ThrowingCallable[] {
            () -> activation.forward(z, other),
            () -> activation.backward(z, other, z.ulike()),
            () -> activation.backward(z, z, other)
          }) {
        assertThatIllegalArgumentException()
            .isThrownBy(misuse)
            .withMessageStartingWith(activation + ": expected ")
            .withMessageContaining(other.dataType() == FLOAT ? "[50, 40]" : "FLOAT");
      }
    }
  }

  @Test
  void refusesArraysOfIntegers() {
    INDArray z = Nd4j.zeros(DataType.INT32, 2, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activations.sigmoid().forward(z, z))
        .withMessage(
            "sigmoid: expected argument 'input' of FLOAT or DOUBLE with one element or more, found"
                + " [2, 2] of INT; cast it with castTo(DataType.FLOAT)");
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesArraysWithoutElements(Activation activation) {
    if (activation.equals(Activations.identity())) {
      return; // copies nothing
    }
    for (INDArray none : new INDArray[] {Nd4j.create(FLOAT, 0, 3), Nd4j.empty(FLOAT)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> activation.forward(none, none))
          .withMessageEndingWith("; pass at least one sample");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> activation.backward(none, none, none))
          .withMessageEndingWith("; pass at least one sample");
    }
  }
}
