package org.nn4j.internal;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Require;

/**
 * Access to parts of a network for the packages above {@code org.nn4j.model}. Registered by the
 * class {@code Network} when it is initialized. Thread-safe.
 */
public abstract class NetworkAccess {
  private static volatile @Nullable NetworkAccess registered;

  /** Training of a network, until its end. */
  @FunctionalInterface
  public interface Scope {
    /** Ends the training; call it once. */
    void end();
  }

  /** Registers the access; called once. */
  public static void register(NetworkAccess access) {
    registered = access;
  }

  /** Returns the access; a network must exist. */
  public static NetworkAccess get() {
    return requireNonNull(registered, "no network yet");
  }

  /**
   * Runs a call that reads the parameters of a network, which are not freed before its end.
   *
   * @throws IllegalStateException if the network is closed, or another thread trains it meanwhile
   */
  public abstract <T> T read(Layer network, Supplier<T> call);

  /**
   * Claims a network and its nested networks for training by this thread: other claims and
   * predictions of other threads throw until the end.
   *
   * @throws IllegalStateException if the network is being trained or closed
   */
  public abstract Scope claimForTraining(Layer network);

  /**
   * Claims a network for a change of its parameters: as {@link #claimForTraining}, but a thread
   * that trains the network may change it.
   *
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public abstract Scope claimForChange(Layer network);

  /** Returns each layer that is no network, first to last, by a path like layers.1.layers.0. */
  public abstract Map<String, Layer> leaves(Layer network);

  /**
   * Returns each parameter, in the order of the packed vector, by a name such as {@code
   * layers.0.weight}.
   *
   * @throws IllegalArgumentException if two parameters of a layer have one name
   */
  public final Map<String, Parameter> parameters(Layer network) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    leaves(network)
        .forEach(
            (path, layer) -> {
              for (Parameter parameter : layer.parameters()) {
                Require.that(
                    parameters.put(path + "." + parameter.name(), parameter) == null,
                    layer.toString(),
                    "parameters with distinct names",
                    "'" + parameter.name() + "' twice",
                    "name each parameter of the layer differently");
              }
            });
    return parameters;
  }
}
