package org.nn4j.persistence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Shape;
import org.nn4j.io.Settings;

/**
 * Kind of layer in a {@link ModelRegistry}.
 *
 * @param name its name in files
 * @param type the class of the layers
 * @param toSettings returns the settings of a layer for a file
 * @param toSpec builds the recipe of the layer from its settings
 * @param tensors the shape of each parameter for settings and an input, known before anything is
 *     built; empty if unknown
 */
record LayerType(
    String name,
    Class<? extends Layer> type,
    BiFunction<Layer, ModelRegistry, Settings> toSettings,
    BiFunction<Settings, ModelRegistry, LayerSpec> toSpec,
    BiFunction<Settings, Shape, Optional<Map<String, List<Long>>>> tensors) {

  static <L extends Layer> LayerType of(
      String name,
      Class<L> type,
      BiFunction<? super L, ModelRegistry, Settings> toSettings,
      BiFunction<Settings, ModelRegistry, ? extends LayerSpec> toSpec,
      BiFunction<Settings, Shape, Optional<Map<String, List<Long>>>> tensors) {
    return new LayerType(
        name,
        type,
        (layer, registry) -> toSettings.apply(type.cast(layer), registry),
        toSpec::apply,
        tensors);
  }
}
