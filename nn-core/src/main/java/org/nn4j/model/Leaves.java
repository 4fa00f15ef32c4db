package org.nn4j.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.Layer;

/** The layers of a network and of those nested in it, by path. */
final class Leaves {
  private Leaves() {}

  /** The path of a layer of the network at a path. */
  private static String path(String network, int index) {
    return network + "layers." + index;
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
}
