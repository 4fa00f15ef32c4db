package org.nn4j.internal;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.memory.AlignedVector;
import org.nn4j.internal.thread.UseCount;

/**
 * Vectors of the values and gradients of a {@link ParameterVector}. They belong to the outermost
 * network; those of a nested network are ranges of them.
 *
 * <p>Reading from many threads is safe as long as no thread changes the values. Running calls are
 * counted, so that {@link #close()} frees no memory in use.
 */
public final class PackedParameters {
  /** Opened by {@link ParameterVector}. */
  public static final Access<ParameterVector, PackedParameters> OF_VECTOR = new Access<>();

  private final List<? extends List<Parameter>> parts;
  private final List<Parameter> parameters;
  private final TrainedRanges trained;
  private INDArray values;
  private INDArray gradients;

  /** Memory of these parameters; null if they are a range of another vector. */
  private @Nullable Vectors memory;

  private UseCount usage = new UseCount(this::free);

  /**
   * Packs parameters: each becomes a view of its range.
   *
   * @param type the data type of all
   * @param parts the parameters of each layer; a {@code ParameterVector} stays one
   * @param parameters all of them
   */
  public PackedParameters(
      DataType type, List<? extends List<Parameter>> parts, List<Parameter> parameters) {
    this.parts = parts;
    this.parameters = parameters;
    this.trained = new TrainedRanges(parameters);
    long length = parameters.stream().mapToLong(p -> ParameterArrays.of(p).length()).sum();
    Vectors made = Vectors.allocate(type, length);
    this.memory = made;
    this.values = made.values().vector();
    this.gradients = made.gradients().vector();
    // Allocations first, then the moves, which cannot fail: after a failure the layers are
    // unchanged.
    List<Runnable> moves = new ArrayList<>();
    try {
      prepare(values, gradients, moves);
    } catch (RuntimeException | Error failure) {
      made.free();
      throw failure;
    }
    moves.forEach(Runnable::run);
  }

  /** Arrays that contain the vectors. */
  private record Vectors(AlignedVector values, AlignedVector gradients) {
    static Vectors allocate(DataType type, long length) {
      AlignedVector values = AlignedVector.zeros(type, length);
      try {
        return new Vectors(values, AlignedVector.zeros(type, length));
      } catch (RuntimeException | Error failure) {
        values.room().close();
        throw failure;
      }
    }

    void free() {
      values.room().close();
      gradients.room().close();
    }
  }

  /**
   * Returns the packed vectors of the parameters of a network.
   *
   * @param parameters the parameters
   * @return their vectors
   */
  public static PackedParameters of(ParameterVector parameters) {
    return OF_VECTOR.getter().apply(parameters);
  }

  private void prepare(INDArray newValues, INDArray newGradients, List<Runnable> moves) {
    long offset = 0;
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector vector) {
        PackedParameters nested = of(vector);
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
          ParameterArrays arrays = ParameterArrays.of(parameter);
          long end = offset + arrays.length();
          moves.add(
              arrays.moveTo(
                  newValues.get(interval(offset, end)).reshape('c', arrays.shape()),
                  newGradients.get(interval(offset, end)).reshape('c', arrays.shape())));
          offset = end;
        }
      }
    }
  }

  /** Moves these vectors into ranges of others. */
  private void moveInto(UseCount outer, INDArray newValues, INDArray newGradients) {
    Vectors old = memory;
    memory = null;
    share(outer);
    values = newValues;
    gradients = newGradients;
    trained.forgetViews();
    if (old != null) {
      old.free();
    }
  }

  private void share(UseCount outer) {
    usage = outer;
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector nested) {
        of(nested).share(outer);
      }
    }
  }

  /**
   * Returns whether these may become a range of another network's vectors.
   *
   * @param part the parameters of a layer
   * @return false if they belong to a network, or were closed
   */
  public static boolean isFree(List<Parameter> part) {
    return part instanceof ParameterVector vector
        ? of(vector).memory != null
        : part.stream().noneMatch(parameter -> ParameterArrays.of(parameter).isPacked());
  }

  /**
   * Returns all values.
   *
   * @return the live vector
   * @throws IllegalStateException if the network was closed
   */
  public INDArray values() {
    requireOpen();
    return values;
  }

  /**
   * Returns all gradients, for a caller that does not keep the array beyond the next zeroing.
   *
   * @return the live vector
   * @throws IllegalStateException if the network was closed
   */
  public INDArray gradients() {
    requireOpen();
    for (int i = 0; i < parameters.size(); i++) {
      GradientSum.of(parameters.get(i)).array();
    }
    return gradients;
  }

  /**
   * Returns the number of values, also after the network was closed.
   *
   * @return {@code N}
   */
  public long length() {
    return values.length();
  }

  /**
   * Returns the ranges that optimizers train: all but the frozen parameters, neighbors joined.
   *
   * @return one range unless something is frozen; the same list until that changes
   */
  public List<Range> trained() {
    return trained.ranges();
  }

  /**
   * Returns the gradients of {@link #trained()}, for a caller that does not keep the arrays.
   *
   * @return live views, the same ones until a parameter is frozen or unfrozen
   */
  public List<INDArray> trainedGradients() {
    return trained.of(gradients());
  }

  /**
   * Begins a call that uses values or gradients, on this thread: they are not freed before {@link
   * #endUse()}.
   *
   * @throws IllegalStateException if the network was closed
   */
  public void beginUse() {
    if (!usage.begin()) {
      throw closed();
    }
  }

  /** Ends a call that {@link #beginUse()} began. */
  public void endUse() {
    usage.end();
  }

  /** Throws if the network was closed. */
  public void requireOpen() {
    if (usage.isClosed()) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(
        Require.message(
            "Network",
            "to be open",
            "closed",
            "close a network after its last use, or make a copy()"));
  }

  /**
   * Returns whether these are ranges of the vectors of another network.
   *
   * @return true for those of a nested network
   */
  public boolean isNested() {
    return memory == null && !usage.isClosed();
  }

  /**
   * Returns the bytes outside the Java heap of the vectors.
   *
   * @return 0 for those of a nested network, and after they were freed
   */
  public long offHeapBytes() {
    Vectors owned = memory;
    return owned == null ? 0 : owned.values().bytes() + owned.gradients().bytes();
  }

  /** Frees the vectors, when running calls have ended. */
  public void close() {
    usage.close();
  }

  private void free() {
    Vectors old = memory;
    if (old != null) {
      memory = null;
      closeViews(old.values().room().data(), old.gradients().room().data());
      old.free();
    }
  }

  /** Makes arrays that callers have throw instead of reading freed memory. */
  private void closeViews(DataBuffer freedValues, DataBuffer freedGradients) {
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector nested) {
        of(nested).closeViews(freedValues, freedGradients);
      } else {
        part.forEach(p -> ParameterArrays.of(p).close(freedValues, freedGradients));
      }
    }
    if (length() > 0) {
      values.setData(freedValues);
      gradients.setData(freedGradients);
      trained.close(freedGradients);
    }
  }
}
