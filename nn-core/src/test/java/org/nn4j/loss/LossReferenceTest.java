package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.Near.assertNear;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.Reference;

class LossReferenceTest {
  static List<Reference> cases() {
    return Reference.cases("losses.json");
  }

  private static Loss lossOf(Reference reference) {
    SumOrMean overOutputs =
        reference.has("over_outputs")
            ? SumOrMean.valueOf(reference.string("over_outputs").toUpperCase(Locale.ROOT))
            : SumOrMean.SUM;
    return switch (reference.string("loss")) {
      case "mean_squared_error" -> new SquaredError(overOutputs);
      case "mean_absolute_error" -> new AbsoluteError(overOutputs);
      case "huber" -> Losses.huber(reference.number("delta"), overOutputs);
      case "cross_entropy" -> Losses.crossEntropy();
      case "softmax_cross_entropy" -> Losses.softmaxCrossEntropy();
      case "binary_cross_entropy" -> Losses.binaryCrossEntropy(overOutputs);
      case "sigmoid_binary_cross_entropy" -> Losses.sigmoidBinaryCrossEntropy(overOutputs);
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
    Loss loss = lossOf(reference);
    INDArray predictions = reference.array("predictions", type);
    INDArray targets = reference.array("targets", type);
    assertNear(
        loss.perSample(predictions, targets),
        reference.array("per_sample", DataType.DOUBLE),
        tolerance);

    Pass pass = Pass.training();
    double mean = reference.number("mean");
    assertThat(loss.forward(predictions, targets, pass))
        .isEqualTo(mean, within(tolerance * Math.max(1, mean)));
    assertNear(
        loss.backward(pass), reference.array("gradient_predictions", DataType.DOUBLE), tolerance);
    assertNear(predictions, reference.array("predictions", DataType.DOUBLE), 1e-6);
  }
}
