package org.nn4j.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ActivatedLayer;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.activation.Activations;
import org.nn4j.data.batch.Batch;
import org.nn4j.internal.Checks;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.layer.ActivationLayer;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dropout;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.LayerNormalization;

/**
 * Network with its loss: the forward and backward of every training step.
 *
 * <pre>{@code
 * Objective objective = Objective.of(network, crossEntropy());
 * for (Batch batch : batches.epoch(1)) {
 *   network.zeroGrad();
 *   double loss = objective.forward(batch);
 *   objective.backward();
 *   optimizer.step(network.parameters());
 * }
 * }</pre>
 *
 * <p>If the network ends in the activation of its loss (softmax before cross-entropy, sigmoid
 * before binary cross-entropy), the two are computed as one function of the logits, see {@link
 * Loss#fusion()}. Sample weights are applied. Uses the training pass of the network. Not
 * thread-safe.
 */
public final class Objective {
  private final Network network;
  private final Network trained;
  private final Loss loss;
  private final Activation activation;
  private @Nullable INDArray output;
  private boolean isForwardDone;

  /** The count of the pass after the last forward: another forward overwrites its arrays. */
  private long forwards;

  private Objective(Network network, Network trained, Loss loss, Activation activation) {
    this.network = network;
    this.trained = trained;
    this.loss = loss;
    this.activation = activation;
  }

  /**
   * Returns the objective of a network and a loss.
   *
   * @param network the network
   * @param loss the loss of its predictions
   * @return the objective, fused if the network ends in the activation of {@link Loss#fusion()}
   * @throws IllegalArgumentException if the loss is not defined for the output of the network, see
   *     {@link Loss#requireOutput}
   */
  public static Objective of(Network network, Loss loss) {
    Require.notNull(network, "Objective.of", "network");
    Require.notNull(loss, "Objective.of", "loss");
    loss.requireOutput(network.outputShape(), outputActivation(network));
    return Checks.returned(loss.fusion(), loss, "an Optional from fusion")
        .filter(fusion -> fusion.activation().equals(network.activation()))
        .map(
            fusion ->
                new Objective(
                    network,
                    network.withoutActivation(),
                    fusion.onPreActivation(),
                    fusion.activation()))
        .orElseGet(() -> unfused(network, loss));
  }

  /**
   * Returns the activation that determines the range of the outputs: that of the last layer, or of
   * the one before layers that preserve the range. Null if it is unknown, as after a user-defined
   * layer.
   */
  private static @Nullable Activation outputActivation(Network network) {
    List<Layer> layers = network.layers();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (layer instanceof Network nested) {
        return outputActivation(nested);
      }
      if (layer instanceof BatchNormalization || layer instanceof LayerNormalization) {
        return Activations.identity();
      }
      boolean isIdentity =
          layer instanceof ActivationLayer same && same.activation().equals(Activations.identity());
      if (layer instanceof ActivatedLayer last && !isIdentity) {
        return last.activation();
      }
      if (!(isIdentity || layer instanceof Flatten || layer instanceof Dropout)) {
        return null;
      }
    }
    return null;
  }

  /** Returns the objective without fusion. */
  static Objective unfused(Network network, Loss loss) {
    return new Objective(network, network, loss, Activations.identity());
  }

  /** Returns the network without the activation that is fused with the loss. */
  Network trained() {
    return trained;
  }

  /** Returns the loss of the output of {@link #trained()}. */
  Loss loss() {
    return loss;
  }

  /**
   * Computes the outputs for a batch and their loss.
   *
   * @param batch inputs {@code [B, in...]}, targets {@code [B, out]}, weights {@code [B, 1]} or
   *     null
   * @return {@code L}, the mean of the samples' losses, each times its weight
   * @throws org.nn4j.ShapeMismatchException if the batch does not fit the network
   * @throws IllegalArgumentException if the loss is not defined for a target
   */
  public double forward(Batch batch) {
    Require.notNull(batch, "Objective.forward", "batch");
    isForwardDone = false;
    Pass pass = network.trainingPass();
    INDArray result = trained.forward(batch.inputs(), pass);
    double mean = loss.forward(result, batch.targets(), batch.weights(), pass);
    output = result;
    forwards = PassMemory.of(pass).forwards();
    isForwardDone = true;
    return mean;
  }

  /**
   * Adds ∂L/∂θ of the last {@link #forward} to the gradients of the network.
   *
   * @throws IllegalStateException if there was no forward since the last backward, or another one
   *     on the training pass since
   */
  public void backward() {
    backward(1);
  }

  /**
   * Adds a multiple of ∂L/∂θ of the last {@link #forward} to the gradients of the network, for a
   * step over several batches.
   *
   * @param factor the factor of the gradient
   * @throws IllegalStateException if there was no forward since the last backward, or another one
   *     on the training pass since
   */
  public void backward(double factor) {
    if (!isForwardDone) {
      throw new IllegalStateException(
          Require.message(
              "Objective.backward",
              "a forward since the last backward",
              "none",
              "call forward(batch) first"));
    }
    isForwardDone = false;
    requireLastForward("Objective.backward");
    Pass pass = network.trainingPass();
    INDArray gradient = loss.backward(pass);
    if (factor != 1) {
      Kernel.scale(gradient, factor);
    }
    trained.backwardParameters(gradient, pass);
  }

  /**
   * Returns the predictions of the last {@link #forward}: probabilities if the loss is computed on
   * logits.
   *
   * @return {@code [B, out...]}, valid until the next forward
   * @throws IllegalStateException if there was no forward, or another one on the training pass
   *     since
   */
  public INDArray predictions() {
    INDArray last = output;
    if (last == null) {
      throw new IllegalStateException(
          Require.message(
              "Objective.predictions", "a forward before", "none", "call forward(batch) first"));
    }
    requireLastForward("Objective.predictions");
    INDArray predictions =
        network.trainingPass().buffer(this, "predictions", last.dataType(), last.shape());
    Kernel.copy(last, predictions);
    return toPredictions(predictions);
  }

  private void requireLastForward(String method) {
    if (PassMemory.of(network.trainingPass()).forwards() != forwards) {
      throw new IllegalStateException(
          Require.message(
              method,
              "no other forward on the training pass since its own",
              "a later forward of the network or of a loss",
              "call it before the next forward, or use another pass for that forward"));
    }
  }

  /** Converts an output of {@link #trained()} to predictions, in place. */
  INDArray toPredictions(INDArray outputs) {
    activation.forward(outputs, outputs);
    return outputs;
  }

  /**
   * Returns the gradient vector of each sample of a small batch. The accumulated gradients and the
   * statistics of the network are not changed.
   *
   * @param inputs {@code [B, in...]}
   * @param targets {@code [B, out...]}
   * @return {@code [B, N]}: row i is ∂(loss of sample i)/∂θ, in the order of the packed vector; the
   *     mean of the rows is the gradient of the batch (except with batch normalization, which
   *     combines the samples of a batch, and dropout, which draws other masks)
   */
  public INDArray perSampleGradients(INDArray inputs, INDArray targets) {
    return PerSampleGradients.of(network, trained, loss, inputs, targets);
  }
}
