package org.nn4j.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nn4j.Layer;
import org.nn4j.internal.NetworkAccess;

/** Access to a {@link Network} for other packages of the library. */
final class NetworkInternals extends NetworkAccess {
  @Override
  public <T> T read(Layer network, Supplier<T> call) {
    return ((Network) network).guard().read(call);
  }

  @Override
  public Scope claimForTraining(Layer network) {
    return ((Network) network).guard().claimForTraining();
  }

  @Override
  public Scope claimForChange(Layer network) {
    NetworkGuard guard = ((Network) network).guard();
    return guard.isTrainedHere() ? () -> {} : guard.claimForTraining();
  }

  @Override
  public Map<String, Layer> leaves(Layer network) {
    Map<String, Layer> leaves = new LinkedHashMap<>();
    addLeaves((Network) network, "", leaves);
    return leaves;
  }

  private static void addLeaves(Network network, String prefix, Map<String, Layer> leaves) {
    for (int i = 0; i < network.layers().size(); i++) {
      String path = prefix + "layers." + i;
      if (network.layers().get(i) instanceof Network nested) {
        addLeaves(nested, path + ".", leaves);
      } else {
        leaves.put(path, network.layers().get(i));
      }
    }
  }
}
