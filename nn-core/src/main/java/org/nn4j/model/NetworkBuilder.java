package org.nn4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.LayerSpec;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;
import org.nn4j.layer.Layers;

/**
 * Builder of a {@link Network}, layer by layer. Created by {@link Network#builder(long...)}.
 *
 * <p>By default, arrays are FLOAT, the seed is 0, biases start at zero, and weights have normal He
 * initialization before an activation of the ReLU family and normal Glorot initialization before
 * any other. Not thread-safe.
 */
public final class NetworkBuilder {
  private final Shape input;
  private final List<Supplier<LayerSpec>> layers = new ArrayList<>();
  private @Nullable Initializer weights;
  private Initializer biases = Initializers.zeros();
  private DataType type = DataType.FLOAT;
  private long seed;

  NetworkBuilder(Shape input) {
    this.input = input;
  }

  /**
   * Adds a dense layer.
   *
   * @param units the number of outputs
   * @param activation the activation
   * @return this builder
   */
  public NetworkBuilder dense(int units, Activation activation) {
    Require.notNull(activation, "Network.dense", "activation");
    layers.add(
        () ->
            Layers.dense(
                units,
                activation,
                weights != null ? weights : Initializers.defaultFor(activation),
                biases));
    return this;
  }

  /**
   * Adds a dense layer with its own initialization of the weights.
   *
   * @param units the number of outputs
   * @param activation the activation
   * @param ownWeights the initialization of the weights
   * @return this builder
   */
  public NetworkBuilder dense(int units, Activation activation, Initializer ownWeights) {
    Require.notNull(activation, "Network.dense", "activation");
    Require.notNull(ownWeights, "Network.dense", "ownWeights");
    layers.add(() -> Layers.dense(units, activation, ownWeights, biases));
    return this;
  }

  /**
   * Adds a dense layer without an activation.
   *
   * @param units the number of outputs
   * @return this builder
   */
  public NetworkBuilder dense(int units) {
    return dense(units, Activations.identity());
  }

  /**
   * Adds an activation as a layer of its own.
   *
   * @param activation the activation
   * @return this builder
   */
  public NetworkBuilder activation(Activation activation) {
    Require.notNull(activation, "Network.activation", "activation");
    return layer(Layers.activation(activation));
  }

  /**
   * Adds a layer that reshapes each sample to one row.
   *
   * @return this builder
   */
  public NetworkBuilder flatten() {
    return layer(Layers.flatten());
  }

  /**
   * Adds inverted dropout, inactive in {@code predict}.
   *
   * @param rate the probability of dropping an element, from 0 to below 1
   * @return this builder
   * @throws IllegalArgumentException if the rate is out of range
   */
  public NetworkBuilder dropout(double rate) {
    return layer(Layers.dropout(rate));
  }

  /**
   * Adds batch normalization.
   *
   * @return this builder
   */
  public NetworkBuilder batchNormalization() {
    return layer(Layers.batchNormalization());
  }

  /**
   * Adds layer normalization.
   *
   * @return this builder
   */
  public NetworkBuilder layerNormalization() {
    return layer(Layers.layerNormalization());
  }

  /**
   * Adds any layer: one of {@link Layers}, one of your own, or a whole network's {@link #spec()}.
   *
   * @param spec the recipe of the layer
   * @return this builder
   */
  public NetworkBuilder layer(LayerSpec spec) {
    Require.notNull(spec, "Network.layer", "spec");
    layers.add(() -> spec);
    return this;
  }

  /**
   * Sets the initialization of the weights of all dense layers without their own.
   *
   * @param initializer instead of the default by activation
   * @return this builder
   */
  public NetworkBuilder weights(Initializer initializer) {
    Require.notNull(initializer, "Network.weights", "initializer");
    this.weights = initializer;
    return this;
  }

  /**
   * Sets the initialization of the biases of all dense layers.
   *
   * @param initializer instead of zeros
   * @return this builder
   */
  public NetworkBuilder biases(Initializer initializer) {
    Require.notNull(initializer, "Network.biases", "initializer");
    this.biases = initializer;
    return this;
  }

  /**
   * Sets the data type of parameters, inputs and outputs.
   *
   * @param dataType FLOAT or DOUBLE
   * @return this builder
   * @throws IllegalArgumentException if it is another one
   */
  public NetworkBuilder dataType(DataType dataType) {
    Require.notNull(dataType, "Network.dataType", "dataType");
    Require.that(
        dataType == DataType.FLOAT || dataType == DataType.DOUBLE,
        "Network",
        "data type FLOAT or DOUBLE",
        dataType);
    this.type = dataType;
    return this;
  }

  /**
   * Sets the seed of all randomness in the network: equal seeds yield equal bits.
   *
   * @param number any number
   * @return this builder
   */
  public NetworkBuilder seed(long number) {
    this.seed = number;
    return this;
  }

  /**
   * Returns the recipe of the network so far, for nesting in another network.
   *
   * @return an immutable recipe
   * @throws IllegalStateException if there is no layer
   */
  public NetworkSpec spec() {
    return new NetworkSpec(input, layers.stream().map(Supplier::get).toList());
  }

  /**
   * Builds the network: checks all shapes, creates all layers and packs their parameters.
   *
   * @return a complete network
   * @throws IllegalStateException if there is no layer, or ND4J has no natives for this platform
   * @throws org.nn4j.ShapeMismatchException if a layer does not fit the one before it
   */
  public Network build() {
    return spec().build(input, type, new SeededRandom(seed));
  }
}
