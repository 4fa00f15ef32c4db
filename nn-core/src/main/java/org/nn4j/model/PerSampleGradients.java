package org.nn4j.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.memory.NewArrays;

/** Gradient vector of each sample of a batch: a forward and a backward for each. */
final class PerSampleGradients {
  private PerSampleGradients() {}

  /**
   * Implements {@link Objective#perSampleGradients}.
   *
   * @param trained the network, without its last activation if the loss contains it
   */
  static INDArray of(Network network, Layer trained, Loss loss, INDArray inputs, INDArray targets) {
    String who = "Objective.perSampleGradients";
    Require.batch(inputs, network.inputShape(), network.dataType(), who, "inputs");
    Require.batch(targets, network.outputShape(), network.dataType(), who, "targets");
    Require.that(
        inputs.size(0) == targets.size(0),
        "Objective",
        "as many targets as inputs, " + inputs.size(0),
        targets.size(0),
        "pass one target row for each input row");
    ParameterVector parameters = network.parameters();
    INDArray rows = NewArrays.zeros(parameters.dataType(), inputs.size(0), parameters.length());
    // Copies, because ND4J's views of single rows are wrong in some layouts.
    try (INDArray x = inputs.dup('c');
        INDArray y = targets.dup('c');
        INDArray gradientsBefore = PackedParameters.of(parameters).gradients().dup();
        INDArray valuesBefore = parameters.values().dup();
        Pass pass = Pass.training()) {
      try {
        for (long i = 0; i < inputs.size(0); i++) {
          parameters.zeroGrad();
          INDArray output = trained.forward(sample(x, i), pass);
          loss.forward(output, sample(y, i), pass);
          trained.backwardParameters(loss.backward(pass), pass);
          rows.putRow(i, PackedParameters.of(parameters).gradients());
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
