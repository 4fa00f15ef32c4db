package org.nn4j.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dense;
import org.nn4j.layer.LayerNormalization;

/**
 * Names of the tensors that belong to parameters.
 *
 * @param convention how the other program names them
 * @param modules the modules of the layers with parameters; empty for those of the file
 */
record NameRule(Convention convention, List<String> modules) {
  /** Origin of the names of tensors. */
  enum Convention {
    BY_NAME,
    IN_ORDER,
    PY_TORCH,
    KERAS
  }

  /** PyTorch's names of parameters, where they differ. */
  private static final Map<String, String> OF_PY_TORCH =
      Map.of("scale", "weight", "shift", "bias", "running_variance", "running_var");

  /** Keras's names of parameters, where they differ. */
  private static final Map<String, String> OF_KERAS =
      Map.of(
          "weight", "kernel",
          "scale", "gamma",
          "shift", "beta",
          "running_mean", "moving_mean",
          "running_variance", "moving_variance");

  /**
   * Parameter of a network.
   *
   * @param name its name, such as {@code layers.0.weight}
   * @param path the path of its layer, such as {@code layers.0}
   * @param layer its layer
   * @param parameter the parameter
   */
  record Slot(String name, String path, Layer layer, Parameter parameter) {}

  /**
   * Tensor of a parameter.
   *
   * @param tensor its name
   * @param isTransposed whether its dimensions are in reverse order
   */
  record Origin(String tensor, boolean isTransposed) {}

  private static final String COUNTER = "num_batches_tracked";

  /** Keras 2 appends it to names. */
  private static final String FIRST_OUTPUT = ":0";

  static NameRule of(Convention convention) {
    return new NameRule(convention, List.of());
  }

  /** Whether the rule depends on the order of the tensors in the file. */
  boolean usesOrder() {
    return convention == Convention.IN_ORDER
        || (convention != Convention.BY_NAME && modules.isEmpty());
  }

  /** Whether no parameter has such a tensor. */
  boolean ignores(String tensor) {
    return convention == Convention.PY_TORCH && part(tensor).equals(COUNTER);
  }

  /**
   * Returns the origin of each parameter, or nothing if the tensors or modules are too few.
   *
   * @param slots the parameters
   * @param tensors the names of the tensors, in the order of the file
   */
  List<Optional<Origin>> origins(List<Slot> slots, List<String> tensors) {
    List<String> named = modules.isEmpty() ? modulesOf(tensors) : modules;
    List<String> layers = slots.stream().map(Slot::path).distinct().toList();
    List<Optional<Origin>> origins = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (convention == Convention.BY_NAME) {
        origins.add(Optional.of(new Origin(slot.name(), false)));
      } else if (convention == Convention.IN_ORDER) {
        origins.add(at(i, tensors).map(tensor -> new Origin(tensor, false)));
      } else {
        Optional<String> module = at(layers.indexOf(slot.path()), named);
        origins.add(module.map(name -> origin(name, slot, tensors)));
      }
    }
    return origins;
  }

  private static Optional<String> at(int i, List<String> names) {
    return i < names.size() ? Optional.of(names.get(i)) : Optional.empty();
  }

  private Origin origin(String module, Slot slot, List<String> tensors) {
    String own = slot.parameter().name();
    boolean isOurs =
        slot.layer() instanceof Dense
            || slot.layer() instanceof BatchNormalization
            || slot.layer() instanceof LayerNormalization;
    boolean isKeras = convention == Convention.KERAS;
    String part = isOurs ? (isKeras ? OF_KERAS : OF_PY_TORCH).getOrDefault(own, own) : own;
    String separator = isKeras ? "/" : ".";
    String tensor = module.isEmpty() ? part : module + separator + part;
    return new Origin(
        tensors.contains(tensor + FIRST_OUTPUT) ? tensor + FIRST_OUTPUT : tensor,
        !isKeras && slot.layer() instanceof Dense && own.equals("weight"));
  }

  /** The modules of tensors, in the order of the first tensor of each. */
  List<String> modulesOf(List<String> tensors) {
    return tensors.stream().map(NameRule::module).distinct().toList();
  }

  private static String module(String tensor) {
    int end = separator(tensor);
    return end < 0 ? "" : tensor.substring(0, end);
  }

  private static String part(String tensor) {
    return tensor.substring(separator(tensor) + 1);
  }

  private static int separator(String tensor) {
    return Math.max(tensor.lastIndexOf('.'), tensor.lastIndexOf('/'));
  }

  @Override
  public String toString() {
    return convention.name().toLowerCase(Locale.ROOT) + " " + modules;
  }
}
