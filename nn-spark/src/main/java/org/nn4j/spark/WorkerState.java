package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.ParameterVector;

/** Parameters, or gradients, and the state of an optimizer. Immutable. */
final class WorkerState implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] values;
  private final String optimizer;
  private final long steps;
  private final HashMap<String, byte[]> vectors = new HashMap<>();
  private final HashMap<String, Double> numbers = new HashMap<>();

  private WorkerState(byte[] values, String optimizer, long steps) {
    this.values = values;
    this.optimizer = optimizer;
    this.steps = steps;
  }

  /** Returns no state. */
  static WorkerState none() {
    return new WorkerState(new byte[0], "", 0);
  }

  /** Returns a vector alone. */
  static WorkerState of(INDArray values) {
    return new WorkerState(Vectors.bytes(values), "", 0);
  }

  /** Returns the parameters and the state of their optimizer. */
  static WorkerState of(ParameterVector parameters, Optimizer optimizer) {
    OptimizerState from = optimizer.state();
    WorkerState state =
        new WorkerState(Vectors.bytes(parameters.values()), from.optimizer(), from.steps());
    from.vectors()
        .forEach(
            (name, vector) -> {
              state.vectors.put(name, Vectors.bytes(vector));
              vector.close();
            });
    state.numbers.putAll(from.numbers());
    return state;
  }

  /** Sets the parameters. */
  void restore(ParameterVector parameters) {
    try (INDArray array = Vectors.array(values, parameters.dataType())) {
      parameters.setValues(array);
    }
  }

  /** Sets the parameters and the state of their optimizer. */
  void restore(ParameterVector parameters, Optimizer to) {
    restore(parameters);
    DataType type = parameters.dataType();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    vectors.forEach((name, vector) -> arrays.put(name, Vectors.array(vector, type)));
    to.restore(new OptimizerState(optimizer, steps, arrays, numbers), parameters);
    arrays.values().forEach(INDArray::close);
  }

  byte[] values() {
    return values;
  }

  Map<String, byte[]> vectors() {
    return vectors;
  }

  String optimizer() {
    return optimizer;
  }

  /** Returns the number of steps of the optimizer. */
  long steps() {
    return steps;
  }

  Map<String, Double> numbers() {
    return numbers;
  }
}
