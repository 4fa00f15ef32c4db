package org.nn4j.optim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.kernel.Detached;
import org.nn4j.kernel.Kernel;
import org.nn4j.kernel.NewArrays;
import org.nn4j.kernel.StateVector;

/**
 * What an optimizer remembers: the number of its steps and its state vectors, each by a name and of
 * the length of the packed parameters; and scratch vectors of the same length.
 *
 * <p>{@link #all} gives their views on the stretches to train. The views are made once and used
 * again as long as values, gradients and stretches stay the same, so a step makes no array. The
 * state of a frozen stretch stays as it is.
 */
final class Slots {
  private final String owner;
  private final List<String> names;
  private final int scratchVectors;
  private final boolean masked;
  private final Map<String, INDArray> vectors = new LinkedHashMap<>();

  /** The vectors where {@link Kernel#update} works on them; then the map is empty. */
  private StateVector @Nullable [] inJava;

  private final List<INDArray> scratch = new ArrayList<>();
  private List<ParameterVector.Stretch> stretches = List.of();
  private List<Slot> slots = List.of();
  private @Nullable ParameterVector owned;
  private @Nullable INDArray values;
  private @Nullable INDArray gradients;
  private @Nullable ScalarAdd addition;
  private long steps;
  private boolean closed;

  /**
   * Empty state; the vectors come with the first step.
   *
   * @param owner the optimizer's name
   * @param scratchVectors how many vectors it needs within a step
   * @param names those of its state vectors
   */
  Slots(String owner, int scratchVectors, String... names) {
    this(owner, scratchVectors, List.of(names), false);
  }

  private Slots(String owner, int scratchVectors, List<String> names, boolean masked) {
    this.owner = owner;
    this.scratchVectors = scratchVectors;
    this.names = names;
    this.masked = masked;
  }

  /** The same, still empty, whose slots also have the weight mask. */
  Slots masked() {
    return new Slots(owner, scratchVectors, names, true);
  }

  /** Views of one stretch; the state in the order of the names, the mask if it was asked for. */
  record Slot(
      INDArray values,
      INDArray gradients,
      List<INDArray> state,
      List<INDArray> scratch,
      @Nullable INDArray mask,
      long from) {}

  /** One pass over values and state where they allow it; false if nothing was done. */
  boolean update(Slot slot, Kernel.Update update) {
    if (inJava == null) {
      return false;
    }
    Kernel.update(slot.gradients(), slot.values(), inJava, slot.from(), update);
    return true;
  }

  /** Copies of all that decides the next steps, that of the schedule included. */
  OptimizerState state(Schedule schedule) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    vectors.forEach((name, vector) -> copies.put(name, Detached.make(() -> vector.dup('c'))));
    if (inJava != null) {
      for (int i = 0; i < inJava.length; i++) {
        copies.put(names.get(i), inJava[i].toArray());
      }
    }
    return new OptimizerState(owner, steps, copies, schedule.state());
  }

  /** Takes over a state that {@link #state} gave, or changes nothing. */
  void restore(OptimizerState state, Schedule schedule, ParameterVector parameters) {
    Require.notNull(state, owner, "state");
    Require.notNull(parameters, owner, "parameters");
    check(state, parameters);
    Slots restored = new Slots(owner, scratchVectors, names, masked);
    try {
      if (!state.vectors().isEmpty()) {
        restored.allocate(parameters);
        state.vectors().forEach(restored::put);
      }
      schedule.restore(state.numbers());
    } catch (RuntimeException | Error failure) {
      restored.release();
      throw failure;
    }
    release();
    vectors.putAll(restored.vectors);
    scratch.addAll(restored.scratch);
    inJava = restored.inJava;
    owned = restored.owned;
    steps = state.steps();
  }

  private void put(String name, INDArray vector) {
    if (inJava != null) {
      inJava[names.indexOf(name)].set(vector);
    } else {
      requireNonNull(vectors.get(name)).assign(vector);
    }
  }

  private void check(OptimizerState state, ParameterVector parameters) {
    boolean beforeTheFirstStep = state.steps() == 0 && state.vectors().isEmpty();
    boolean sameVectors =
        beforeTheFirstStep || state.vectors().keySet().equals(new HashSet<>(names));
    if (!state.optimizer().equals(owner) || !sameVectors) {
      throw new IllegalArgumentException(
          Require.message(
              owner,
              "the state of " + owner + " with the vectors " + names,
              "that of "
                  + Require.brief(state.optimizer())
                  + " with the vectors ["
                  + Require.list(state.vectors().keySet())
                  + "]",
              "take the optimizer that the state is of"));
    }
    state
        .vectors()
        .forEach(
            (name, vector) -> {
              if (vector.rank() != 1
                  || vector.length() != parameters.length()
                  || vector.dataType() != parameters.dataType()) {
                throw new ShapeMismatchException(
                    owner,
                    "'" + name + "' [" + parameters.length() + "] of " + parameters.dataType(),
                    Arrays.toString(vector.shape()) + " of " + vector.dataType(),
                    "take the network that the state is of");
              }
            });
  }

  /** The schedule's rate for the next step. */
  double rate(Schedule schedule) {
    double rate = schedule.rate(steps);
    if (!(rate >= 0 && Double.isFinite(rate))) {
      throw new IllegalStateException(
          Require.message(
              owner,
              "a rate of 0 or more and finite from its schedule at step " + steps,
              String.valueOf(rate),
              "correct the schedule"));
    }
    return rate;
  }

  /**
   * Begins a step.
   *
   * @return the number of this step, counted from 1
   */
  long begin(ParameterVector parameters) {
    checkOrAllocate(parameters);
    List<ParameterVector.Stretch> trainable = parameters.trainable();
    if (values != parameters.values()
        || gradients != parameters.gradients()
        || !stretches.equals(trainable)) {
      slots = trainable.stream().map(stretch -> view(stretch, parameters)).toList();
      stretches = trainable;
      values = parameters.values();
      gradients = parameters.gradients();
    }
    return ++steps;
  }

  /** The stretches of the step that was begun. */
  List<Slot> all() {
    return slots;
  }

  /** {@code z ← x + addend}, without an array for the number; the addend is always the same one. */
  void plus(double addend, INDArray x, INDArray z) {
    ScalarAdd add = addition;
    if (add == null) {
      add = new ScalarAdd(x, null, z, addend);
      addition = add;
    }
    add.setX(x);
    add.setZ(z);
    Nd4j.exec(add);
  }

  private void checkOrAllocate(ParameterVector parameters) {
    if (closed) {
      throw new IllegalStateException(
          Require.message(
              owner,
              "to take steps before it is closed",
              "a closed one",
              "make a new optimizer for each trainer"));
    }
    if (vectors.isEmpty() && inJava == null) {
      allocate(parameters);
      return;
    }
    ParameterVector first = requireNonNull(owned);
    if (!parameters.equals(first)) {
      throw new IllegalStateException(
          Require.message(
              owner,
              "the parameters of its first step, " + first.length() + " of " + first.dataType(),
              "those of another network, " + parameters.length() + " of " + parameters.dataType(),
              "make a new optimizer for each network"));
    }
  }

  private void allocate(ParameterVector parameters) {
    boolean onePass = !names.isEmpty() && Kernel.takesUpdates(parameters.values());
    // All or nothing, also where memory runs out on the way.
    StateVector[] newInJava = onePass ? new StateVector[names.size()] : null;
    List<INDArray> made = new ArrayList<>();
    try {
      if (newInJava != null) {
        Arrays.setAll(newInJava, i -> new StateVector(parameters.length()));
      } else {
        names.forEach(name -> made.add(zeros(parameters)));
      }
      // One pass needs no scratch; only what decays weights beside it does, and has the mask for
      // that.
      for (int i = 0; i < scratchVectors && (!onePass || masked); i++) {
        made.add(zeros(parameters));
      }
    } catch (RuntimeException | Error failure) {
      made.forEach(INDArray::close);
      throw failure;
    }
    owned = parameters;
    inJava = newInJava;
    int ofState = onePass ? 0 : names.size();
    for (int i = 0; i < ofState; i++) {
      vectors.put(names.get(i), made.get(i));
    }
    scratch.addAll(made.subList(ofState, made.size()));
  }

  private static long bytes(Collection<INDArray> arrays) {
    return arrays.stream().mapToLong(array -> array.length() * array.dataType().width()).sum();
  }

  /** Outside the Java heap. */
  long offHeapBytes() {
    return bytes(vectors.values()) + bytes(scratch);
  }

  void close() {
    closed = true;
    release();
  }

  private void release() {
    vectors.values().forEach(INDArray::close);
    vectors.clear();
    scratch.forEach(INDArray::close);
    scratch.clear();
    inJava = null;
    owned = null;
    slots = List.of();
    stretches = List.of();
    values = null;
    gradients = null;
    addition = null;
  }

  private static INDArray zeros(ParameterVector parameters) {
    return NewArrays.zeros(parameters.dataType(), parameters.length());
  }

  private Slot view(ParameterVector.Stretch stretch, ParameterVector parameters) {
    return new Slot(
        stretch.of(parameters.values()),
        stretch.of(parameters.gradients()),
        vectors.values().stream().map(stretch::of).toList(),
        scratch.stream().map(stretch::of).toList(),
        masked ? stretch.of(parameters.weightMask()) : null,
        stretch.from());
  }
}
