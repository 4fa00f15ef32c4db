package org.nn4j.loss;

import static org.nd4j.linalg.ops.transforms.Transforms.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;

/**
 * Binary cross-entropy of probabilities: binary classification with one output, multi-label
 * classification with several.
 *
 * <pre>
 * loss of a sample = − share Σ (y log a + (1 − y) log(1 − a))    share = 1 (SUM) or 1 / out (MEAN)
 * dA = share ((1 − Y) / (1 − A) − Y / A)
 * </pre>
 *
 * <p>{@code a} and {@code 1 − a} below the smallest normal number count as that number, so the loss
 * is finite. Targets outside 0 to 1 are refused. A network must end in a sigmoid or in a
 * user-defined activation. After a final sigmoid the loss is computed on the logits, as {@link
 * SigmoidBinaryCrossEntropy}. Shapes: {@code [B, out]}. Thread-safe.
 *
 * @param overOutputs whether outputs are summed or averaged
 */
record BinaryCrossEntropy(SumOrMean overOutputs) implements Loss {
  private static final String NAME = "binary cross-entropy";

  @Override
  public void requireOutput(Shape output, @Nullable Activation last) {
    Require.notNull(output, this, "output");
    OutputChecks.requireProbabilities(this, last);
  }

  @Override
  public void requireTargets(INDArray targets) {
    TargetChecks.requireProbabilities(targets, this);
  }

  @Override
  public void compute(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    TargetChecks.requireArrays(this, predictions, targets, perSample, gradient);
    double share = overOutputs.share(predictions.size(1));
    try (INDArray yes = ClampedProbabilities.atLeastSmallest(predictions);
        INDArray complement = predictions.rsub(1);
        INDArray no = ClampedProbabilities.atLeastSmallest(complement);
        INDArray notTargets = targets.rsub(1)) {
      try (INDArray terms = log(yes, true);
          INDArray noTerms = log(no, true)) {
        terms.muli(targets);
        noTerms.muli(notTargets);
        terms.addi(noTerms);
        terms.sum(perSample, 1);
      }
      perSample.muli(-share);

      notTargets.div(no, gradient);
      targets.div(yes, yes);
      gradient.subi(yes);
      gradient.muli(share);
    }
  }

  @Override
  public Optional<Fusion> fusion() {
    return Optional.of(
        new Fusion(Activations.sigmoid(), new SigmoidBinaryCrossEntropy(overOutputs, NAME)));
  }

  @Override
  public String toString() {
    return NAME + " (" + overOutputs + " over outputs)";
  }
}
