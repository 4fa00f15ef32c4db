package org.nn4j.persistence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.Texts;
import org.nn4j.internal.jfr.FlightRecorder;
import org.nn4j.internal.memory.Detached;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Safetensors;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.io.Settings;
import org.nn4j.io.TensorInfo;
import org.nn4j.model.Network;

/**
 * Model files: networks in the safetensors format. A file contains the architecture, the values,
 * the frozen parameters and {@link Network#info()}.
 *
 * <pre>{@code
 * ModelFiles.save(network, Path.of("digits.safetensors"));
 * Network digits = ModelFiles.load(Path.of("digits.safetensors"));
 * }</pre>
 *
 * <p>Thread-safe, provided that no thread trains the network.
 */
public final class ModelFiles {
  private static final String FROZEN = "frozen";

  private ModelFiles() {}

  /**
   * Saves a network. The file is written atomically.
   *
   * @param network the network
   * @param file the file, usually {@code name.safetensors}; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   * @throws IllegalArgumentException if a layer or activation is not one of the library's own: see
   *     {@link #save(Network, Path, ModelRegistry)}
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static void save(Network network, Path file) throws IOException {
    save(network, file, ModelRegistry.standard());
  }

  /**
   * Saves a network with layers or activations of your own.
   *
   * @param network the network
   * @param file the file; an existing one is replaced
   * @param registry the kinds of layers and activations
   * @throws IOException if it cannot be written; an existing file is unchanged then
   * @throws IllegalArgumentException if a layer or activation is not registered
   * @throws IllegalStateException if another thread trains the network, or the network is closed
   */
  public static void save(Network network, Path file, ModelRegistry registry) throws IOException {
    Require.notNull(network, "ModelFiles.save", "network");
    Require.notNull(file, "ModelFiles.save", "file");
    Require.notNull(registry, "ModelFiles.save", "registry");
    Safetensors content =
        NetworkAccess.get()
            .read(
                network,
                () -> new Safetensors(copies(network), metadata(network, registry).toMap()));
    try {
      content.write(file);
    } finally {
      content.tensors().values().forEach(INDArray::close);
    }
  }

  /**
   * Loads a network, or the network of a {@link Checkpoint}.
   *
   * @param file a file that {@link #save(Network, Path)} wrote
   * @return a network that predicts the same bits as the one that was saved
   * @throws ModelFormatException if the file is damaged, is not a model file of this library, or
   *     has a layer or activation that is not one of the library's own
   * @throws IOException if it cannot be read
   */
  public static Network load(Path file) throws IOException {
    return load(file, ModelRegistry.standard());
  }

  /**
   * Loads a network with layers or activations of your own.
   *
   * @param file a file that {@link #save(Network, Path, ModelRegistry)} wrote
   * @param registry the kinds of layers and activations
   * @return a network that predicts the same bits as the one that was saved
   * @throws ModelFormatException if the file is damaged, is not a model file of this library, or
   *     has a layer or activation that is not registered
   * @throws IOException if it cannot be read
   */
  public static Network load(Path file, ModelRegistry registry) throws IOException {
    Require.notNull(file, "ModelFiles.load", "file");
    Require.notNull(registry, "ModelFiles.load", "registry");
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      return load(reader, registry);
    }
  }

  /**
   * Loads a network from a stream, such as a class path resource. The stream is read into memory
   * first and is not closed.
   *
   * @param in a whole model file
   * @param registry the kinds of layers and activations
   * @return a network that predicts the same bits as the one that was saved
   * @throws ModelFormatException as {@link #load(Path, ModelRegistry)}
   * @throws IOException if it cannot be read
   */
  public static Network load(InputStream in, ModelRegistry registry) throws IOException {
    Require.notNull(in, "ModelFiles.load", "in");
    Require.notNull(registry, "ModelFiles.load", "registry");
    return load(SafetensorsReader.of(in.readAllBytes(), "in a stream"), registry);
  }

  /** Returns copies of the values by name. */
  static Map<String, INDArray> copies(Network network) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    NetworkAccess.get()
        .parameters(network)
        .forEach(
            (name, parameter) -> copies.put(name, Detached.make(() -> parameter.value().dup('c'))));
    return copies;
  }

  static ModelMetadata metadata(Network network, ModelRegistry registry) {
    return new ModelMetadata(
        network.dataType(),
        registry.describe(network),
        network.info(),
        Settings.none().with(FROZEN, frozen(network)),
        Optional.empty());
  }

  private static List<String> frozen(Network network) {
    return NetworkAccess.get().parameters(network).entrySet().stream()
        .filter(entry -> entry.getValue().isFrozen())
        .map(Map.Entry::getKey)
        .toList();
  }

  static Network load(SafetensorsReader reader, ModelRegistry registry) throws IOException {
    Require.backend();
    FlightRecorder.ModelLoad recorded = FlightRecorder.modelLoad();
    ModelMetadata metadata = ModelMetadata.of(reader);
    Map<String, TensorShape> found = shapes(reader, metadata);
    Network network = build(reader.file(), metadata, found, registry);
    Map<String, Parameter> parameters = NetworkAccess.get().parameters(network);
    TensorShape.check(reader.file(), shapes(parameters), found);
    TensorShape.refuse(
        reader.file(),
        ModelMetadata.ARCHITECTURE,
        registry.describe(network).differences(metadata.architecture()));
    checkSettings(reader.file(), metadata, network);
    restoreSettings(reader.file(), metadata, network);
    reader.forEach(
        (name, tensor) -> {
          if (found.containsKey(name)) {
            requireNonNull(parameters.get(name)).value().assign(tensor);
          }
        });
    recorded.end(reader.file().toString(), network.parameters().length());
    return network;
  }

  /** Returns the tensors of the network in a file, without those that a checkpoint adds. */
  private static Map<String, TensorShape> shapes(SafetensorsReader reader, ModelMetadata metadata) {
    Map<String, TensorShape> shapes = new LinkedHashMap<>();
    for (TensorInfo tensor : reader.header().tensors()) {
      if (metadata.checkpoint().isEmpty() || !CheckpointContent.isAdded(tensor.name())) {
        shapes.put(tensor.name(), new TensorShape(tensor.shape(), tensor.type()));
      }
    }
    return shapes;
  }

  static Map<String, TensorShape> shapes(Map<String, Parameter> parameters) {
    Map<String, TensorShape> shapes = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> shapes.put(name, TensorShape.of(parameter.value())));
    return shapes;
  }

  private static Network build(
      String file, ModelMetadata metadata, Map<String, TensorShape> found, ModelRegistry registry)
      throws ModelFormatException {
    Settings architecture = metadata.architecture();
    try {
      ExpectedTensors blueprint = ExpectedTensors.of(architecture, registry, metadata.type());
      Map<String, TensorShape> known = new LinkedHashMap<>(found);
      if (!blueprint.isComplete()) {
        known.keySet().retainAll(blueprint.tensors().keySet());
      }
      TensorShape.check(file, blueprint.tensors(), known);
      return (Network)
          registry
              .layer(architecture)
              .build(
                  ModelRegistry.shape(architecture, StandardTypes.INPUT),
                  metadata.type(),
                  new SeededRandom(0));
    } catch (RuntimeException e) {
      // Includes those of user-defined layers, which receive their settings unchecked.
      throw new ModelFormatException(
          file,
          ModelMetadata.ARCHITECTURE,
          "layers that can be built",
          e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString(),
          "register the types it misses, or copy the file again",
          e);
    }
  }

  /** Checks the metadata of a file other than the architecture. */
  static void checkSettings(String file, ModelMetadata metadata, Network network)
      throws ModelFormatException {
    try {
      List<String> frozen = metadata.training().getList(FROZEN, String.class);
      Require.that(
          NetworkAccess.get().parameters(network).keySet().containsAll(frozen),
          "'" + FROZEN + "'",
          "names of parameters",
          "[" + Texts.list(frozen) + "]",
          "copy the file again");
      metadata.info().requireFits(network.inputShape(), network.outputShape());
    } catch (IllegalArgumentException e) {
      throw unsound(file, e);
    }
  }

  private static ModelFormatException unsound(String file, IllegalArgumentException e) {
    return new ModelFormatException(
        file,
        "metadata",
        "what ModelFiles.save writes",
        String.valueOf(e.getMessage()),
        "copy it again",
        e);
  }

  /** Applies the settings that {@link #checkSettings} accepted. */
  static void restoreSettings(String file, ModelMetadata metadata, Network network)
      throws ModelFormatException {
    try {
      network.setInfo(metadata.info());
    } catch (IllegalArgumentException e) {
      throw unsound(file, e);
    }
    Set<String> frozen = new HashSet<>(metadata.training().getList(FROZEN, String.class));
    NetworkAccess.get()
        .parameters(network)
        .forEach((name, parameter) -> parameter.freeze(frozen.contains(name)));
  }
}
