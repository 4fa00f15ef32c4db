package org.nn4j.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;
import org.nn4j.io.Settings;

/**
 * Kinds of layers and activations in model files, by name, with their conversion to settings and
 * back.
 *
 * <p>A file contains names, never classes: only registered types are built from it. {@link
 * #standard()} contains the library's own kinds. Add yours with {@link #withLayer} or {@link
 * #withActivation}, and pass the result to {@code ModelFiles.save(network, path, registry)} and
 * {@code ModelFiles.load(path, registry)}:
 *
 * <pre>{@code
 * ModelRegistry registry =
 *     ModelRegistry.standard()
 *         .withLayer(
 *             "my.Gain",
 *             Gain.class,
 *             (gain, r) -> Settings.none().with("factor", gain.factor()),
 *             (settings, r) -> new Gain.Spec(settings.getDouble("factor")));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class ModelRegistry {
  static final String TYPE = "type";
  static final String OUTPUT = "output";

  private static final ModelRegistry STANDARD = new ModelRegistry(List.of(), List.of(), false);

  private final List<LayerType> ownLayers;
  private final List<ActivationType> ownActivations;
  private final boolean lenient;

  private ModelRegistry(
      List<LayerType> ownLayers, List<ActivationType> ownActivations, boolean lenient) {
    this.ownLayers = List.copyOf(ownLayers);
    this.ownActivations = List.copyOf(ownActivations);
    this.lenient = lenient;
  }

  /** The library's kinds, created at the first use: a training without checkpoints needs none. */
  private static final class Standard {
    static final List<LayerType> LAYERS = StandardTypes.layers();
    static final List<ActivationType> ACTIVATIONS = StandardTypes.activations();
  }

  private Stream<LayerType> layers() {
    return Stream.concat(Standard.LAYERS.stream(), ownLayers.stream());
  }

  private Stream<ActivationType> activations() {
    return Stream.concat(Standard.ACTIVATIONS.stream(), ownActivations.stream());
  }

  /**
   * Returns the registry of the library's own layers and activations.
   *
   * @return the same registry at each call
   */
  public static ModelRegistry standard() {
    return STANDARD;
  }

  /**
   * Returns this registry with an additional kind of layer.
   *
   * @param <L> the class of the layers
   * @param name its name in files, such as {@code "my.Gain"}; files contain it, so never change it
   * @param type the class of the layers
   * @param toSettings returns the settings of a layer, from which {@code toSpec} builds the same
   *     layer except for its parameters; the registry describes nested activations and layers
   * @param toSpec builds the recipe of the layer from its settings; its {@code build} must allocate
   *     no more than the layer needs
   * @return a new registry
   * @throws IllegalArgumentException if the name or the class is registered already
   */
  public <L extends Layer> ModelRegistry withLayer(
      String name,
      Class<L> type,
      BiFunction<? super L, ModelRegistry, Settings> toSettings,
      BiFunction<Settings, ModelRegistry, ? extends LayerSpec> toSpec) {
    Require.notNull(name, "ModelRegistry.withLayer", "name");
    Require.notNull(type, "ModelRegistry.withLayer", "type");
    Require.notNull(toSettings, "ModelRegistry.withLayer", "toSettings");
    Require.notNull(toSpec, "ModelRegistry.withLayer", "toSpec");
    layers().forEach(known -> requireNew(name, type, known.name(), known.type()));
    List<LayerType> more = new ArrayList<>(ownLayers);
    more.add(LayerType.of(name, type, toSettings, toSpec, (settings, input) -> Optional.empty()));
    return new ModelRegistry(more, ownActivations, lenient);
  }

  /**
   * Returns this registry with an additional kind of activation.
   *
   * @param <A> its class
   * @param name its name in files, such as {@code "my.sine"}; files contain it, so never change it
   * @param type its class
   * @param toSettings returns the settings of an activation
   * @param toActivation builds the activation from its settings
   * @return a new registry
   * @throws IllegalArgumentException if the name or the class is registered already
   */
  public <A extends Activation> ModelRegistry withActivation(
      String name,
      Class<A> type,
      Function<? super A, Settings> toSettings,
      Function<Settings, ? extends Activation> toActivation) {
    Require.notNull(name, "ModelRegistry.withActivation", "name");
    Require.notNull(type, "ModelRegistry.withActivation", "type");
    Require.notNull(toSettings, "ModelRegistry.withActivation", "toSettings");
    Require.notNull(toActivation, "ModelRegistry.withActivation", "toActivation");
    activations().forEach(known -> requireNew(name, type, known.name(), known.type()));
    List<ActivationType> more = new ArrayList<>(ownActivations);
    more.add(ActivationType.of(name, type, toSettings, toActivation));
    return new ModelRegistry(ownLayers, more, lenient);
  }

  private static void requireNew(String name, Class<?> type, String knownName, Class<?> known) {
    Require.that(
        !name.equals(knownName) && type != known,
        "ModelRegistry",
        "a name and a class that are not registered yet",
        "'"
            + name
            + "' for "
            + type.getName()
            + " beside '"
            + knownName
            + "' for "
            + known.getName());
  }

  /**
   * Returns the same registry for checkpoints, which are restored into an existing network: an
   * unknown kind is written by name only.
   */
  ModelRegistry lenient() {
    return new ModelRegistry(ownLayers, ownActivations, true);
  }

  /**
   * Description of a layer in a file: its type, settings and output shape.
   *
   * @param layer a layer; a network is one
   * @return its settings
   * @throws IllegalArgumentException if its class is not registered
   */
  public Settings describe(Layer layer) {
    Require.notNull(layer, "ModelRegistry.describe", "layer");
    Settings own =
        layers()
            .filter(known -> known.type() == layer.getClass())
            .findFirst()
            .map(known -> named(known.name()).and(known.toSettings().apply(layer, this)))
            .orElseGet(() -> unknown(layer, "withLayer"));
    return own.with(OUTPUT, dimensions(layer.outputShape()));
  }

  /**
   * Description of an activation in a file: its type and settings.
   *
   * @param activation an activation
   * @return its settings
   * @throws IllegalArgumentException if its class is not registered
   */
  public Settings describe(Activation activation) {
    Require.notNull(activation, "ModelRegistry.describe", "activation");
    return activations()
        .filter(known -> known.type() == activation.getClass())
        .findFirst()
        .map(known -> named(known.name()).and(known.toSettings().apply(activation)))
        .orElseGet(() -> unknown(activation, "withActivation"));
  }

  private static Settings named(String name) {
    return Settings.none().with(TYPE, name);
  }

  private Settings unknown(Object piece, String method) {
    if (lenient) {
      return named("unregistered " + piece.getClass().getSimpleName());
    }
    throw new IllegalArgumentException(
        Require.message(
            "ModelRegistry",
            "a registered class",
            piece.getClass().getName(),
            "add it with ModelRegistry.standard()."
                + method
                + "(...) and save with that registry"));
  }

  /**
   * Returns the recipe of a layer.
   *
   * @param settings the result of {@link #describe(Layer)}
   * @return a recipe; the layer it builds has the output shape of the settings, or it fails
   * @throws IllegalArgumentException if the type is not registered or the settings are invalid
   */
  public LayerSpec layer(Settings settings) {
    Require.notNull(settings, "ModelRegistry.layer", "settings");
    LayerSpec spec =
        Checks.returned(
            type(settings).toSpec().apply(settings, this),
            "ModelRegistry",
            "a LayerSpec from the registered function");
    Shape output = shape(settings, OUTPUT);
    return (input, type, random) -> {
      Layer layer = spec.build(input, type, random);
      Require.that(
          layer.outputShape().equals(output),
          layer.toString(),
          "the output shape " + output + " in its settings",
          layer.outputShape(),
          "copy the file again, or register the layer that it was saved with");
      return layer;
    };
  }

  /**
   * Returns an activation.
   *
   * @param settings the result of {@link #describe(Activation)}
   * @return the activation
   * @throws IllegalArgumentException if the type is not registered or the settings are invalid
   */
  public Activation activation(Settings settings) {
    Require.notNull(settings, "ModelRegistry.activation", "settings");
    String name = settings.getString(TYPE);
    return activations()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknownName(name, "activation", "withActivation"))
        .toActivation()
        .apply(settings);
  }

  /** Returns the shapes of a layer's parameters, if they are known before it is built. */
  Optional<Map<String, List<Long>>> tensors(Settings settings, Shape input) {
    return type(settings).tensors().apply(settings, input);
  }

  private LayerType type(Settings settings) {
    String name = settings.getString(TYPE);
    return layers()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknownName(name, "layer", "withLayer"));
  }

  private static IllegalArgumentException unknownName(String name, String what, String method) {
    return new IllegalArgumentException(
        Require.message(
            "ModelRegistry",
            "a registered type of " + what,
            "'" + Texts.brief(name) + "'",
            "add it with ModelRegistry.standard()."
                + method
                + "(\""
                + Texts.brief(name)
                + "\", ...) and load with that registry"));
  }

  static List<Long> dimensions(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }

  static Shape shape(Settings settings, String name) {
    return Shape.of(settings.getList(name, Long.class).stream().mapToLong(n -> n).toArray());
  }
}
