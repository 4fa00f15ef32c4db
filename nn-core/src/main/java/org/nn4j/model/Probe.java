package org.nn4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.internal.Gradient;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.kernel.Detached;
import org.nn4j.internal.kernel.Layout;

/**
 * Goes through a network layer by layer and notes what it sees. A nested network is a chain within
 * the chain, so its layers are gone through like the others.
 */
final class Probe {
  private final Network network;
  private final Map<String, Layer> leaves;
  private final List<Layer> layers;
  private final Pass pass;

  private Probe(Network network, Pass pass) {
    this.network = network;
    this.leaves = Leaves.of(network);
    this.layers = List.copyOf(leaves.values());
    this.pass = pass;
  }

  static NetworkReport activations(Network network, INDArray x) {
    try (Pass pass = Pass.inference()) {
      Probe probe = new Probe(network, pass);
      List<INDArray> outputs = probe.forward(x);
      return probe.report(outputs, List.of(), List.of());
    }
  }

  static NetworkReport gradients(Objective objective, INDArray x, INDArray targets) {
    ParameterVector parameters = objective.trained().parameters();
    try (INDArray gradientsBefore = PackedParameters.of(parameters).gradients().dup();
        INDArray valuesBefore = parameters.values().dup();
        Pass pass = Pass.training()) {
      try {
        parameters.zeroGrad();
        Probe probe = new Probe(objective.trained(), pass);
        List<INDArray> outputs = probe.forward(x);
        INDArray last = outputs.get(outputs.size() - 1);
        objective.loss().forward(last, targets, pass);
        List<Statistics> gradients = probe.backward(objective.loss().backward(pass));
        objective.toPredictions(last);
        return probe.report(outputs, gradients, probe.parameterGradients());
      } finally {
        parameters.setGradients(gradientsBefore);
        parameters.setValues(valuesBefore);
      }
    }
  }

  /** A copy of each layer's output. */
  private List<INDArray> forward(INDArray x) {
    Require.batch(x, network.inputShape(), network.dataType(), "Network", "input");
    List<INDArray> outputs = new ArrayList<>();
    INDArray a = Layout.plain(x);
    for (Layer layer : layers) {
      a = layer.forward(a, pass);
      INDArray output = a;
      outputs.add(Detached.make(() -> output.dup('c')));
    }
    return outputs;
  }

  /** The statistics of ∂L/∂output of each layer, first to last. */
  private List<Statistics> backward(INDArray dY) {
    List<Statistics> gradients = new ArrayList<>();
    INDArray gradient = dY;
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradients.add(0, Statistics.of(gradient));
      gradient = layers.get(i).backward(gradient, pass);
    }
    return gradients;
  }

  private List<Optional<Statistics>> parameterGradients() {
    return layers.stream().map(Probe::parameterGradient).toList();
  }

  private static Optional<Statistics> parameterGradient(Layer layer) {
    List<INDArray> trained =
        layer.parameters().stream()
            .filter(parameter -> parameter.role() != Parameter.Role.STATISTIC)
            .map(parameter -> Gradient.of(parameter).array())
            .toList();
    if (trained.isEmpty()) {
      return Optional.empty();
    }
    try (INDArray all = Nd4j.toFlattened('c', trained)) {
      return Optional.of(Statistics.of(all.reshape(1, all.length())));
    }
  }

  private NetworkReport report(
      List<INDArray> outputs,
      List<Statistics> gradients,
      List<Optional<Statistics>> parameterGradients) {
    List<LayerReport> reports = new ArrayList<>();
    for (Map.Entry<String, Layer> leaf : leaves.entrySet()) {
      int i = reports.size();
      reports.add(
          new LayerReport(
              leaf.getKey(),
              leaf.getValue().toString(),
              outputs.get(i),
              Statistics.of(outputs.get(i)),
              gradients.isEmpty() ? Optional.empty() : Optional.of(gradients.get(i)),
              parameterGradients.isEmpty() ? Optional.empty() : parameterGradients.get(i)));
    }
    return new NetworkReport(reports);
  }
}
