package org.nn4j.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.DivergedException;
import org.nn4j.Layer;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.data.batch.Batch;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.model.Network;

/** Check that losses and parameters are finite; finds the first place where they are not. */
record DivergenceCheck(Network network, Optimizer optimizer, MutableProgress position) {
  /** Checks the loss of a batch before its step. */
  void loss(double loss, Batch batch) {
    if (!Double.isFinite(loss)) {
      String where =
          inForward(network, batch.inputs()).or(() -> inTargets(batch)).orElse("the loss itself");
      throw diverged(position.steps() + 1, loss, where);
    }
  }

  /** Checks the loss of workers before their step. */
  void loss(double loss) {
    if (!Double.isFinite(loss)) {
      throw diverged(position.steps() + 1, loss, "the loss of the workers");
    }
  }

  /** Checks the parameters after the last step. */
  void parameters() {
    if (!isFinite(network.parameters().values())) {
      inParameters(network)
          .ifPresent(
              where -> {
                throw diverged(position.steps(), position.lastLoss(), where);
              });
    }
  }

  private DivergedException diverged(long step, double loss, String where) {
    return new DivergedException(position.epoch(), step, loss, optimizer.learningRate(), where);
  }

  /**
   * Searches a forward pass: the inputs, then for each layer its parameters and its output.
   * Parameters are not changed.
   */
  static Optional<String> inForward(Network network, INDArray inputs) {
    if (!isFinite(inputs)) {
      return Optional.of("the inputs of the batch");
    }
    ParameterVector parameters = network.parameters();
    try (INDArray before = parameters.values().dup();
        Pass pass = Pass.training()) {
      Optional<String> found = inForward(network, inputs, pass, "");
      // A training pass updates the statistics of normalization.
      parameters.setValues(before);
      return found;
    }
  }

  private static Optional<String> inForward(
      Network network, INDArray inputs, Pass pass, String outer) {
    List<Layer> layers = network.layers();
    INDArray a = inputs;
    for (int i = 0; i < layers.size(); i++) {
      String name = name(network, i, outer);
      Optional<String> found =
          inParameters(layers.get(i).parameters(), Parameter::value, "the parameter", name);
      if (found.isEmpty() && layers.get(i) instanceof Network nested) {
        found = inForward(nested, a, pass, name);
      }
      a = layers.get(i).forward(a, pass);
      if (found.isEmpty() && !isFinite(a)) {
        found = Optional.of("the output of " + name);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Searches the targets of a batch. */
  static Optional<String> inTargets(Batch batch) {
    return isFinite(batch.targets()) ? Optional.empty() : Optional.of("the targets of the batch");
  }

  /** Searches the values of the parameters, from the first layer to the last. */
  static Optional<String> inParameters(Network network) {
    Optional<String> found = Optional.empty();
    for (int i = 0; i < network.layers().size() && found.isEmpty(); i++) {
      found =
          inParameters(
              network.layers().get(i).parameters(),
              Parameter::value,
              "the parameter",
              name(network, i, ""));
    }
    return found;
  }

  /**
   * Searches the gradients of the parameters, which are computed from the last layer to the first.
   */
  static Optional<String> inGradients(Network network) {
    Optional<String> found = Optional.empty();
    for (int i = network.layers().size() - 1; i >= 0 && found.isEmpty(); i--) {
      found =
          inParameters(
              network.layers().get(i).parameters(),
              Parameter::gradient,
              "the gradient of",
              name(network, i, ""));
    }
    return found;
  }

  private static Optional<String> inParameters(
      List<Parameter> parameters, Function<Parameter, INDArray> part, String what, String layer) {
    return parameters.stream()
        .filter(parameter -> !isFinite(part.apply(parameter)))
        .findFirst()
        .map(parameter -> what + " '" + parameter.name() + "' of " + layer);
  }

  private static String name(Network network, int index, String outer) {
    Layer layer = network.layers().get(index);
    String place = "layer " + (index + 1) + " of " + network.layers().size();
    String name = place + ", " + (layer instanceof Network ? "a network" : layer);
    return outer.isEmpty() ? name : name + ", inside " + outer;
  }

  private static boolean isFinite(INDArray x) {
    return x.isEmpty() || Kernel.isFinite(x);
  }
}
