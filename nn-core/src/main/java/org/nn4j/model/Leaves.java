package org.nn4j.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Require;

/** The layers of a network and of those nested in it, and their parameters, by path. */
final class Leaves {
  private Leaves() {}

  /** The path of a layer of the network at a path. */
  static String path(String network, int index) {
    return network + StandardTypes.LAYERS + "." + index;
  }

  /** Each layer that is no network, first to last, by a path such as {@code layers.1.layers.0}. */
  static Map<String, Layer> of(Network network) {
    Map<String, Layer> leaves = new LinkedHashMap<>();
    add(network, "", leaves);
    return leaves;
  }

  private static void add(Network network, String prefix, Map<String, Layer> leaves) {
    for (int i = 0; i < network.layers().size(); i++) {
      String path = path(prefix, i);
      if (network.layers().get(i) instanceof Network nested) {
        add(nested, path + ".", leaves);
      } else {
        leaves.put(path, network.layers().get(i));
      }
    }
  }

  /**
   * Each parameter, in the order of the packed vector, by a name such as {@code layers.0.weight}.
   *
   * @throws IllegalArgumentException if two parameters of a layer have one name
   */
  static Map<String, Parameter> parameters(Network network) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    of(network)
        .forEach(
            (path, layer) -> {
              for (Parameter parameter : layer.parameters()) {
                Require.that(
                    parameters.put(path + "." + parameter.name(), parameter) == null,
                    layer.toString(),
                    "parameters with a name of their own each",
                    "'" + parameter.name() + "' twice",
                    "name each parameter of the layer differently");
              }
            });
    return parameters;
  }
}
