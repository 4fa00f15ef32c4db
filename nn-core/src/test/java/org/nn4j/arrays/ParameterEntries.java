package org.nn4j.arrays;

import static org.nn4j.activation.Activations.sigmoid;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.init.Initializers;
import org.nn4j.io.Safetensors;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.persistence.Progress;
import org.nn4j.train.ListenerState;

/** Entries of parameters, optimizers, initializers and files. */
final class ParameterEntries extends ArrayEntries {
  ParameterEntries(DataType type, long[] shape) {
    super(type, shape);
  }

  @Override
  void addAll() {
    if (shape.length == 1) {
      ofVectors();
    }
    ofTensors();
    ofParameters();
    add("Initializers.given(INDArray)", x -> given(Initializers.given(x)));
  }

  private void ofVectors() {
    int length = (int) shape[0];
    Network network =
        Network.builder(length - 1)
            .dataType(type)
            .dense(1, sigmoid(), Initializers.given(probabilities(5, length - 1, 1)))
            .build();
    ParameterVector parameters = network.parameters();
    add(
        "ParameterVector.setValues(INDArray)",
        x -> {
          parameters.setValues(x);
          return parameters.values();
        });
    add(
        "ParameterVector.setGradients(INDArray)",
        x -> {
          parameters.setGradients(x);
          return parameters.gradients();
        });
    add(
        "OptimizerState.new(String,long,Map,Map)",
        x -> {
          Optimizer optimizer = Optimizers.momentum(TENTH, 1.0 / 2);
          parameters.setValues(other);
          parameters.setGradients(other);
          optimizer.step(parameters);
          OptimizerState now = optimizer.state();
          String name = now.vectors().keySet().iterator().next();
          optimizer.restore(
              new OptimizerState(now.optimizer(), now.steps(), Map.of(name, x), now.numbers()),
              parameters);
          return (Supplier<Object>)
              () -> {
                optimizer.step(parameters);
                return List.of(parameters.values(), optimizer.state().vectors().get(name));
              };
        });
  }

  private void ofTensors() {
    add(
        "Safetensors.new(Map,Map)",
        x -> new Safetensors(Map.of("x", x), Map.of()).tensors().get("x"));
    add(
        "ListenerState.new(Map,Map)",
        x -> new ListenerState(Map.of(), Map.of("x", x)).tensors().get("x"));
    Network network = Network.builder(1).dense(1).build();
    add(
        "Checkpoint.withTensor(String,INDArray)",
        x ->
            Checkpoint.of(network, Optimizers.sgd(1), Progress.START, ModelRegistry.standard())
                .withTensor("x", x)
                .tensors()
                .get("x"));
  }

  private void ofParameters() {
    Parameter.Role role = Parameter.Role.WEIGHT;
    add("Parameter.new(String,Role,INDArray)", x -> parameter(new Parameter("x", role, x)));
    add("Parameter.owning(String,Role,INDArray)", x -> parameter(Parameter.owning("x", role, x)));
  }

  /** A value that can be written element by element, and its gradient. */
  private Object parameter(Parameter parameter) {
    parameter.gradient().addi(TENTH);
    return (Supplier<Object>)
        () ->
            List.of(parameter.value(), parameter.value().elementWiseStride(), parameter.gradient());
  }

  private Object given(org.nn4j.Initializer given) {
    Shape whole = Shape.of(shape);
    SeededRandom random = new SeededRandom(1);
    return (Supplier<Object>) () -> given.create(whole, type, random);
  }
}
