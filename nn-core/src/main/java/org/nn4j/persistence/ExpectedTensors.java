package org.nn4j.persistence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.Texts;
import org.nn4j.io.Settings;

/**
 * Tensors of an architecture, derived without building it. A file is compared with them before
 * anything is allocated.
 */
final class ExpectedTensors {
  private final ModelRegistry registry;
  private final DataType type;
  private final Map<String, TensorShape> tensors = new LinkedHashMap<>();
  private boolean complete = true;

  private ExpectedTensors(ModelRegistry registry, DataType type) {
    this.registry = registry;
    this.type = type;
  }

  /**
   * Derives the tensors.
   *
   * @throws IllegalArgumentException if the architecture is invalid or has an unknown type
   */
  static ExpectedTensors of(Settings architecture, ModelRegistry registry, DataType type) {
    String root = architecture.getString(ModelRegistry.TYPE);
    Require.that(
        root.equals(StandardTypes.NETWORK),
        "architecture",
        "a " + StandardTypes.NETWORK,
        Texts.brief(root),
        "load a file that ModelFiles.save wrote");
    ExpectedTensors blueprint = new ExpectedTensors(registry, type);
    blueprint.addNetwork(architecture, "");
    return blueprint;
  }

  private void addNetwork(Settings network, String prefix) {
    Shape input = ModelRegistry.shape(network, StandardTypes.INPUT);
    List<Settings> layers = network.getList(StandardTypes.LAYERS, Settings.class);
    for (int i = 0; i < layers.size(); i++) {
      Settings layer = layers.get(i);
      String path = prefix + StandardTypes.LAYERS + "." + i + ".";
      if (layer.getString(ModelRegistry.TYPE).equals(StandardTypes.NETWORK)) {
        addNetwork(layer, path);
      } else {
        addLayer(layer, input, path);
      }
      input = ModelRegistry.shape(layer, ModelRegistry.OUTPUT);
    }
  }

  private void addLayer(Settings layer, Shape input, String path) {
    Optional<Map<String, List<Long>>> shapes = registry.tensors(layer, input);
    complete &= shapes.isPresent();
    shapes
        .orElse(Map.of())
        .forEach((name, shape) -> tensors.put(path + name, new TensorShape(shape, type)));
  }

  /** Returns the known tensors. */
  Map<String, TensorShape> tensors() {
    return tensors;
  }

  /** Returns whether all tensors are known; those of user-defined layers are not. */
  boolean isComplete() {
    return complete;
  }
}
