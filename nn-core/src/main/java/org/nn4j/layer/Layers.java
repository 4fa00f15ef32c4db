package org.nn4j.layer;

import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.LayerSpec;
import org.nn4j.Require;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;

/**
 * Factory of layer recipes, for static import. Thread-safe.
 *
 * <p>The builder of a network has a method for each kind of layer. Pass a recipe to its method
 * {@code layer} for settings other than the defaults.
 */
public final class Layers {
  private Layers() {}

  /**
   * Returns a fully connected layer without an activation.
   *
   * @param units the number of outputs
   * @return the recipe
   * @throws IllegalArgumentException if there is no unit
   */
  public static LayerSpec dense(int units) {
    return dense(units, Activations.identity());
  }

  /**
   * Returns a fully connected layer with the default initialization before its activation.
   *
   * @param units the number of outputs
   * @param activation σ
   * @return the recipe
   * @throws IllegalArgumentException if there is no unit
   */
  public static LayerSpec dense(int units, Activation activation) {
    Require.notNull(activation, "Layers.dense", "activation");
    return dense(units, activation, Initializers.defaultFor(activation), Initializers.zeros());
  }

  /**
   * Returns a fully connected layer.
   *
   * @param units the number of outputs
   * @param activation σ
   * @param weights the initial value of {@code W}
   * @param biases the initial value of {@code b}
   * @return the recipe of a {@link Dense}
   * @throws IllegalArgumentException if there is no unit
   */
  public static LayerSpec dense(
      int units, Activation activation, Initializer weights, Initializer biases) {
    return new Dense.Spec(units, activation, weights, biases);
  }

  /**
   * Returns an activation as a layer of its own.
   *
   * @param activation σ
   * @return the recipe of an {@link ActivationLayer}
   */
  public static LayerSpec activation(Activation activation) {
    return new ActivationLayer.Spec(activation);
  }

  /** {@return the recipe of a {@link Flatten} layer, which reshapes each sample to one row} */
  public static LayerSpec flatten() {
    return new Flatten.Spec();
  }

  /**
   * Returns inverted dropout, which is inactive in inference.
   *
   * @param rate the probability p of dropping an element, from 0 to below 1
   * @return the recipe of a {@link Dropout} layer
   * @throws IllegalArgumentException if the rate is out of range
   */
  public static LayerSpec dropout(double rate) {
    return new Dropout.Spec(rate);
  }

  /** {@return batch normalization with ε = 1e-5 and momentum 0.1, the defaults of PyTorch} */
  public static LayerSpec batchNormalization() {
    return batchNormalization(
        BatchNormalization.DEFAULT_EPSILON, BatchNormalization.DEFAULT_MOMENTUM);
  }

  /**
   * Returns batch normalization.
   *
   * @param epsilon ε, above 0
   * @param momentum the weight m of the newest batch in the running statistics, above 0 and at most
   *     1
   * @return the recipe of a {@link BatchNormalization}
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static LayerSpec batchNormalization(double epsilon, double momentum) {
    return new BatchNormalization.Spec(epsilon, momentum);
  }

  /** {@return layer normalization with ε = 1e-5, the default of PyTorch} */
  public static LayerSpec layerNormalization() {
    return layerNormalization(LayerNormalization.DEFAULT_EPSILON);
  }

  /**
   * Returns layer normalization.
   *
   * @param epsilon ε, above 0
   * @return the recipe of a {@link LayerNormalization}
   * @throws IllegalArgumentException if it is not above 0
   */
  public static LayerSpec layerNormalization(double epsilon) {
    return new LayerNormalization.Spec(epsilon);
  }
}
