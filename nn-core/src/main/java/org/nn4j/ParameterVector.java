package org.nn4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Gradient;
import org.nn4j.internal.kernel.Detached;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.kernel.NewArrays;
import org.nn4j.internal.kernel.Usage;

/**
 * A list of parameters that share one contiguous vector of values and one of gradients.
 *
 * <p>Each parameter is a view of its range, row-major, in the order of the list. Hence an optimizer
 * step is a few passes over one vector whatever the number of layers, and "the gradient of the
 * network" is a vector one can look at.
 *
 * <p>Reading from many threads is safe as long as no thread changes the values. After {@link
 * #close} each use of a value or gradient throws {@link IllegalStateException}; a view that a
 * program made of them, such as a row, must not be used any more.
 */
public final class ParameterVector extends AbstractList<Parameter> implements OffHeap {
  /**
   * A range of the vector, from one index to another, that optimizers train.
   *
   * @param from the first index
   * @param to the index after the last
   */
  public record Range(long from, long to) {
    /**
     * This range of a packed vector.
     *
     * @param vector a vector of the length of the whole
     * @return a view
     */
    public INDArray of(INDArray vector) {
      Require.notNull(vector, "Range.of", "vector");
      return from == 0 && to == vector.length() ? vector : vector.get(interval(from, to));
    }
  }

  static {
    Gradient.OF_VECTOR.open(ParameterVector::writtenGradients);
  }

  private final List<List<Parameter>> parts;
  private final List<Parameter> parameters;
  private final DataType type;
  private INDArray values;
  private INDArray gradients;
  private @Nullable INDArray weightMask;

  /** What this vector owns; null once it is a range of another one. */
  private @Nullable Memory memory;

  private Usage usage = new Usage(this::free);
  private final boolean[] frozen;
  private List<Range> trainable = List.of();
  private List<Range> viewed = List.of();
  private List<INDArray> gradientViews = List.of();

  private ParameterVector(List<List<Parameter>> parts, List<Parameter> parameters, DataType type) {
    this.parts = parts;
    this.parameters = parameters;
    this.type = type;
    this.frozen = new boolean[parameters.size()];
    long length = parameters.stream().mapToLong(Parameter::length).sum();
    Memory made = Memory.allocate(type, length);
    this.memory = made;
    this.values = made.values().vector();
    this.gradients = made.gradients().vector();
    // All that may run out of memory, then the moves, which do not: after a failure the layers are
    // as they were.
    List<Runnable> moves = new ArrayList<>();
    try {
      prepare(values, gradients, moves);
    } catch (RuntimeException | Error failure) {
      made.free();
      throw failure;
    }
    moves.forEach(Runnable::run);
  }

  /** The arrays that the vectors lie in. */
  private record Memory(Kernel.Vector values, Kernel.Vector gradients) {
    static Memory allocate(DataType type, long length) {
      Kernel.Vector values = Kernel.vector(type, length);
      try {
        return new Memory(values, Kernel.vector(type, length));
      } catch (RuntimeException | Error failure) {
        values.room().close();
        throw failure;
      }
    }

    long bytes() {
      return values.bytes() + gradients.bytes();
    }

    void free() {
      values.room().close();
      gradients.room().close();
    }
  }

  /**
   * Packs the parameters of layers into one vector.
   *
   * <p>A part that is itself a {@code ParameterVector} (that of a nested network) stays one: it
   * becomes a range of the new vector.
   *
   * @param type the data type of all parameters
   * @param parts the parameters of each layer, in order
   * @return the packed vector
   * @throws IllegalArgumentException if a parameter occurs twice, belongs to another vector, or has
   *     another data type
   */
  public static ParameterVector pack(DataType type, List<? extends List<Parameter>> parts) {
    Require.notNull(type, "ParameterVector.pack", "type");
    Require.noNulls(parts, "ParameterVector.pack", "parts");
    List<Parameter> all = new ArrayList<>();
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (List<Parameter> part : parts) {
      boolean free =
          part instanceof ParameterVector nested
              ? nested.memory != null
              : part.stream().noneMatch(Parameter::isPacked);
      if (!free) {
        throw new IllegalArgumentException(
            Require.message(
                "ParameterVector",
                "layers that belong to no other network",
                "parameters " + part + " of one that does",
                "build the layer anew from its LayerSpec"));
      }
      for (Parameter parameter : part) {
        if (!seen.add(parameter)) {
          throw new IllegalArgumentException(
              Require.message(
                  "ParameterVector",
                  "each parameter once",
                  parameter + " twice",
                  "give each place in the network a layer of its own"));
        }
        if (parameter.value().dataType() != type) {
          throw new IllegalArgumentException(
              Require.message(
                  "ParameterVector",
                  "parameters of data type " + type,
                  parameter + " of " + parameter.value().dataType(),
                  "make parameters of the type that LayerSpec.build is given"));
        }
        all.add(parameter);
      }
    }
    return new ParameterVector(List.copyOf(parts), List.copyOf(all), type);
  }

  private void prepare(INDArray newValues, INDArray newGradients, List<Runnable> moves) {
    long offset = 0;
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector nested) {
        long end = offset + nested.length();
        if (end > offset) {
          INDArray nestedValues = newValues.get(interval(offset, end));
          INDArray nestedGradients = newGradients.get(interval(offset, end));
          nested.prepare(nestedValues, nestedGradients, moves);
          moves.add(() -> nested.moveInto(usage, nestedValues, nestedGradients));
        } else {
          moves.add(() -> nested.moveInto(usage, nested.values, nested.gradients));
        }
        offset = end;
      } else {
        for (Parameter parameter : part) {
          long end = offset + parameter.length();
          long[] shape = parameter.shape();
          moves.add(
              parameter.moveTo(
                  newValues.get(interval(offset, end)).reshape('c', shape),
                  newGradients.get(interval(offset, end)).reshape('c', shape)));
          offset = end;
        }
      }
    }
  }

  private void share(Usage outer) {
    usage = outer;
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector nested) {
        nested.share(outer);
      }
    }
  }

  /** This vector becomes a range of another one. */
  private void moveInto(Usage outer, INDArray newValues, INDArray newGradients) {
    Memory old = memory;
    memory = null;
    share(outer);
    values = newValues;
    gradients = newGradients;
    viewed = List.of();
    gradientViews = List.of();
    if (old != null) {
      old.free();
    }
  }

  /**
   * All values, the parameters one after the other.
   *
   * @return the live vector {@code [N]}; {@code dup()} gives a copy
   * @throws IllegalStateException if the network was closed
   */
  public INDArray values() {
    requireOpen();
    return values;
  }

  /**
   * All gradients, in the order of the values.
   *
   * @return the live vector {@code [N]}
   * @throws IllegalStateException if the network was closed
   */
  public INDArray gradients() {
    requireOpen();
    parameters.forEach(Parameter::gradient); // hands out the part of each
    return gradients;
  }

  /** The gradients, for a caller that does not keep the array. */
  private INDArray writtenGradients() {
    requireOpen();
    for (int i = 0; i < parameters.size(); i++) {
      Gradient.of(parameters.get(i)).array();
    }
    return gradients;
  }

  /**
   * Replaces all values.
   *
   * @param newValues {@code [N]}, in the order of {@link #values()}; copied
   * @throws ShapeMismatchException if the length differs
   */
  public void setValues(INDArray newValues) {
    requireOpen();
    Require.sameShape(values, newValues, "ParameterVector", "values");
    values.assign(newValues);
  }

  /**
   * Replaces all gradients.
   *
   * @param newGradients {@code [N]}, in the order of {@link #values()}; copied
   * @throws ShapeMismatchException if the length differs
   */
  public void setGradients(INDArray newGradients) {
    requireOpen();
    Require.sameShape(gradients, newGradients, "ParameterVector", "gradients");
    writtenGradients().assign(newGradients);
  }

  /**
   * The number of values.
   *
   * @return {@code N}, 0 for a network without parameters
   */
  public long length() {
    return values.length();
  }

  /**
   * The data type of values and gradients.
   *
   * @return such as {@code FLOAT}
   */
  public DataType dataType() {
    return type;
  }

  /**
   * Tells weights from all else: what decay and penalties multiply with.
   *
   * @return a vector {@code [N]} with 1 at each value of a weight and 0 elsewhere; do not change it
   */
  public INDArray weightMask() {
    requireOpen();
    if (weightMask == null) {
      double[] ones = new double[Math.toIntExact(length())];
      int offset = 0;
      for (Parameter parameter : parameters) {
        int end = offset + Math.toIntExact(parameter.length());
        if (parameter.role() == Parameter.Role.WEIGHT) {
          Arrays.fill(ones, offset, end, 1);
        }
        offset = end;
      }
      if (ones.length == 0) {
        return values;
      }
      INDArray mask = Detached.make(values::ulike);
      try (INDArray doubles = NewArrays.of(ones)) {
        mask.assign(doubles);
      }
      weightMask = mask;
    }
    return weightMask;
  }

  /**
   * Sets all gradients to zero.
   *
   * @throws IllegalStateException if the network was closed
   */
  public void zeroGrad() {
    requireOpen();
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).zeroGrad();
    }
  }

  /**
   * The ranges that optimizers train: all but the frozen parameters, neighbors joined.
   *
   * @return one range unless something is frozen
   */
  public List<Range> trainable() {
    boolean changed = trainable.isEmpty();
    for (int i = 0; i < frozen.length; i++) {
      boolean now = parameters.get(i).isFrozen();
      changed |= now != frozen[i];
      frozen[i] = now;
    }
    if (changed) {
      trainable = List.copyOf(ranges());
    }
    return trainable;
  }

  private List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    long offset = 0;
    for (Parameter parameter : parameters) {
      long end = offset + parameter.length();
      if (!parameter.isFrozen()) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).to() == offset) {
          ranges.set(last, new Range(ranges.get(last).from(), end));
        } else {
          ranges.add(new Range(offset, end));
        }
      }
      offset = end;
    }
    return ranges;
  }

  /**
   * The gradients of {@link #trainable()}.
   *
   * @return live views, the same ones as long as nothing is frozen or thawed
   */
  public List<INDArray> trainableGradients() {
    INDArray all = writtenGradients();
    List<Range> ranges = trainable();
    if (!ranges.equals(viewed)) {
      gradientViews = ranges.stream().map(range -> range.of(all)).toList();
      viewed = ranges;
    }
    return gradientViews;
  }

  /**
   * Begins a call that uses values or gradients, on this thread: they are not freed before {@link
   * #endUse()}. For loops and layers that other threads may close; networks do so themselves.
   *
   * @throws IllegalStateException if the network was closed
   */
  public void beginUse() {
    if (!usage.begin()) {
      throw closed();
    }
  }

  /** Ends what {@link #beginUse()} began. */
  public void endUse() {
    usage.end();
  }

  private void requireOpen() {
    if (usage.isClosed()) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(
        Require.message(
            "Network",
            "to be used before it is closed",
            "a closed one",
            "close a network after its last use, or make a copy()"));
  }

  /**
   * Whether these parameters are a range of the vector of another network.
   *
   * @return true for those of a nested network
   */
  public boolean isNested() {
    return memory == null && !usage.isClosed();
  }

  @Override
  public long offHeapBytes() {
    Memory owned = memory;
    INDArray mask = weightMask;
    return owned == null
        ? 0
        : owned.bytes() + (mask == null ? 0 : mask.length() * mask.dataType().width());
  }

  /**
   * Frees values and gradients; calls under way end first.
   *
   * @throws IllegalStateException if these are parameters of a network that is nested in another
   */
  @Override
  public void close() {
    if (isNested()) {
      throw new IllegalStateException(
          Require.message(
              "ParameterVector",
              "parameters that belong to no other network",
              "those of a nested network",
              "close the network that it is nested in"));
    }
    usage.close();
  }

  private void free() {
    Memory old = memory;
    if (old == null) {
      return;
    }
    memory = null;
    closeViews(old.values().room().data(), old.gradients().room().data());
    if (weightMask != null) {
      weightMask.close();
    }
    old.free();
  }

  /** From now on, arrays that were handed out refuse any use instead of reading freed memory. */
  private void closeViews(DataBuffer freedValues, DataBuffer freedGradients) {
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector nested) {
        nested.closeViews(freedValues, freedGradients);
      } else {
        part.forEach(parameter -> parameter.close(freedValues, freedGradients));
      }
    }
    if (length() > 0) {
      values.setData(freedValues);
      gradients.setData(freedGradients);
      gradientViews.forEach(view -> view.setData(freedGradients));
    }
  }

  @Override
  public Parameter get(int index) {
    return parameters.get(index);
  }

  @Override
  public int size() {
    return parameters.size();
  }
}
