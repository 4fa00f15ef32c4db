package org.nn4j.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;

class ActivationContractTest {
  static Stream<Activation> ours() {
    return Stream.of(
        Activations.identity(),
        Activations.sigmoid(),
        Activations.tanh(),
        Activations.relu(),
        Activations.leakyRelu(),
        Activations.leakyRelu(1.5),
        Activations.elu(),
        Activations.elu(0.3),
        Activations.gelu(),
        Activations.silu(),
        Activations.softplus(),
        Activations.softmax());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void ourActivationsKeepTheContract(Activation activation) {
    ActivationContract.check(activation);
  }

  /** {@code A = 2 Z}, {@code dZ = 2 dA}, until one of its steps is replaced. */
  private record Twice(
      BiConsumer<INDArray, INDArray> forward, BiConsumer<INDArray, INDArray> backward)
      implements Activation {
    static final BiConsumer<INDArray, INDArray> DOUBLED = (from, to) -> from.mul(2, to);

    @Override
    public void forward(INDArray z, INDArray a) {
      forward.accept(z, a);
    }

    @Override
    public void backward(INDArray dA, INDArray kept, INDArray dZ) {
      backward.accept(dA, dZ);
    }

    @Override
    public String toString() {
      return "twice";
    }
  }

  @Test
  void aUsersActivationPassesInOneLine() {
    ActivationContract.check(new Twice(Twice.DOUBLED, Twice.DOUBLED));
  }

  private static void assertBroken(Activation activation, String promise) {
    assertThatThrownBy(() -> ActivationContract.check(activation))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[twice")
        .hasMessageContaining(promise);
  }

  @Test
  void brokenPromisesAreNamed() {
    assertBroken(
        new Twice((z, a) -> a.assign(z.muli(2)), Twice.DOUBLED), "forward leaves z unchanged");
    assertBroken(
        new Twice((z, a) -> a.assign(0).addi(z).muli(2), Twice.DOUBLED),
        "forward in place gives what it gives out of place");
    assertBroken(
        new Twice(Twice.DOUBLED, (dA, dZ) -> dZ.assign(dA.muli(2))),
        "backward leaves dA unchanged");
    assertBroken(
        new Twice(Twice.DOUBLED, (dA, dZ) -> dA.mul(2.001, dZ)),
        "the derivative agrees with central differences");
    assertBroken(
        new Twice((z, a) -> z.mul(2e306, a).divi(1e306), Twice.DOUBLED),
        "values and gradients are finite at -800 and 800");
    assertBroken(
        new Twice((z, a) -> a.assign(Transforms.max(z.mul(2), -1e30)), Twice.DOUBLED),
        "a NaN stays one");
    assertBroken(
        new Twice((z, a) -> z.mul(2, a).getRow(0).addi(1), Twice.DOUBLED),
        "the rows of a batch in another order");
  }
}
