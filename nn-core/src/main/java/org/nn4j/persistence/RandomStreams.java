package org.nn4j.persistence;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.Layer;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PassMemory;
import org.nn4j.internal.Texts;
import org.nn4j.io.Settings;
import org.nn4j.model.Network;

/** Random streams of a pass, such as those of dropout, by the path of their layer. */
final class RandomStreams {
  private RandomStreams() {}

  /**
   * Returns the state of each stream.
   *
   * @throws IllegalArgumentException if the pass has state that cannot be written: of another type
   *     than {@link SeededRandom}, or of a layer inside a user-defined one
   */
  static Settings of(Network network, Pass pass) {
    IdentityHashMap<Object, Object> states = PassMemory.of(pass).states();
    Map<String, Long> streams = new LinkedHashMap<>();
    NetworkAccess.get()
        .leaves(network)
        .forEach(
            (path, layer) -> {
              if (states.get(layer) instanceof SeededRandom random) {
                streams.put(path, random.state());
                states.remove(layer);
              }
            });
    Require.that(
        states.isEmpty(),
        "Checkpoint",
        "states of a pass that are a SeededRandom of a layer of the network",
        states,
        "keep other states of a layer in its parameters, or as a SeededRandom");
    Settings settings = Settings.none();
    for (Map.Entry<String, Long> stream : streams.entrySet()) {
      settings = settings.with(stream.getKey(), stream.getValue());
    }
    return settings;
  }

  /**
   * Returns the streams in a file by their layers in a network.
   *
   * @throws IllegalArgumentException if there is no such layer
   */
  static IdentityHashMap<Layer, SeededRandom> restored(Settings streams, Network network) {
    Map<String, Layer> leaves = NetworkAccess.get().leaves(network);
    IdentityHashMap<Layer, SeededRandom> states = new IdentityHashMap<>();
    for (String path : streams.names()) {
      Layer layer = leaves.get(path);
      if (layer == null) {
        throw new IllegalArgumentException(
            "no layer at '" + Texts.brief(path) + "' for its random stream");
      }
      states.put(layer, new SeededRandom(streams.getLong(path)));
    }
    return states;
  }
}
