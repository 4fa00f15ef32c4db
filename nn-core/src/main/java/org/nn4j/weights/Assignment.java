package org.nn4j.weights;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.Texts;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.Detached;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;
import org.nn4j.weights.NameRule.Origin;
import org.nn4j.weights.NameRule.Slot;

/**
 * Assignment of the tensors of an open file to the parameters of a network, and what does not fit.
 */
final class Assignment {
  /** A tensor and the parameter of its shape. */
  private record Pair(StoredTensor tensor, boolean isTransposed, Slot slot) {
    @Override
    public String toString() {
      String transposed = isTransposed ? ", transposed" : "";
      return tensor + transposed + " -> " + slot.name() + " " + shape(slot);
    }
  }

  private final String file;
  private final Network network;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  /**
   * Assigns tensors to parameters.
   *
   * @throws IllegalArgumentException if the map needs the order of tensors and the file has none
   */
  Assignment(String file, TensorFile content, Network network, WeightMap map) {
    this.file = file;
    this.network = network;
    Set<String> assigned =
        map.origins().values().stream().map(Origin::tensor).collect(Collectors.toSet());
    content.tensors().stream()
        .filter(tensor -> assigned.contains(tensor.name()) || !map.ignores(tensor.name()))
        .forEach(tensor -> tensors.put(tensor.name(), tensor));
    List<Slot> open = slots(network);
    assignSingly(open, map);
    open.removeIf(slot -> map.keeps(slot.name()) || map.origins().containsKey(slot.name()));
    List<String> free = tensors.keySet().stream().filter(name -> !used.contains(name)).toList();
    if (map.rule().usesOrder() && !content.isOrdered()) {
      throw withoutOrder(map.rule(), free);
    }
    List<Optional<Origin>> origins = map.rule().origins(open, free);
    for (int i = 0; i < open.size(); i++) {
      assign(open.get(i), origins.get(i));
    }
    tensors.values().stream()
        .filter(tensor -> !used.contains(tensor.name()))
        .forEach(tensor -> problems.add(tensor + ": expected a parameter for it, found none"));
  }

  private static List<Slot> slots(Network network) {
    Map<String, Layer> leaves = NetworkAccess.get().leaves(network);
    List<Slot> slots = new ArrayList<>();
    NetworkAccess.get()
        .parameters(network)
        .forEach(
            (name, parameter) -> {
              String path = name.substring(0, name.length() - parameter.name().length() - 1);
              slots.add(new Slot(name, path, requireNonNull(leaves.get(path)), parameter));
            });
    return slots;
  }

  private IllegalArgumentException withoutOrder(NameRule rule, List<String> free) {
    return new IllegalArgumentException(
        Require.message(
            "Weights of " + file,
            "the modules in the order of the layers",
            "none, for a file whose tensors are sorted by name",
            "pass these in the order of the layers: "
                + Texts.list(
                    rule.modulesOf(free).stream().map(module -> '"' + module + '"').toList())));
  }

  /** Assigns the tensors that the map names one by one. */
  private void assignSingly(List<Slot> slots, WeightMap map) {
    map.origins()
        .forEach(
            (name, origin) ->
                slots.stream()
                    .filter(slot -> slot.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                        slot -> assign(slot, Optional.of(origin)),
                        () -> problems.add(name + ": expected a parameter, found none")));
  }

  private void assign(Slot slot, Optional<Origin> origin) {
    StoredTensor tensor = origin.map(o -> tensors.get(o.tensor())).orElse(null);
    if (tensor == null) {
      String wanted = origin.map(o -> "tensor '" + o.tensor() + "'").orElse("a tensor for it");
      problems.add(slot.name() + " " + shape(slot) + ": expected " + wanted + ", found none");
      return;
    }
    used.add(tensor.name());
    boolean isTransposed = origin.get().isTransposed();
    List<Long> found = isTransposed ? tensor.transposedShape() : tensor.shape();
    if (!found.equals(shape(slot))) {
      problems.add(
          tensor.name()
              + " for "
              + slot.name()
              + ": expected "
              + shape(slot)
              + ", found "
              + found
              + (isTransposed ? " after transposition" : ""));
    } else if (!tensor.isReal()) {
      problems.add(
          tensor.name() + ": expected F64, F32, F16 or BF16, found " + Texts.brief(tensor.type()));
    } else {
      pairs.add(new Pair(tensor, isTransposed, slot));
    }
  }

  private static List<Long> shape(Slot slot) {
    return Arrays.stream(slot.parameter().value().shape()).boxed().toList();
  }

  /**
   * Reads all tensors, then changes the parameters.
   *
   * @throws ModelFormatException if a tensor is missing, left over, or does not fit, or an element
   *     is not finite; nothing is changed then
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  void load() throws IOException {
    if (!problems.isEmpty()) {
      throw wrong("a tensor for each parameter and a parameter for each tensor", problems);
    }
    Map<Parameter, INDArray> values = new LinkedHashMap<>();
    try {
      List<String> infinite = new ArrayList<>();
      for (Pair pair : pairs) {
        INDArray value = read(pair);
        values.put(pair.slot().parameter(), value);
        if (!Kernel.isFinite(value)) {
          infinite.add(pair.tensor().toString());
        }
      }
      if (!infinite.isEmpty()) {
        throw wrong("numbers that are finite as " + network.dataType(), infinite);
      }
      NetworkAccess.Scope claim = NetworkAccess.get().claimForChange(network);
      try {
        values.forEach((parameter, value) -> parameter.value().assign(value));
      } finally {
        claim.end();
      }
    } finally {
      values.values().forEach(INDArray::close);
    }
  }

  private INDArray read(Pair pair) throws IOException {
    try (INDArray stored = pair.tensor().source().read()) {
      INDArray oriented = pair.isTransposed() ? stored.transpose() : stored;
      return Detached.make(() -> oriented.castTo(network.dataType()).dup('c'));
    }
  }

  private ModelFormatException wrong(String expected, List<String> found) {
    return new ModelFormatException(
        file,
        "tensors",
        expected,
        "these differences:\n  " + Texts.list(found, "\n  ") + "\n",
        "change the WeightMap, its ignoring(tensors) or keeping(parameters)");
  }

  /** Returns a line for each tensor with its parameter, and for each problem. */
  @Override
  public String toString() {
    return Stream.concat(pairs.stream().map(Pair::toString), problems.stream())
        .collect(Collectors.joining("\n"));
  }
}
