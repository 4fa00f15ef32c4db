package org.nn4j.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.Near.assertNear;
import static org.nn4j.activation.Activations.elu;
import static org.nn4j.activation.Activations.gelu;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.silu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Reference;
import org.nn4j.data.batch.Batch;
import org.nn4j.loss.Losses;
import org.nn4j.optim.Optimizers;

/** Whole networks: predictions, gradients and the parameters after some steps, against PyTorch. */
class TrainingReferenceTest {
  private static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "identity", identity(),
          "sigmoid", sigmoid(),
          "tanh", tanh(),
          "relu", relu(),
          "softmax", softmax(),
          "gelu", gelu(),
          "elu", elu(),
          "silu", silu());
  private static final Map<String, Loss> LOSSES =
      Map.of(
          "mean_squared_error", Losses.squaredError(),
          "cross_entropy", Losses.crossEntropy(),
          "binary_cross_entropy", Losses.binaryCrossEntropy());

  static List<Reference> cases() {
    return Reference.cases("training.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceInDouble(Reference reference) {
    check(reference, DataType.DOUBLE, 1e-9, true);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceWithoutFusion(Reference reference) {
    check(reference, DataType.DOUBLE, 1e-9, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceInFloat(Reference reference) {
    check(reference, DataType.FLOAT, 1e-5, true);
  }

  private static void check(Reference reference, DataType type, double tolerance, boolean fused) {
    Network network = networkOf(reference, type);
    assign(network, reference, type);
    INDArray x = reference.array("x", type);
    INDArray targets = reference.array("targets", type);
    assertNear(network.predict(x), reference.array("predictions", DataType.DOUBLE), tolerance);

    Loss plain = requireNonNull(LOSSES.get(reference.string("loss")));
    Objective objective = fused ? Objective.of(network, plain) : Objective.unfused(network, plain);
    assertThat(objective.loss().equals(plain)).isEqualTo(!fused || plain.fusion().isEmpty());
    Optimizer sgd = Optimizers.sgd(reference.object("optimizer").number("learning_rate"));
    double[] losses = reference.vector("loss_before_each_step");
    for (int step = 0; step < losses.length; step++) {
      network.zeroGrad();
      double loss = objective.forward(new Batch(x, targets));
      assertThat(loss).as("loss before step %s", step).isEqualTo(losses[step], within(tolerance));
      objective.backward();
      if (step == 0) {
        List<INDArray> weights = reference.arrays("weight_gradients", DataType.DOUBLE);
        List<INDArray> biases = reference.arrays("bias_gradients", DataType.DOUBLE);
        for (int l = 0; l < weights.size(); l++) {
          assertNear(network.parameters().get(2 * l).gradient(), weights.get(l), tolerance);
          assertNear(network.parameters().get(2 * l + 1).gradient(), biases.get(l), tolerance);
        }
      }
      sgd.step(network.parameters());
    }
    List<INDArray> weights = reference.arrays("weights_after", DataType.DOUBLE);
    List<INDArray> biases = reference.arrays("biases_after", DataType.DOUBLE);
    for (int l = 0; l < weights.size(); l++) {
      assertNear(network.parameters().get(2 * l).value(), weights.get(l), tolerance);
      assertNear(network.parameters().get(2 * l + 1).value(), biases.get(l), tolerance);
    }
  }

  private static Network networkOf(Reference reference, DataType type) {
    double[] sizes = reference.vector("shape");
    NetworkBuilder builder = Network.builder((long) sizes[0]).dataType(type);
    List<String> activations = reference.strings("activations");
    for (int l = 0; l < activations.size(); l++) {
      builder.dense((int) sizes[l + 1], requireNonNull(ACTIVATIONS.get(activations.get(l))));
    }
    return builder.build();
  }

  private static void assign(Network network, Reference reference, DataType type) {
    List<INDArray> weights = reference.arrays("weights", type);
    List<INDArray> biases = reference.arrays("biases", type);
    for (int l = 0; l < weights.size(); l++) {
      network.parameters().get(2 * l).value().assign(weights.get(l));
      network.parameters().get(2 * l + 1).value().assign(biases.get(l));
    }
  }
}
