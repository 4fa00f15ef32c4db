package org.nn4j.optim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.Range;
import org.nn4j.internal.kernel.StateVector;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;

/**
 * State of a {@link RuleOptimizer} and memory for its intermediate results, vectors of the length
 * of the packed parameters. A rule with a loop has its state in Java arrays. Not thread-safe.
 */
final class RuleVectors {
  private final List<String> names;
  private final Map<String, INDArray> state = new LinkedHashMap<>();
  private final StateVector[] inJava;
  private final List<INDArray> scratch = new ArrayList<>();
  private final List<INDArray> weightMask = new ArrayList<>();

  private RuleVectors(List<String> names, StateVector[] inJava) {
    this.names = names;
    this.inJava = inJava;
  }

  /** Returns no vectors. */
  static RuleVectors none() {
    return new RuleVectors(List.of(), new StateVector[0]);
  }

  /**
   * Allocates all vectors, or none if memory is exhausted; the state starts at zero.
   *
   * @param looped whether the rule is applied as a loop over Java arrays
   * @param decays whether weights are decayed, which needs a mask of them
   */
  static RuleVectors allocate(
      List<String> names,
      int scratchVectors,
      boolean looped,
      boolean decays,
      ParameterVector parameters) {
    RuleVectors made = new RuleVectors(names, new StateVector[looped ? names.size() : 0]);
    try {
      for (int i = 0; i < names.size(); i++) {
        if (looped) {
          made.inJava[i] = new StateVector(parameters.length());
        } else {
          made.state.put(names.get(i), zeros(parameters));
        }
      }
      for (int i = 0; i < scratchVectors && (!looped || decays); i++) {
        made.scratch.add(zeros(parameters)); // a loop needs no scratch
      }
      if (decays) {
        made.weightMask.add(zeros(parameters));
        markWeights(parameters, made.weightMask.get(0));
      }
    } catch (RuntimeException | Error failure) {
      made.close();
      throw failure;
    }
    return made;
  }

  private static INDArray zeros(ParameterVector parameters) {
    return NewArrays.zeros(parameters.dataType(), parameters.length());
  }

  /** Writes 1 for each element of a weight. */
  private static void markWeights(ParameterVector parameters, INDArray mask) {
    if (mask.isEmpty()) {
      return;
    }
    double[] ones = new double[Math.toIntExact(mask.length())];
    int from = 0;
    for (Parameter parameter : parameters) {
      int to = from + Math.toIntExact(parameter.value().length());
      if (parameter.role() == Parameter.Role.WEIGHT) {
        Arrays.fill(ones, from, to, 1);
      }
      from = to;
    }
    try (INDArray doubles = NewArrays.of(ones)) {
      mask.assign(doubles);
    }
  }

  /** The state of a rule with a loop; empty if it has none. */
  StateVector[] inJava() {
    return inJava;
  }

  /** Sets a state vector. */
  void set(String name, INDArray numbers) {
    if (inJava.length == 0) {
      requireNonNull(state.get(name)).assign(numbers);
    } else {
      inJava[names.indexOf(name)].set(numbers);
    }
  }

  /** Returns copies of the state vectors by name. */
  Map<String, INDArray> copies() {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    state.forEach((name, numbers) -> copies.put(name, Detached.make(() -> numbers.dup('c'))));
    for (int i = 0; i < inJava.length; i++) {
      copies.put(names.get(i), inJava[i].toArray());
    }
    return copies;
  }

  /**
   * Views of a trained range of parameters.
   *
   * @param weightMask one vector, 1 for weights and 0 for others, or none
   */
  record Slice(
      INDArray values,
      INDArray gradients,
      List<INDArray> state,
      List<INDArray> scratch,
      List<INDArray> weightMask,
      long from) {}

  /** Returns views of a trained range. */
  Slice view(Range range, PackedParameters packed) {
    return new Slice(
        range.of(packed.values()),
        range.of(packed.gradients()),
        state.values().stream().map(range::of).toList(),
        scratch.stream().map(range::of).toList(),
        weightMask.stream().map(range::of).toList(),
        range.from());
  }

  private Stream<INDArray> offHeap() {
    return Stream.of(state.values(), scratch, weightMask).flatMap(vectors -> vectors.stream());
  }

  long offHeapBytes() {
    return offHeap().mapToLong(array -> array.length() * array.dataType().width()).sum();
  }

  void close() {
    offHeap().forEach(INDArray::close);
  }
}
