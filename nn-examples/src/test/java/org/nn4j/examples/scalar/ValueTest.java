package org.nn4j.examples.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.model.Network;

class ValueTest {
  /**
   * By hand: L = z₃², z₃ = y − z₂, z₂ = z₁ + b, z₁ = x w at x = 2, w = 3, b = 0.5.
   *
   * <pre>
   * z₁ = 6, z₂ = 6.5, y = 7.77: z₃ = 1.27, L = 1.6129
   * ∂L/∂z₃ = 2 z₃ = 2.54
   * ∂L/∂z₂ = −1 · 2.54 = −2.54
   * ∂L/∂b  = ∂L/∂z₁ = −2.54
   * ∂L/∂w  = x · −2.54 = −5.08
   * </pre>
   */
  @Test
  void derivativesFlowBackStepByStep() {
    Value x = Value.of(2);
    Value w = Value.of(3);
    Value b = Value.of(0.5);
    Value y = Value.of(7.77);
    Value z1 = x.times(w);
    Value z2 = z1.plus(b);
    Value z3 = y.minus(z2);
    Value loss = z3.pow(2);
    loss.backward();
    assertThat(z3.data()).isEqualTo(1.27, within(1e-12));
    assertThat(loss.data()).isEqualTo(1.6129, within(1e-12));
    assertThat(loss.grad()).isEqualTo(1);
    assertThat(z3.grad()).isEqualTo(2.54, within(1e-12));
    assertThat(z2.grad()).isEqualTo(-2.54, within(1e-12));
    assertThat(z1.grad()).isEqualTo(-2.54, within(1e-12));
    assertThat(b.grad()).isEqualTo(-2.54, within(1e-12));
    assertThat(w.grad()).isEqualTo(-5.08, within(1e-12));
    assertThat(x.grad()).isEqualTo(-7.62, within(1e-12));
  }

  @Test
  void aValueUsedTwiceAddsUpBothWays() {
    Value u = Value.of(3);
    // u² + u: the derivative is 2 u + 1.
    u.times(u).plus(u).backward();
    assertThat(u.grad()).isEqualTo(7);
  }

  @Test
  void aSharedValueOfUnequalDepthsIsCompleteBeforeItFlowsOn() {
    Value u = Value.of(2);
    Value v = u.times(u);
    // v + v (v u) = u² + u⁵: the derivative is 2 u + 5 u⁴.
    v.plus(v.times(v.times(u))).backward();
    assertThat(u.grad()).isEqualTo(4 + 80);
  }

  @Test
  void leavesAddUpAndForget() {
    Value u = Value.of(3);
    Value square = u.pow(2);
    square.backward();
    square.backward();
    assertThat(u.grad()).isEqualTo(12);
    assertThat(square.grad()).isEqualTo(1);
    u.zeroGrad();
    assertThat(u.grad()).isZero();
    assertThat(u).hasToString("Value(data 3.0, grad 0.0)");
  }

  record Operation(String name, UnaryOperator<Value> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Operation> operations() {
    return Stream.of(
        new Operation("u + 1.7", u -> u.plus(Value.of(1.7))),
        new Operation("1.7 + u", u -> Value.of(1.7).plus(u)),
        new Operation("u - 1.7", u -> u.minus(Value.of(1.7))),
        new Operation("1.7 - u", u -> Value.of(1.7).minus(u)),
        new Operation("1.7 u", u -> Value.of(1.7).times(u)),
        new Operation("u 1.7", u -> u.times(Value.of(1.7))),
        new Operation("u / 1.7", u -> u.dividedBy(Value.of(1.7))),
        new Operation("1.7 / u", u -> Value.of(1.7).dividedBy(u)),
        new Operation("u^3", u -> u.pow(3)),
        new Operation("u^-2", u -> u.pow(-2)),
        new Operation("e^u", Value::exp),
        new Operation("tanh u", Value::tanh),
        new Operation("relu u", Value::relu));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void eachDerivativeAgreesWithCentralDifferences(Operation operation) {
    double h = 1e-5;
    for (double at : new double[] {-1.3, -0.4, 0.6, 2.1}) {
      Value u = Value.of(at);
      operation.of().apply(u).backward();
      double up = operation.of().apply(Value.of(at + h)).data();
      double down = operation.of().apply(Value.of(at - h)).data();
      double difference = (up - down) / (2 * h);
      assertThat(u.grad()).isEqualTo(difference, within(1e-7 * Math.max(1, Math.abs(difference))));
    }
  }

  @Test
  void aDeepChainDoesNotOverflowTheStack() {
    Value u = Value.of(0);
    Value sum = u;
    for (int i = 0; i < 100_000; i++) {
      sum = sum.plus(u);
    }
    sum.backward();
    assertThat(u.grad()).isEqualTo(100_001);
  }

  @Test
  void gradientDescentFindsTheMinimum() {
    Value u = Value.of(5);
    for (int step = 0; step < 100; step++) {
      u.zeroGrad();
      u.minus(Value.of(2)).pow(2).backward();
      u.descend(0.1);
    }
    assertThat(u.data()).isEqualTo(2, within(1e-8));
    assertThatIllegalStateException()
        .isThrownBy(() -> u.plus(u).descend(0.1))
        .withMessageEndingWith(
            "expected a leaf, found a computed value; step the values it comes from");
  }

  /** 3-4-2 with the squared error: one number at a time here, whole batches in the library. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheDenseLayersOfTheLibrary(long seed) {
    Network network =
        Network.builder(3)
            .dense(4, tanh())
            .dense(2, relu())
            .seed(seed)
            .dataType(DataType.DOUBLE)
            .build();
    double[][] x = {{0.5, -1.2, 0.3}, {2, 0.1, -0.7}, {-0.4, 0.9, 1.5}};
    double[][] y = {{1, 0}, {0, 1}, {0.5, -0.5}};
    network.zeroGrad();
    INDArray predictions = network.forward(Nd4j.createFromArray(x), network.trainingPass());
    INDArray difference = predictions.sub(Nd4j.createFromArray(y));
    double loss = difference.mul(difference).sumNumber().doubleValue() / 3;
    network.backward(difference.mul(2 / 3.0), network.trainingPass());

    Value[][] w1 = leaves(network.parameters().get(0).value());
    Value[][] b1 = leaves(network.parameters().get(1).value());
    Value[][] w2 = leaves(network.parameters().get(2).value());
    Value[][] b2 = leaves(network.parameters().get(3).value());
    Value sum = Value.of(0);
    for (int i = 0; i < x.length; i++) {
      Value[] hidden = dense(values(x[i]), w1, b1[0], Value::tanh);
      Value[] output = dense(hidden, w2, b2[0], Value::relu);
      for (int j = 0; j < output.length; j++) {
        sum = sum.plus(output[j].minus(Value.of(y[i][j])).pow(2));
      }
    }
    Value mean = sum.dividedBy(Value.of(x.length));
    mean.backward();

    assertThat(mean.data()).isEqualTo(loss, within(1e-10));
    List<Value> all = new ArrayList<>();
    Stream.of(w1, b1, w2, b2).forEach(m -> Stream.of(m).forEach(row -> all.addAll(List.of(row))));
    double[] gradients = network.parameters().gradients().toDoubleVector();
    assertThat(all).hasSize(26);
    assertThat(gradients).hasSize(26);
    for (int i = 0; i < gradients.length; i++) {
      assertThat(all.get(i).grad()).as("parameter %s", i).isEqualTo(gradients[i], within(1e-10));
    }
  }

  private static Value[] dense(
      Value[] x, Value[][] w, Value[] b, Function<Value, Value> activation) {
    Value[] a = new Value[b.length];
    for (int j = 0; j < b.length; j++) {
      Value z = b[j];
      for (int i = 0; i < x.length; i++) {
        z = z.plus(x[i].times(w[i][j]));
      }
      a[j] = activation.apply(z);
    }
    return a;
  }

  /** The rows of a matrix, or the one row of a vector. */
  private static Value[][] leaves(INDArray parameter) {
    INDArray matrix = parameter.rank() == 1 ? parameter.reshape(1, parameter.length()) : parameter;
    return Stream.of(matrix.toDoubleMatrix()).map(ValueTest::values).toArray(Value[][]::new);
  }

  private static Value[] values(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Value::of).toArray(Value[]::new);
  }
}
