package org.nn4j.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
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
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Safetensors;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.io.Settings;
import org.nn4j.io.TensorInfo;

/** Writes and reads networks; {@code docs/model-files.md} describes the layout. */
final class ModelFile {
  private static final String FROZEN = "frozen";

  private ModelFile() {}

  static void save(Network network, Path file, ModelRegistry registry) throws IOException {
    new Safetensors(tensors(network), metadata(network, registry).toMap()).write(file);
  }

  /** The live values by name. */
  static Map<String, INDArray> tensors(Network network) {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    Leaves.parameters(network).forEach((name, parameter) -> tensors.put(name, parameter.value()));
    return tensors;
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
    return Leaves.parameters(network).entrySet().stream()
        .filter(entry -> entry.getValue().isFrozen())
        .map(Map.Entry::getKey)
        .toList();
  }

  static Network load(SafetensorsReader reader, ModelRegistry registry) throws IOException {
    Require.backend();
    ModelMetadata metadata = ModelMetadata.of(reader);
    Map<String, TensorShape> found = shapes(reader, metadata);
    Network network = build(reader.file(), metadata, found, registry);
    Map<String, Parameter> parameters = Leaves.parameters(network);
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
    return network;
  }

  /** The tensors of the network in a file, without those that a checkpoint adds. */
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
      Blueprint blueprint = Blueprint.of(architecture, registry, metadata.type());
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
      // Also of a user's own layers, which get what is written there unchecked.
      throw new ModelFormatException(
          file,
          ModelMetadata.ARCHITECTURE,
          "layers that can be built",
          e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString(),
          "register the types it misses, or take another copy of the file",
          e);
    }
  }

  /** Checks what a file says of a network beside its values and architecture. */
  static void checkSettings(String file, ModelMetadata metadata, Network network)
      throws ModelFormatException {
    try {
      List<String> frozen = metadata.training().getList(FROZEN, String.class);
      Require.that(
          Leaves.parameters(network).keySet().containsAll(frozen),
          "'" + FROZEN + "'",
          "names of parameters",
          "[" + Require.list(frozen) + "]",
          "take another copy of the file");
      metadata.info().requireFits(network.inputShape(), network.outputShape());
    } catch (IllegalArgumentException e) {
      throw unsound(file, e);
    }
  }

  private static ModelFormatException unsound(String file, IllegalArgumentException e) {
    return new ModelFormatException(
        file,
        "metadata",
        "what network.save writes",
        String.valueOf(e.getMessage()),
        "take another copy",
        e);
  }

  /** Takes over what {@link #checkSettings} found sound. */
  static void restoreSettings(String file, ModelMetadata metadata, Network network)
      throws ModelFormatException {
    try {
      network.setInfo(metadata.info());
    } catch (IllegalArgumentException e) {
      throw unsound(file, e);
    }
    Set<String> frozen = new HashSet<>(metadata.training().getList(FROZEN, String.class));
    Leaves.parameters(network)
        .forEach((name, parameter) -> parameter.freeze(frozen.contains(name)));
  }
}
