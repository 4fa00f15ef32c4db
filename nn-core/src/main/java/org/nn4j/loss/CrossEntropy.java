package org.nn4j.loss;

import static org.nd4j.linalg.ops.transforms.Transforms.log;
import static org.nd4j.linalg.ops.transforms.Transforms.max;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.activation.Softmax;

/**
 * The cross-entropy of given probabilities.
 *
 * <pre>
 * loss of a sample = − Σ y log a
 * dA = − Y / A / B
 * </pre>
 *
 * <p>Targets are one-hot or soft rows. Probabilities below the smallest normal number count as that
 * number, so that the loss is finite. After a {@link Softmax} at the end of a network it is
 * computed on the logits instead, as {@link SoftmaxCrossEntropy}. Shapes: {@code [B, classes]}.
 * Thread-safe.
 */
public record CrossEntropy() implements Loss {
  @Override
  public void compute(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    double smallest =
        predictions.dataType() == DataType.DOUBLE ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    try (INDArray a = max(predictions, smallest, true);
        INDArray terms = log(a, true)) {
      terms.muli(targets);
      terms.sum(perSample, 1);
      perSample.negi();
      targets.div(a, gradient);
      gradient.divi(-predictions.size(0));
    }
  }

  @Override
  public Optional<Fusion> fusion() {
    return Optional.of(new Fusion(new Softmax(), new SoftmaxCrossEntropy()));
  }

  @Override
  public String toString() {
    return "cross-entropy";
  }
}
