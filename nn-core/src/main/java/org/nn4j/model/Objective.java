package org.nn4j.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.activation.Identity;
import org.nn4j.internal.kernel.NewArrays;

/**
 * A network and the loss that trains it, fused where they can be.
 *
 * <p>Where a network ends in the activation that its loss belongs to (softmax before
 * cross-entropy), the {@code network} of the objective gives logits and its {@code loss} reads
 * logits. The network shares all parameters with the one it was made from, whose {@code predict}
 * still gives probabilities. Elsewhere the two are what was given.
 *
 * @param network the network to train
 * @param loss the loss of its output
 * @param activation what turns its output into predictions: the activation that was fused, or the
 *     identity
 */
public record Objective(Network network, Loss loss, Activation activation) {
  /**
   * Checks the arguments.
   *
   * @param network the network to train
   * @param loss the loss of its output
   * @param activation what turns its output into predictions: the activation that was fused, or the
   *     identity
   */
  public Objective {
    Require.notNull(network, "Objective", "network");
    Require.notNull(loss, "Objective", "loss");
    Require.notNull(activation, "Objective", "activation");
  }

  /**
   * The objective of a network and a loss.
   *
   * @param network the network
   * @param loss the loss of its predictions
   * @return the two, fused if the network ends in the activation of {@link Loss#fusion()}
   * @throws IllegalArgumentException if the loss is not defined for the output of the network, see
   *     {@link Loss#requireOutput}
   */
  public static Objective of(Network network, Loss loss) {
    Require.notNull(network, "Objective.of", "network");
    Require.notNull(loss, "Objective.of", "loss");
    loss.requireOutput(network.outputShape(), network.outputActivation());
    return Require.returned(loss.fusion(), loss, "an Optional from fusion")
        .filter(fusion -> fusion.activation().equals(network.activation()))
        .map(
            fusion ->
                new Objective(
                    network.withoutActivation(), fusion.onPreActivation(), fusion.activation()))
        .orElseGet(() -> new Objective(network, loss, new Identity()));
  }

  /**
   * Turns the output of the network into predictions, in place.
   *
   * @param output an output of {@link #network()}, overwritten
   * @return the same array, now predictions
   */
  public INDArray toPredictions(INDArray output) {
    Require.notNull(output, "Objective.toPredictions", "output");
    activation.forward(output, output);
    return output;
  }

  /**
   * The gradient vector of each sample of a small batch. The gradients that the network has
   * gathered, and its statistics, are left as they were.
   *
   * @param inputs {@code [B, in...]}
   * @param targets {@code [B, out...]}
   * @return {@code [B, N]}: row i is ∂(loss of sample i)/∂θ, in the order of the packed vector; the
   *     mean of the rows is the gradient of the batch (not so with batch normalization, which ties
   *     the samples of a batch together, and with dropout, which draws masks of its own)
   */
  public INDArray perSampleGradients(INDArray inputs, INDArray targets) {
    Require.notNull(inputs, "Objective.perSampleGradients", "inputs");
    Require.notNull(targets, "Objective.perSampleGradients", "targets");
    Require.that(
        inputs.size(0) == targets.size(0),
        "Objective",
        "as many targets as inputs, " + inputs.size(0),
        targets.size(0),
        "give one target row for each input row");
    ParameterVector parameters = network.parameters();
    INDArray rows = NewArrays.zeros(parameters.dataType(), inputs.size(0), parameters.length());
    // Copies, because ND4J's views of single rows are wrong in some layouts.
    try (INDArray x = inputs.dup('c');
        INDArray y = targets.dup('c');
        INDArray gradientsBefore = parameters.gradients().dup();
        INDArray valuesBefore = parameters.values().dup();
        Pass pass = Pass.training()) {
      try {
        for (long i = 0; i < inputs.size(0); i++) {
          parameters.zeroGrad();
          INDArray output = network.forward(sample(x, i), pass);
          loss.forward(output, sample(y, i), pass);
          network.backwardParameters(loss.backward(pass), pass);
          rows.putRow(i, parameters.gradients());
        }
      } finally {
        parameters.setGradients(gradientsBefore);
        parameters.setValues(valuesBefore);
      }
    }
    return rows;
  }

  private static INDArray sample(INDArray batch, long i) {
    return batch.get(NDArrayIndex.interval(i, i + 1));
  }
}
