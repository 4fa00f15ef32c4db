package org.nn4j.persistence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;
import org.nn4j.internal.StandardActivation;
import org.nn4j.io.Settings;
import org.nn4j.layer.ActivationLayer;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dense;
import org.nn4j.layer.Dropout;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.LayerNormalization;
import org.nn4j.layer.Layers;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkSpec;

/**
 * Kinds of the library's own layers and activations in model files. Names and settings occur in
 * existing files: add new ones, and do not change these.
 */
final class StandardTypes {
  static final String NETWORK = "Network";
  static final String INPUT = "input";
  static final String LAYERS = "layers";

  private static final String ACTIVATION = "activation";
  private static final String UNITS = "units";
  private static final String EPSILON = "epsilon";

  private StandardTypes() {}

  static List<LayerType> layers() {
    return List.of(
        LayerType.of(
            "Dense",
            Dense.class,
            (dense, registry) ->
                Settings.none()
                    .with(UNITS, dense.outputShape().size())
                    .with(ACTIVATION, registry.describe(dense.activation())),
            (settings, registry) ->
                Layers.dense(
                    settings.getInt(UNITS),
                    registry.activation(settings.getSettings(ACTIVATION)),
                    Initializers.zeros(),
                    Initializers.zeros()),
            (settings, input) -> {
              long units = settings.getInt(UNITS);
              return Optional.of(
                  Map.of("weight", List.of(input.size(), units), "bias", List.of(units)));
            }),
        layer(
            "Activation",
            ActivationLayer.class,
            (layer, registry) ->
                Settings.none().with(ACTIVATION, registry.describe(layer.activation())),
            (settings, registry) ->
                Layers.activation(registry.activation(settings.getSettings(ACTIVATION)))),
        layer(
            "Flatten",
            Flatten.class,
            (layer, registry) -> Settings.none(),
            (settings, registry) -> Layers.flatten()),
        layer(
            "Dropout",
            Dropout.class,
            (layer, registry) ->
                Settings.none().with("rate", layer.rate()).with("seed", layer.seed()),
            (settings, registry) -> dropout(settings.getDouble("rate"), settings.getLong("seed"))),
        layer(
            "BatchNormalization",
            BatchNormalization.class,
            (layer, registry) ->
                Settings.none().with(EPSILON, layer.epsilon()).with("momentum", layer.momentum()),
            (settings, registry) ->
                Layers.batchNormalization(
                    settings.getDouble(EPSILON), settings.getDouble("momentum")),
            "scale",
            "shift",
            "running_mean",
            "running_variance"),
        layer(
            "LayerNormalization",
            LayerNormalization.class,
            (layer, registry) -> Settings.none().with(EPSILON, layer.epsilon()),
            (settings, registry) -> Layers.layerNormalization(settings.getDouble(EPSILON)),
            "scale",
            "shift"),
        layer(
            NETWORK,
            Network.class,
            (network, registry) ->
                Settings.none()
                    .with(INPUT, ModelRegistry.dimensions(network.inputShape()))
                    .with(LAYERS, network.layers().stream().map(registry::describe).toList()),
            (settings, registry) ->
                new NetworkSpec(
                    ModelRegistry.shape(settings, INPUT),
                    settings.getList(LAYERS, Settings.class).stream()
                        .map(registry::layer)
                        .toList())));
  }

  /** Returns a kind of layer whose parameters, if any, have one element for each input. */
  private static <L extends Layer> LayerType layer(
      String name,
      Class<L> type,
      BiFunction<? super L, ModelRegistry, Settings> toSettings,
      BiFunction<Settings, ModelRegistry, ? extends LayerSpec> toSpec,
      String... parameters) {
    return LayerType.of(
        name,
        type,
        toSettings,
        toSpec,
        (settings, input) ->
            Optional.of(
                Arrays.stream(parameters)
                    .collect(Collectors.toMap(p -> p, p -> List.of(input.size())))));
  }

  /** Builds with the seed of the saved layer instead of a number from the generator. */
  private static LayerSpec dropout(double rate, long seed) {
    LayerSpec spec = Layers.dropout(rate);
    return (input, type, random) -> spec.build(input, type, () -> seed);
  }

  static List<ActivationType> activations() {
    return List.of(
        activation("leakyRelu", Activations.leakyRelu(), "slope", Activations::leakyRelu),
        activation("elu", Activations.elu(), "alpha", Activations::elu),
        activation("sigmoid", Activations.sigmoid()),
        activation("tanh", Activations.tanh()),
        activation("relu", Activations.relu()),
        activation("gelu", Activations.gelu()),
        activation("silu", Activations.silu()),
        activation("softplus", Activations.softplus()),
        activation("softmax", Activations.softmax()),
        activation("identity", Activations.identity()));
  }

  private static ActivationType activation(String name, Activation activation) {
    return new ActivationType(
        name, activation.getClass(), a -> Settings.none(), settings -> activation);
  }

  /** Returns the kind of an activation with a coefficient that its settings name. */
  private static ActivationType activation(
      String name, Activation any, String coefficient, DoubleFunction<Activation> factory) {
    return new ActivationType(
        name,
        any.getClass(),
        a -> Settings.none().with(coefficient, ((StandardActivation) a).coefficient()),
        settings -> factory.apply(settings.getDouble(coefficient)));
  }
}
