package org.nn4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.io.Settings;

/**
 * Recipe of a network. It is a layer recipe, so networks nest.
 *
 * @param input the shape of one sample
 * @param layers the recipes of the layers, first to last; at least one
 */
public record NetworkSpec(Shape input, List<LayerSpec> layers) implements LayerSpec {
  /**
   * Checks the arguments.
   *
   * @param input the shape of one sample
   * @param layers the recipes of the layers, first to last; at least one
   */
  public NetworkSpec {
    Require.notNull(input, "NetworkSpec", "input");
    Checks.noNulls(layers, "NetworkSpec", "layers");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "Network",
              "at least one layer",
              "none",
              "add one, for example with dense(10, sigmoid())"));
    }
  }

  @Override
  public Network build(Shape actualInput, DataType type, RandomGenerator random) {
    Require.notNull(actualInput, "NetworkSpec.build", "actualInput");
    Require.notNull(type, "NetworkSpec.build", "type");
    Require.notNull(random, "NetworkSpec.build", "random");
    Require.backend();
    // Throws if Jackson is too old, before a network is trained and cannot be saved.
    Settings.parse("{}");
    if (!actualInput.equals(input)) {
      throw new ShapeMismatchException(
          toString(),
          "an input " + input,
          actualInput.toString(),
          "build the network for the output shape of the layer before it");
    }
    MemoryCheck.check(input, layers, type);
    long seed = random instanceof SeededRandom seeded ? seeded.state() : 0;
    List<Layer> built = new ArrayList<>();
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Shape shape = input;
    for (LayerSpec spec : layers) {
      try {
        Layer layer = Checks.returned(spec.build(shape, type, random), spec, "a layer from build");
        if (!seen.add(layer)) {
          throw new IllegalArgumentException(
              Require.message(
                  toString(),
                  "different layer objects",
                  layer + " twice",
                  "create a new layer in each call of LayerSpec.build"));
        }
        Checks.returned(layer.parameters(), layer, "a list from parameters");
        built.add(layer);
        shape = Checks.returned(layer.outputShape(), layer, "a shape from outputShape");
      } catch (ShapeMismatchException e) {
        throw ShapeMismatchException.inside(
            "layer " + (built.size() + 1) + " of " + layers.size(), e);
      }
    }
    return new Network(input, type, built, () -> build(input, type, new SeededRandom(seed)));
  }

  @Override
  public String toString() {
    return "Network(" + input + ", " + layers.size() + " layers)";
  }
}
