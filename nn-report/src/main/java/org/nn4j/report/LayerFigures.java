package org.nn4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.model.LayerReport;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkReport;

/**
 * Statistics of the layers of a network after an epoch.
 *
 * @param epoch counted from 1
 * @param activations of each layer; empty without inputs
 * @param gradients of each layer with parameters
 */
record LayerFigures(int epoch, List<Activations> activations, List<Gradient> gradients) {
  private static final int MAX_NAME_LENGTH = 40;

  /** Statistics of the output of a layer. */
  record Activations(String layer, double mean, double deviation, double dead) {}

  /**
   * Root mean square of the gradient of the last step.
   *
   * @param rms {@code √ mean g²}
   */
  record Gradient(String layer, double rms) {}

  /** Measures a network; without inputs, its gradients only. */
  static LayerFigures of(int epoch, Network network, Optional<INDArray> inputs) {
    List<Activations> activations =
        inputs.stream()
            .flatMap(x -> NetworkReport.of(network, x).layers().stream())
            .map(LayerFigures::activations)
            .toList();
    List<Gradient> gradients = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      double squares = 0;
      long count = 0;
      for (Parameter parameter : layer.parameters()) {
        if (parameter.role() != Parameter.Role.STATISTIC) {
          squares += Math.pow(parameter.gradient().norm2Number().doubleValue(), 2);
          count += parameter.gradient().length();
        }
      }
      if (count > 0) {
        gradients.add(
            new Gradient(name("layers." + i, layer.toString()), Math.sqrt(squares / count)));
      }
    }
    return new LayerFigures(epoch, activations, gradients);
  }

  private static Activations activations(LayerReport report) {
    LayerReport.Statistics a = report.activation();
    return new Activations(name(report.path(), report.layer()), a.mean(), a.deviation(), a.dead());
  }

  private static String name(String path, String layer) {
    return path + " " + Numbers.cut(layer, MAX_NAME_LENGTH);
  }
}
