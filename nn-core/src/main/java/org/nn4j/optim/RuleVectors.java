package org.nn4j.optim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ParameterVector;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.Range;
import org.nn4j.internal.kernel.StateVectors;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;

/**
 * State of a {@link RuleOptimizer} and memory for its intermediate results, vectors of the length
 * of the packed parameters. A rule with a loop has its state in Java arrays. Not thread-safe.
 */
final class RuleVectors {
  private final List<String> names;
  private final Map<String, INDArray> state = new LinkedHashMap<>();
  private final @Nullable StateVectors<float[]> floats;
  private final @Nullable StateVectors<double[]> doubles;
  private final List<INDArray> scratch = new ArrayList<>();

  private RuleVectors(
      List<String> names,
      @Nullable StateVectors<float[]> floats,
      @Nullable StateVectors<double[]> doubles) {
    this.names = names;
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Returns no vectors. */
  static RuleVectors none() {
    return new RuleVectors(List.of(), null, null);
  }

  /**
   * Allocates all vectors, or none if memory is exhausted; the state starts at zero.
   *
   * @param looped whether the rule is applied as a loop over Java arrays
   */
  static RuleVectors allocate(
      List<String> names, int scratchVectors, boolean looped, ParameterVector parameters) {
    boolean ofFloats = parameters.dataType() == DataType.FLOAT;
    int count = names.size();
    long length = parameters.length();
    RuleVectors made =
        new RuleVectors(
            names,
            looped && ofFloats ? StateVectors.ofFloats(count, length) : null,
            looped && !ofFloats ? StateVectors.ofDoubles(count, length) : null);
    try {
      for (int i = 0; i < count && !looped; i++) {
        made.state.put(names.get(i), zeros(parameters));
      }
      for (int i = 0; i < scratchVectors && !looped; i++) {
        made.scratch.add(zeros(parameters)); // a loop needs no scratch
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

  private @Nullable StateVectors<?> inJava() {
    return floats != null ? floats : doubles;
  }

  /** Applies a rule to a trained range, whose views {@link #view} returns. */
  void apply(UpdateRule rule, Slice slice) {
    INDArray g = slice.gradients();
    INDArray theta = slice.values();
    if (floats != null) {
      floats.update(g, theta, slice.from(), ((UpdateRule.WithLoop) rule)::loop);
    } else if (doubles != null) {
      doubles.update(g, theta, slice.from(), ((UpdateRule.WithLoop) rule)::loop);
    } else {
      rule.operations(g, theta, slice.state(), slice.scratch());
    }
  }

  /** Sets a state vector. */
  void set(String name, INDArray numbers) {
    StateVectors<?> inJava = inJava();
    if (inJava == null) {
      requireNonNull(state.get(name)).assign(numbers);
    } else {
      inJava.set(names.indexOf(name), numbers);
    }
  }

  /** Returns copies of the state vectors by name. */
  Map<String, INDArray> copies() {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    state.forEach((name, numbers) -> copies.put(name, Detached.make(() -> numbers.dup('c'))));
    StateVectors<?> inJava = inJava();
    for (int i = 0; inJava != null && i < names.size(); i++) {
      copies.put(names.get(i), inJava.toArray(i));
    }
    return copies;
  }

  /** Views of a trained range of parameters. */
  record Slice(
      INDArray values,
      INDArray gradients,
      List<INDArray> state,
      List<INDArray> scratch,
      long from) {}

  /** Returns views of a trained range. */
  Slice view(Range range, PackedParameters packed) {
    return new Slice(
        range.of(packed.values()),
        range.of(packed.gradients()),
        state.values().stream().map(range::of).toList(),
        scratch.stream().map(range::of).toList(),
        range.from());
  }

  private Stream<INDArray> offHeap() {
    return Stream.of(state.values(), scratch).flatMap(vectors -> vectors.stream());
  }

  long offHeapBytes() {
    return offHeap().mapToLong(array -> array.length() * array.dataType().width()).sum();
  }

  void close() {
    offHeap().forEach(INDArray::close);
  }
}
