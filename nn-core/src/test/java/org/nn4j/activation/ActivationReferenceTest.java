package org.nn4j.activation;

import static org.nn4j.Near.assertNear;
import static org.nn4j.activation.Activations.elu;
import static org.nn4j.activation.Activations.gelu;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.leakyRelu;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.silu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.softplus;
import static org.nn4j.activation.Activations.tanh;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Reference;

class ActivationReferenceTest {
  static Stream<Reference> cases() {
    return Reference.cases("activations.json").stream();
  }

  private static Activation activation(Reference reference) {
    return switch (reference.string("activation")) {
      case "identity" -> identity();
      case "sigmoid" -> sigmoid();
      case "tanh" -> tanh();
      case "relu" -> relu();
      case "leaky_relu" -> leakyRelu(reference.number("slope"));
      case "elu" -> elu(reference.number("alpha"));
      case "gelu" -> gelu();
      case "silu" -> silu();
      case "softplus" -> softplus();
      case "softmax" -> softmax();
      default -> throw new AssertionError(reference);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceInDouble(Reference reference) {
    check(reference, DataType.DOUBLE, 1e-9);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceInFloat(Reference reference) {
    check(reference, DataType.FLOAT, 1e-5);
  }

  private static void check(Reference reference, DataType type, double tolerance) {
    Activation activation = activation(reference);
    INDArray z = reference.array("z", type);
    INDArray a = z.ulike();
    activation.forward(z, a);
    assertNear(a, reference.array("a", DataType.DOUBLE), tolerance);

    INDArray dZ = z.ulike();
    INDArray kept = activation.needsPreActivation() ? z : a;
    activation.backward(reference.array("gradient_a", type), kept, dZ);
    assertNear(dZ, reference.array("gradient_z", DataType.DOUBLE), tolerance);

    activation.forward(z, z);
    assertNear(z, reference.array("a", DataType.DOUBLE), tolerance);
  }
}
