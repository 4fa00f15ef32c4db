package org.nn4j;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Checks;
import org.nn4j.internal.PackedParameters;

/**
 * List of parameters that share one contiguous vector of values and one of gradients.
 *
 * <p>Each parameter is a view of its range, row-major, in the order of the list. So an optimizer
 * step is a few passes over one vector whatever the number of layers, and the gradient of a network
 * is one vector.
 *
 * <p>Reading from many threads is safe as long as no thread changes the values. After {@link
 * #close} each use of a value or gradient throws {@link IllegalStateException}. Do not use your own
 * views of them, such as a row, after that.
 */
public final class ParameterVector extends AbstractList<Parameter> implements OffHeap {
  static {
    PackedParameters.OF_VECTOR.open(vector -> vector.packed);
  }

  private final List<Parameter> parameters;
  private final DataType type;
  private final PackedParameters packed;

  private ParameterVector(
      DataType type, List<? extends List<Parameter>> parts, List<Parameter> parameters) {
    this.parameters = parameters;
    this.type = type;
    this.packed = new PackedParameters(type, parts, parameters);
  }

  /**
   * Packs the parameters of layers into one vector.
   *
   * <p>A part that is itself a {@code ParameterVector}, that of a nested network, becomes a range
   * of the new vector.
   *
   * @param type the data type of all parameters
   * @param parts the parameters of each layer, in order
   * @return the packed vector
   * @throws IllegalArgumentException if a parameter occurs twice, belongs to another vector, or has
   *     another data type
   */
  public static ParameterVector pack(DataType type, List<? extends List<Parameter>> parts) {
    Require.notNull(type, "ParameterVector.pack", "type");
    Checks.noNulls(parts, "ParameterVector.pack", "parts");
    List<Parameter> all = new ArrayList<>();
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (List<Parameter> part : parts) {
      if (!PackedParameters.isFree(part)) {
        throw new IllegalArgumentException(
            Require.message(
                "ParameterVector",
                "layers that belong to no other network",
                "parameters " + part + " of one that does",
                "build the layer again from its LayerSpec"));
      }
      for (Parameter parameter : part) {
        if (!seen.add(parameter)) {
          throw new IllegalArgumentException(
              Require.message(
                  "ParameterVector",
                  "each parameter once",
                  parameter + " twice",
                  "build another layer for each place in the network"));
        }
        if (parameter.value().dataType() != type) {
          throw new IllegalArgumentException(
              Require.message(
                  "ParameterVector",
                  "parameters of data type " + type,
                  parameter + " of " + parameter.value().dataType(),
                  "create parameters of the type that is passed to LayerSpec.build"));
        }
        all.add(parameter);
      }
    }
    return new ParameterVector(type, List.copyOf(parts), List.copyOf(all));
  }

  /**
   * Returns all values, the parameters one after the other.
   *
   * @return the live vector {@code [N]}; {@code dup()} returns a copy
   * @throws IllegalStateException if the network was closed
   */
  public INDArray values() {
    return packed.values();
  }

  /**
   * Returns all gradients, in the order of the values.
   *
   * @return the live vector {@code [N]}
   * @throws IllegalStateException if the network was closed
   */
  public INDArray gradients() {
    packed.requireOpen();
    parameters.forEach(Parameter::gradient); // marks the gradient of each as shared
    return packed.gradients();
  }

  /**
   * Replaces all values.
   *
   * @param newValues {@code [N]}, in the order of {@link #values()}; copied
   * @throws ShapeMismatchException if the length differs
   * @throws IllegalArgumentException if the array has no numbers
   */
  public void setValues(INDArray newValues) {
    INDArray values = packed.values();
    Checks.sameShape(values, newValues, "ParameterVector", "values");
    Checks.numeric(newValues.dataType(), "ParameterVector");
    values.assign(newValues);
  }

  /**
   * Replaces all gradients.
   *
   * @param newGradients {@code [N]}, in the order of {@link #values()}; copied
   * @throws ShapeMismatchException if the length differs
   * @throws IllegalArgumentException if the array has no numbers
   */
  public void setGradients(INDArray newGradients) {
    INDArray gradients = packed.gradients();
    Checks.sameShape(gradients, newGradients, "ParameterVector", "gradients");
    Checks.numeric(newGradients.dataType(), "ParameterVector");
    gradients.assign(newGradients);
  }

  /**
   * Returns the number of values.
   *
   * @return {@code N}, 0 for a network without parameters
   */
  public long length() {
    return packed.length();
  }

  /**
   * Returns the data type of values and gradients.
   *
   * @return such as {@code FLOAT}
   */
  public DataType dataType() {
    return type;
  }

  /**
   * Sets all gradients to zero.
   *
   * @throws IllegalStateException if the network was closed
   */
  public void zeroGrad() {
    packed.requireOpen();
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).zeroGrad();
    }
  }

  @Override
  public long offHeapBytes() {
    return packed.offHeapBytes();
  }

  /**
   * Frees values and gradients, when running calls have ended.
   *
   * @throws IllegalStateException if these are parameters of a network that is nested in another
   */
  @Override
  public void close() {
    if (packed.isNested()) {
      throw new IllegalStateException(
          Require.message(
              "ParameterVector",
              "parameters that belong to no other network",
              "those of a nested network",
              "close the network that it is nested in"));
    }
    packed.close();
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
