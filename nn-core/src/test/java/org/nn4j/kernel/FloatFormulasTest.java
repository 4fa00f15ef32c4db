package org.nn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.LayerNormalization;
import org.nn4j.loss.Losses;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.L1;
import org.nn4j.optim.L2;
import org.nn4j.optim.Penalty;

/**
 * Holds formulas that are loops over floats to the same ones as operations of ND4J, which arrays of
 * doubles take.
 */
class FloatFormulasTest {
  private static final double TOLERANCE = 2e-6;
  private static final int ROWS = 37;
  private static final int COLUMNS = 130;

  private final INDArray numbers = numbers(1);
  private final INDArray others = numbers(2);

  private static INDArray numbers(long seed) {
    INDArray numbers = Near.random(seed, FLOAT, ROWS, COLUMNS).muli(4);
    float[] special = {0, -0.0f, 1e-6f, -1e-6f, 20, -20, 60, -60};
    for (int i = 0; i < special.length; i++) {
      numbers.putScalar(seed, i, special[i]);
    }
    return numbers;
  }

  private static INDArray doubles(INDArray x) {
    return x.castTo(DOUBLE);
  }

  static List<Activation> activations() {
    return List.of(
        Activations.leakyRelu(),
        Activations.leakyRelu(0),
        Activations.leakyRelu(1.5),
        Activations.elu(),
        Activations.elu(0.3),
        Activations.gelu(),
        Activations.silu(),
        Activations.softplus());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void activationsAgree(Activation activation) {
    INDArray a = numbers.ulike();
    INDArray exact = doubles(a);
    activation.forward(numbers, a);
    activation.forward(doubles(numbers), exact);
    assertNear(a, exact, TOLERANCE);

    INDArray kept = activation.needsPreActivation() ? numbers : a;
    INDArray dZ = numbers.ulike();
    activation.backward(others, kept, dZ);
    INDArray exactGradient = doubles(a);
    activation.backward(doubles(others), doubles(kept), exactGradient);
    assertNear(dZ, exactGradient, 2 * TOLERANCE);

    INDArray inPlace = numbers.dup();
    activation.forward(inPlace, inPlace);
    assertThat(inPlace).isEqualTo(a);
  }

  static List<Loss> losses() {
    return List.of(
        Losses.meanAbsoluteError(),
        Losses.huber(),
        Losses.huber(0.2),
        Losses.sigmoidBinaryCrossEntropy());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesAgree(Loss loss) {
    INDArray targets = Near.random(3, FLOAT, ROWS, COLUMNS);
    targets.muli(targets);
    INDArray perSample = Nd4j.create(FLOAT, ROWS);
    INDArray gradient = numbers.ulike();
    loss.compute(numbers, targets, perSample, gradient);
    INDArray exact = Nd4j.create(DOUBLE, ROWS);
    INDArray exactGradient = doubles(gradient);
    loss.compute(doubles(numbers), doubles(targets), exact, exactGradient);
    assertNear(perSample, exact, TOLERANCE * COLUMNS);
    assertNear(gradient, exactGradient, TOLERANCE);
  }

  static Stream<LayerSpec> normalizations() {
    return Stream.of(new BatchNormalization.Spec(), new LayerNormalization.Spec());
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void normalizationsAgree(LayerSpec spec) {
    for (int rows : new int[] {1, 2, ROWS}) {
      INDArray x = Near.random(4, FLOAT, rows, COLUMNS).addi(3);
      INDArray dY = Near.random(5, FLOAT, rows, COLUMNS);
      Layer layer = spec.build(Shape.of(COLUMNS), FLOAT, new SeededRandom(1));
      Layer exact = spec.build(Shape.of(COLUMNS), DOUBLE, new SeededRandom(1));
      for (int i = 0; i < 2; i++) { // scale and shift
        Parameter parameter = layer.parameters().get(i);
        parameter.value().addi(Near.random(6 + i, FLOAT, COLUMNS));
        exact.parameters().get(i).value().assign(doubles(parameter.value()));
      }
      for (Pass pass : new Pass[] {Pass.training(), Pass.inference()}) {
        Pass ofExact = pass.isTraining() ? Pass.training() : Pass.inference();
        INDArray before = x.dup();
        assertNear(layer.forward(x, pass), exact.forward(doubles(x), ofExact), 1e-4);
        assertThat(x).isEqualTo(before);
        assertNear(layer.backward(dY, pass), exact.backward(doubles(dY), ofExact), 1e-4);
      }
      for (int i = 0; i < layer.parameters().size(); i++) {
        Parameter parameter = layer.parameters().get(i);
        Parameter exactly = exact.parameters().get(i);
        assertNear(parameter.value(), exactly.value(), 1e-5);
        assertNear(parameter.gradient(), exactly.gradient(), 1e-3);
      }
    }
  }

  @Test
  void penaltiesAndClippingAgree() {
    for (Penalty penalty : new Penalty[] {new L1(0.3), new L2(0.2)}) {
      ParameterVector floats = parameters(FLOAT);
      ParameterVector exact = parameters(DOUBLE);
      assertThat(penalty.value(floats)).isCloseTo(penalty.value(exact), within(1e-3));
      penalty.addGradient(floats);
      penalty.addGradient(exact);
      for (GradientClipping clipping :
          new GradientClipping[] {GradientClipping.byValue(0.4), GradientClipping.byNorm(3)}) {
        clipping.clip(floats);
        clipping.clip(exact);
        assertNear(floats.gradients(), exact.gradients(), TOLERANCE);
      }
    }
  }

  private ParameterVector parameters(org.nd4j.linalg.api.buffer.DataType type) {
    List<Parameter> one =
        List.of(new Parameter("weight", Parameter.Role.WEIGHT, numbers.castTo(type).dup()));
    ParameterVector vector = ParameterVector.pack(type, List.of(one));
    vector.gradients().assign(others.castTo(type).reshape(vector.length()));
    return vector;
  }
}
