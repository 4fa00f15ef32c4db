package org.nn4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Checks;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.NewArrays;

/**
 * Function of predictions and targets that training minimizes.
 *
 * <p>{@code L} is the mean over the batch of the per-sample losses. Implementations have no state
 * and are thread-safe; the {@link Pass} keeps what {@link #backward} needs. To write a loss,
 * implement {@link #compute}. A loss that is defined only for some outputs or targets overrides
 * {@link #requireOutput} and {@link #requireTargets}, which accept everything by default.
 */
public interface Loss {
  /**
   * Computes the loss of each sample and its gradient. {@link #forward} computes the mean over the
   * batch.
   *
   * @param predictions {@code [B, out]}; not changed
   * @param targets of the same shape; not changed
   * @param perSample receives the loss of each sample, {@code [B]}
   * @param gradient receives ∂loss/∂prediction of each sample, of the shape of the predictions
   */
  void compute(INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient);

  /**
   * Checks that the loss is defined for the output of a network. Called once, when an {@link
   * org.nn4j.model.Objective} or a trainer is built.
   *
   * @param output the shape of one prediction
   * @param last the activation at the end of the network; null if it is unknown, as after a layer
   *     of your own that is no {@link ActivatedLayer}
   * @throws IllegalArgumentException if the loss is not defined for such an output
   */
  default void requireOutput(Shape output, @Nullable Activation last) {
    Require.notNull(output, this, "output");
  }

  /**
   * Checks that the loss is defined for targets. Called by each {@link #forward} and {@link
   * #perSample} before the computation. All losses of this library require finite targets.
   *
   * @param targets {@code [B, out]}; not changed
   * @throws IllegalArgumentException if the loss is not defined for one of them
   */
  default void requireTargets(INDArray targets) {
    Require.notNull(targets, this, "targets");
  }

  /**
   * Computes the mean loss of a batch and keeps its gradient in the pass.
   *
   * @param predictions {@code [B, out]}
   * @param targets of the same shape
   * @param pass the pass of the network's forward
   * @return {@code L}
   * @throws ShapeMismatchException if the shapes differ, or are not {@code [B, out]}
   * @throws IllegalArgumentException if the data types differ, or the loss is not defined for a
   *     target
   */
  default double forward(INDArray predictions, INDArray targets, Pass pass) {
    return forward(predictions, targets, null, pass);
  }

  /**
   * Computes the weighted loss of a batch and keeps its gradient in the pass.
   *
   * <pre>
   * L = Σ w loss / B
   * </pre>
   *
   * @param predictions {@code [B, out]}
   * @param targets of the same shape
   * @param weights w, {@code [B, 1]}; null if all are 1
   * @param pass the pass of the network's forward
   * @return {@code L}
   * @throws ShapeMismatchException if the shapes differ, or are not {@code [B, out]}
   * @throws IllegalArgumentException if the data types differ, or the loss is not defined for a
   *     target
   */
  default double forward(
      INDArray predictions, INDArray targets, @Nullable INDArray weights, Pass pass) {
    Checks.rows(predictions, targets, this);
    Require.notNull(pass, this, "pass");
    requireTargets(targets);
    PassMemory.of(pass).beginLoss();
    try {
      INDArray perSample =
          pass.buffer(this, "perSample", predictions.dataType(), predictions.size(0));
      INDArray gradient =
          pass.buffer(this, "gradient", predictions.dataType(), predictions.shape());
      compute(predictions, targets, perSample, gradient);
      Kernel.scale(gradient, 1.0 / perSample.length());
      if (weights != null) {
        SampleWeights.weigh(perSample, gradient, weights, this);
      }
      pass.keep(this, "gradient", gradient);
      return Kernel.sum(perSample) / perSample.length();
    } finally {
      PassMemory.of(pass).end();
    }
  }

  /**
   * Returns the gradient of the last {@link #forward} on this pass.
   *
   * @param pass the pass
   * @return ∂L/∂predictions, valid until the next forward on this pass
   * @throws IllegalStateException if there was no forward on this pass
   */
  default INDArray backward(Pass pass) {
    return Require.notNull(pass, this, "pass").kept(this, "gradient");
  }

  /**
   * Computes the loss of each sample.
   *
   * @param predictions {@code [B, out]}
   * @param targets of the same shape
   * @return a new array {@code [B]}
   * @throws ShapeMismatchException if the shapes differ, or are not {@code [B, out]}
   * @throws IllegalArgumentException if the data types differ, or the loss is not defined for a
   *     target
   */
  default INDArray perSample(INDArray predictions, INDArray targets) {
    Checks.rows(predictions, targets, this);
    requireTargets(targets);
    INDArray perSample = NewArrays.zeros(predictions.dataType(), predictions.size(0));
    try (INDArray gradient = predictions.ulike()) {
      compute(predictions, targets, perSample, gradient);
    }
    return perSample;
  }

  /**
   * Returns whether the loss has class weights, so that a trainer refuses others.
   *
   * @return false by default
   */
  default boolean weighsClasses() {
    return false;
  }

  /**
   * Returns the activation with which this loss is fused at the end of a network, if there is one.
   *
   * @return empty by default
   */
  default Optional<Fusion> fusion() {
    return Optional.empty();
  }

  /**
   * Loss and the activation before it, computed as one function of the pre-activation.
   *
   * @param activation the activation σ
   * @param onPreActivation the loss that equals this one after σ: {@code onPreActivation(Z, Y) =
   *     loss(σ(Z), Y)}, stable for any {@code Z}
   */
  record Fusion(Activation activation, Loss onPreActivation) {
    /**
     * Checks the arguments.
     *
     * @param activation the activation σ
     * @param onPreActivation the loss that equals this one after σ: {@code onPreActivation(Z, Y) =
     *     loss(σ(Z), Y)}, stable for any {@code Z}
     */
    public Fusion {
      Require.notNull(activation, "Loss.Fusion", "activation");
      Require.notNull(onPreActivation, "Loss.Fusion", "onPreActivation");
    }
  }
}
