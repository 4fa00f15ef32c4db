package org.nn4j.persistence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.activation.Elu;
import org.nn4j.activation.Gelu;
import org.nn4j.activation.Identity;
import org.nn4j.activation.LeakyRelu;
import org.nn4j.activation.Relu;
import org.nn4j.activation.Sigmoid;
import org.nn4j.activation.Silu;
import org.nn4j.activation.Softmax;
import org.nn4j.activation.Softplus;
import org.nn4j.activation.Tanh;
import org.nn4j.init.Initializers;
import org.nn4j.io.Settings;
import org.nn4j.layer.ActivationLayer;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dense;
import org.nn4j.layer.Dropout;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.LayerNormalization;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkSpec;

/**
 * The library's own layers and activations in model files. The names and settings here are those of
 * files that exist: they are added to, not changed.
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
                new Dense.Spec(
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
                new ActivationLayer.Spec(registry.activation(settings.getSettings(ACTIVATION)))),
        layer(
            "Flatten",
            Flatten.class,
            (layer, registry) -> Settings.none(),
            (settings, registry) -> new Flatten.Spec()),
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
                Settings.none()
                    .with(EPSILON, layer.settings().epsilon())
                    .with("momentum", layer.settings().momentum()),
            (settings, registry) ->
                new BatchNormalization.Spec(
                    settings.getDouble(EPSILON), settings.getDouble("momentum")),
            "scale",
            "shift",
            "running_mean",
            "running_variance"),
        layer(
            "LayerNormalization",
            LayerNormalization.class,
            (layer, registry) -> Settings.none().with(EPSILON, layer.epsilon()),
            (settings, registry) -> new LayerNormalization.Spec(settings.getDouble(EPSILON)),
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

  /** A layer whose parameters, if there are any, each have one number for each of its input. */
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

  /** Builds with the seed that the layer had, in the place of a number from the generator. */
  private static LayerSpec dropout(double rate, long seed) {
    Dropout.Spec spec = new Dropout.Spec(rate);
    return (input, type, random) -> spec.build(input, type, () -> seed);
  }

  static List<ActivationType> activations() {
    return List.of(
        ActivationType.of(
            "leakyRelu",
            LeakyRelu.class,
            a -> Settings.none().with("slope", a.slope()),
            settings -> new LeakyRelu(settings.getDouble("slope"))),
        ActivationType.of(
            "elu",
            Elu.class,
            a -> Settings.none().with("alpha", a.alpha()),
            settings -> new Elu(settings.getDouble("alpha"))),
        activation("sigmoid", Sigmoid.class, Sigmoid::new),
        activation("tanh", Tanh.class, Tanh::new),
        activation("relu", Relu.class, Relu::new),
        activation("gelu", Gelu.class, Gelu::new),
        activation("silu", Silu.class, Silu::new),
        activation("softplus", Softplus.class, Softplus::new),
        activation("softmax", Softmax.class, Softmax::new),
        activation("identity", Identity.class, Identity::new));
  }

  private static <A extends Activation> ActivationType activation(
      String name, Class<A> type, Supplier<A> make) {
    return ActivationType.of(name, type, a -> Settings.none(), settings -> make.get());
  }
}
