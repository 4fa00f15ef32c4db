package org.nn4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.kernel.Detached;
import org.nn4j.kernel.Kernel;

/**
 * A list of parameters that share one contiguous vector of values and one of gradients.
 *
 * <p>Each parameter is a view of its stretch, row-major, in the order of the list. Hence {@link
 * #zeroGrad()} is one fill, an optimizer step is a few passes over one vector whatever the number
 * of layers, and "the gradient of the network" is a vector one can look at.
 *
 * <p>Reading from many threads is safe as long as no thread changes the values.
 */
public final class ParameterVector extends AbstractList<Parameter> {
  /**
   * A stretch of the vector that optimizers train.
   *
   * @param from the first index
   * @param to the index after the last
   */
  public record Stretch(long from, long to) {
    /**
     * This stretch of a packed vector.
     *
     * @param vector a vector of the length of the whole
     * @return a view
     */
    public INDArray of(INDArray vector) {
      Require.notNull(vector, "Stretch.of", "vector");
      return from == 0 && to == vector.length() ? vector : vector.get(interval(from, to));
    }
  }

  private final List<List<Parameter>> parts;
  private final List<Parameter> parameters;
  private final DataType type;
  private INDArray values;
  private INDArray gradients;
  private @Nullable INDArray weightMask;
  private boolean isNested;
  private final boolean[] frozen;
  private List<Stretch> trainable = List.of();
  private List<Stretch> viewed = List.of();
  private List<INDArray> gradientViews = List.of();

  private ParameterVector(List<List<Parameter>> parts, List<Parameter> parameters, DataType type) {
    this.parts = parts;
    this.parameters = parameters;
    this.type = type;
    this.frozen = new boolean[parameters.size()];
    long length = parameters.stream().mapToLong(p -> p.value().length()).sum();
    this.values = Kernel.vector(type, length);
    this.gradients = Kernel.vector(type, length);
    moveTo(values, gradients);
  }

  /**
   * Packs the parameters of layers into one vector.
   *
   * <p>A part that is itself a {@code ParameterVector} (that of a nested network) stays one: it
   * becomes a stretch of the new vector.
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
              ? !nested.isNested
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

  private void moveTo(INDArray newValues, INDArray newGradients) {
    long offset = 0;
    for (List<Parameter> part : parts) {
      if (part instanceof ParameterVector nested) {
        nested.isNested = true;
        long end = offset + nested.length();
        if (end > offset) {
          nested.moveTo(
              newValues.get(interval(offset, end)), newGradients.get(interval(offset, end)));
        }
        offset = end;
      } else {
        for (Parameter parameter : part) {
          long end = offset + parameter.value().length();
          long[] shape = parameter.value().shape();
          parameter.moveTo(
              newValues.get(interval(offset, end)).reshape('c', shape),
              newGradients.get(interval(offset, end)).reshape('c', shape));
          offset = end;
        }
      }
    }
    values = newValues;
    gradients = newGradients;
    viewed = List.of();
  }

  /**
   * All values, the parameters one after the other.
   *
   * @return the live vector {@code [N]}; {@code dup()} gives a copy
   */
  public INDArray values() {
    return values;
  }

  /**
   * All gradients, in the order of the values.
   *
   * @return the live vector {@code [N]}
   */
  public INDArray gradients() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).settle();
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
    Require.sameShape(gradients, newGradients, "ParameterVector", "gradients");
    parameters.forEach(Parameter::zeroIsWritten);
    gradients.assign(newGradients);
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
    if (weightMask == null) {
      INDArray mask = Detached.make(() -> values.ulike().assign(0));
      long offset = 0;
      for (Parameter parameter : parameters) {
        long end = offset + parameter.value().length();
        if (parameter.role() == Parameter.Role.WEIGHT) {
          mask.get(interval(offset, end)).assign(1);
        }
        offset = end;
      }
      weightMask = mask;
    }
    return weightMask;
  }

  /** Sets all gradients to zero. */
  public void zeroGrad() {
    if (length() > 0) {
      parameters.forEach(Parameter::zeroIsWritten);
      Kernel.clear(gradients);
    }
  }

  /**
   * Sets all gradients to zero when they are next asked for, and not at all where the first product
   * of a backward can write instead of adding: the memory is then neither cleared nor read. For
   * loops that go on to a backward, such as that of the trainer; arrays that {@link #gradients()}
   * and {@link Parameter#gradient()} gave out before show the old numbers until then, which is why
   * {@link #zeroGrad()} is the rule.
   */
  public void zeroGradLater() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).zeroGradLater();
    }
  }

  /**
   * The stretches that optimizers train: all but the frozen parameters, neighbours joined.
   *
   * @return one stretch unless something is frozen
   */
  public List<Stretch> trainable() {
    boolean changed = trainable.isEmpty();
    for (int i = 0; i < frozen.length; i++) {
      boolean now = parameters.get(i).isFrozen();
      changed |= now != frozen[i];
      frozen[i] = now;
    }
    if (changed) {
      trainable = List.copyOf(stretches());
    }
    return trainable;
  }

  private List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    long offset = 0;
    for (Parameter parameter : parameters) {
      long end = offset + parameter.value().length();
      if (!parameter.isFrozen()) {
        int last = stretches.size() - 1;
        if (last >= 0 && stretches.get(last).to() == offset) {
          stretches.set(last, new Stretch(stretches.get(last).from(), end));
        } else {
          stretches.add(new Stretch(offset, end));
        }
      }
      offset = end;
    }
    return stretches;
  }

  /**
   * The gradients of {@link #trainable()}.
   *
   * @return live views, the same ones as long as nothing is frozen or thawed
   */
  public List<INDArray> trainableGradients() {
    INDArray all = gradients();
    List<Stretch> stretches = trainable();
    if (!stretches.equals(viewed)) {
      gradientViews = stretches.stream().map(stretch -> stretch.of(all)).toList();
      viewed = stretches;
    }
    return gradientViews;
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
