package org.nn4j.loss;

import static org.nd4j.linalg.ops.transforms.Transforms.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;

/**
 * Cross-entropy of probabilities.
 *
 * <pre>
 * loss of a sample = − Σ t log a
 * dA = − T / A
 * </pre>
 *
 * <p>T is defined by {@link ClassificationLoss}. Probabilities below the smallest normal number
 * count as that number, so the loss is finite. A network must end in a softmax or in a user-defined
 * activation. After a final softmax the loss is computed on the logits, as {@link
 * SoftmaxCrossEntropy}. Shapes: {@code [B, K]}.
 *
 * @param classTargets T
 */
record CrossEntropy(ClassTargets classTargets) implements ClassificationLoss {
  private static final String NAME = "cross-entropy";

  @Override
  public CrossEntropy withLabelSmoothing(double epsilon) {
    return new CrossEntropy(classTargets.withSmoothing(epsilon));
  }

  @Override
  public CrossEntropy withClassWeights(double... weights) {
    return new CrossEntropy(classTargets.withWeights(weights));
  }

  @Override
  public void requireOutput(Shape output, @Nullable Activation last) {
    OutputChecks.requireClasses(this, output, "binaryCrossEntropy(), after dense(1, sigmoid())");
    OutputChecks.requireDistribution(this, last);
    classTargets.requireClasses(output.size());
  }

  @Override
  public void requireTargets(INDArray targets) {
    TargetChecks.requireDistributions(targets, this);
  }

  @Override
  public void compute(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    TargetChecks.requireArrays(this, predictions, targets, perSample, gradient);
    if (!classTargets.asGiven()) {
      classTargets.compute(targets, gradient);
      computeAsGiven(predictions, gradient, perSample, gradient);
    } else {
      computeAsGiven(predictions, targets, perSample, gradient);
    }
  }

  private static void computeAsGiven(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    try (INDArray a = ClampedProbabilities.atLeastSmallest(predictions);
        INDArray terms = log(a, true)) {
      terms.muli(targets);
      terms.sum(perSample, 1);
      perSample.negi();
      targets.div(a, gradient);
      gradient.negi();
    }
  }

  @Override
  public Optional<Fusion> fusion() {
    return Optional.of(
        new Fusion(Activations.softmax(), new SoftmaxCrossEntropy(classTargets, NAME)));
  }

  @Override
  public boolean weighsClasses() {
    return !classTargets.weights().isEmpty();
  }

  @Override
  public String toString() {
    return NAME + classTargets;
  }
}
