package org.nn4j.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.kernel.NewArrays;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Checkpoint;
import org.nn4j.model.Network;

/**
 * The states of listeners in a checkpoint: tensors {@code listener.<class>.<i>.<name>}, numbers as
 * DOUBLE scalars. The i-th listener of a class takes over the state of the i-th, so listeners that
 * remember nothing may come and go.
 */
final class ListenerStates {
  private ListenerStates() {}

  static Checkpoint write(List<TrainingListener> listeners, Checkpoint checkpoint) {
    Checkpoint more = checkpoint;
    for (Map.Entry<String, TrainingListener> entry : byPrefix(listeners).entrySet()) {
      ListenerState state =
          Require.returned(entry.getValue().state(), entry.getValue(), "a state from state()");
      for (Map.Entry<String, Double> number : state.numbers().entrySet()) {
        more =
            more.withTensor(entry.getKey() + number.getKey(), NewArrays.scalar(number.getValue()));
      }
      for (Map.Entry<String, INDArray> tensor : state.tensors().entrySet()) {
        more = more.withTensor(entry.getKey() + tensor.getKey(), tensor.getValue());
      }
    }
    return more;
  }

  /**
   * Gives each listener its state, if there is one of it.
   *
   * @throws ModelFormatException if it is not what such a listener writes
   */
  static void restore(List<TrainingListener> listeners, Checkpoint checkpoint, Network network)
      throws ModelFormatException {
    for (Map.Entry<String, TrainingListener> entry : byPrefix(listeners).entrySet()) {
      try {
        ListenerState state = of(entry.getKey(), checkpoint.tensors());
        if (!state.equals(ListenerState.NONE)) {
          entry.getValue().restore(state);
        }
        if (entry.getValue() instanceof EarlyStopping stopping) {
          stopping.requireFits(network.parameters());
        }
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(
            checkpoint.origin(),
            "tensors 'extra." + entry.getKey() + "*'",
            "what the listener writes",
            String.valueOf(e.getMessage()),
            "take the checkpoint before it",
            e);
      }
    }
  }

  private static ListenerState of(String prefix, Map<String, INDArray> all) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            String own = name.substring(prefix.length());
            if (tensor.rank() == 0) {
              numbers.put(own, tensor.getDouble(0));
            } else {
              tensors.put(own, tensor);
            }
          }
        });
    return new ListenerState(numbers, tensors);
  }

  private static Map<String, TrainingListener> byPrefix(List<TrainingListener> listeners) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, TrainingListener> prefixes = new LinkedHashMap<>();
    for (TrainingListener listener : listeners) {
      String name = listener.getClass().getSimpleName();
      int before = counts.merge(name, 1, Integer::sum) - 1;
      prefixes.put("listener." + name + "." + before + ".", listener);
    }
    return prefixes;
  }
}
