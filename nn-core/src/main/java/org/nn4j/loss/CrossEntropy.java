package org.nn4j.loss;

import static org.nd4j.linalg.ops.transforms.Transforms.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.activation.Softmax;

/**
 * The cross-entropy of given probabilities.
 *
 * <pre>
 * loss of a sample = − Σ t log a
 * dA = − T / A
 * T = Y, or w ((1 − ε) Y + ε / K) with label smoothing ε and class weights w
 * </pre>
 *
 * <p>Targets are one-hot rows, or soft ones from 0 to 1 that sum to 1 within 0.01; {@link
 * org.nn4j.data.Labels#oneHot} makes them from integer labels. Others are refused, a row of zeros
 * too: a sample that is not to count has weight 0. A network has to end in a {@link Softmax} or in
 * an activation of a user's own, and to have 2 or more outputs. Probabilities below the smallest
 * normal number count as that number, so that the loss is finite. After a {@link Softmax} at the
 * end of a network it is computed on the logits instead, as {@link SoftmaxCrossEntropy}. The mean
 * over the batch is plain, as in Keras; PyTorch divides by the sum of the class weights instead.
 * Label smoothing: Szegedy et al., "Rethinking the Inception Architecture" (CVPR 2016), section 7.
 * Shapes: {@code [B, classes]}. Thread-safe.
 */
public final class CrossEntropy implements Loss {
  private final ClassTargets reading;

  CrossEntropy(ClassTargets reading) {
    this.reading = reading;
  }

  /**
   * The same loss with label smoothing.
   *
   * @param epsilon ε, from 0 to below 1
   * @return a new loss
   * @throws IllegalArgumentException if it is out of range
   */
  public CrossEntropy withLabelSmoothing(double epsilon) {
    return new CrossEntropy(reading.withSmoothing(epsilon));
  }

  /**
   * The same loss with a weight for each class.
   *
   * @param weights w, one for each class, each 0 or more
   * @return a new loss
   * @throws IllegalArgumentException if there is none, or one is negative or not finite
   */
  public CrossEntropy withClassWeights(double... weights) {
    Require.notNull(weights, "CrossEntropy.withClassWeights", "weights");
    return new CrossEntropy(reading.withWeights(weights));
  }

  @Override
  public void requireOutput(Shape output, @Nullable Activation last) {
    Outputs.requireClasses(this, output, "binaryCrossEntropy(), after dense(1, sigmoid())");
    Outputs.requireDistribution(this, last);
    reading.requireClasses(output.size());
  }

  @Override
  public void requireTargets(INDArray targets) {
    Targets.requireDistributions(targets, this);
  }

  @Override
  public void compute(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    if (!reading.asGiven()) {
      try (INDArray read = reading.of(targets)) {
        computeAsGiven(predictions, read, perSample, gradient);
      }
    } else {
      computeAsGiven(predictions, targets, perSample, gradient);
    }
  }

  private static void computeAsGiven(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    try (INDArray a = Probabilities.atLeastSmallest(predictions);
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
    return Optional.of(new Fusion(new Softmax(), new SoftmaxCrossEntropy(reading)));
  }

  @Override
  public boolean weighsClasses() {
    return !reading.weights().isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CrossEntropy that && reading.equals(that.reading);
  }

  @Override
  public int hashCode() {
    return reading.hashCode();
  }

  @Override
  public String toString() {
    return "cross-entropy" + reading;
  }
}
