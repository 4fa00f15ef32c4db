package org.nn4j.arrays;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.check.GradientCheck;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.layer.Layers;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkReport;
import org.nn4j.model.Objective;
import org.nn4j.model.Predictor;

/** Entries of networks, reports, evaluation and gradient checks. */
final class NetworkEntries extends ArrayEntries {
  NetworkEntries(DataType type, long[] shape) {
    super(type, shape);
  }

  @Override
  void addAll() {
    if (shape.length > 1) {
      ofNetworks();
    }
    if (shape.length == 2) {
      ofGradientsOfNetworks();
      if (shape[1] == 1) {
        ofWeights();
      }
    }
  }

  private Network network(int... units) {
    var builder = Network.builder(Shape.ofSamples(other)).dataType(type).seed(3);
    if (shape.length > 2) {
      builder.flatten();
    }
    for (int i = 0; i < units.length; i++) {
      builder.dense(units[i], i == units.length - 1 ? softmax() : tanh());
    }
    return builder.build();
  }

  private void ofNetworks() {
    Network network = network(5, CLASSES);
    INDArray targets = oneHot(shape[0], CLASSES);
    INDArray dY = random(8, shape[0], CLASSES);
    add("Network.predict(INDArray)", network::predict);
    Pass pass = Pass.training();
    add(
        "Network.forward(INDArray,Pass)",
        x -> {
          INDArray y = network.forward(x, pass);
          network.zeroGrad();
          return (Supplier<Object>)
              () -> List.of(y, network.backward(dY, pass), network.parameters().gradients());
        });
    add("NetworkReport.of(Network,INDArray)", x -> report(NetworkReport.of(network, x)));
    add(
        "NetworkReport.of(Network,INDArray,INDArray,Loss)",
        x -> report(NetworkReport.of(network, x, targets, crossEntropy())));
    Predictor predictor = Predictor.of(network);
    add("Predictor.predict(INDArray)", predictor::predict);
    Objective objective = Objective.of(network, squaredError());
    add(
        "Objective.perSampleGradients(INDArray,INDArray)",
        x -> objective.perSampleGradients(x, targets));
    Evaluator evaluator = Evaluator.of(network).loss(crossEntropy());
    add("Batch.new(INDArray,INDArray)", x -> figures(evaluator, new Batch(x, targets)));
    if (type == DataType.DOUBLE) {
      Layer layer = squashing();
      add("GradientCheck.check(Layer,INDArray)", x -> passed(GradientCheck.check(layer, x)));
    }
  }

  private Layer squashing() {
    return Layers.activation(tanh()).build(Shape.ofSamples(other), type, new SeededRandom(1));
  }

  private static Object passed(GradientCheck.Result result) {
    return List.of(result.passed() ? 1 : 0, result.entries());
  }

  private static Object report(NetworkReport report) {
    return report.layers().stream().map(layer -> layer.activations()).toList();
  }

  private Object figures(Evaluator evaluator, Batch batch) {
    BatchSource source =
        BatchSource.of(
            Shape.ofSamples(batch.inputs()),
            Shape.ofSamples(batch.targets()),
            epoch -> () -> List.of(batch).iterator());
    InputStatistics statistics = InputStatistics.of(source);
    return List.of(
        List.copyOf(evaluator.evaluate(source).figures().values()),
        statistics.mean(),
        statistics.deviation(),
        inputs(source.normalize(statistics.standardOverall())));
  }

  private static INDArray inputs(BatchSource source) {
    return source.evaluation().iterator().next().inputs();
  }

  private void ofWeights() {
    INDArray y = probabilities(1, shape[0], 2);
    Network network = Network.builder(2).dataType(type).dense(2, softmax()).build();
    Evaluator evaluator = Evaluator.of(network).loss(squaredError());
    add("Batch.new(INDArray,INDArray,INDArray)", x -> figures(evaluator, new Batch(y, y, x)));
  }

  private void ofGradientsOfNetworks() {
    int units = (int) shape[1];
    Network network =
        Network.builder(units).dataType(type).dense(4, tanh()).dense(units, sigmoid()).build();
    Pass pass = Pass.training();
    add(
        "Network.backward(INDArray)",
        x -> {
          network.forward(other, network.trainingPass());
          network.zeroGrad();
          return List.of(
              network.backward(x, network.trainingPass()), network.parameters().gradients());
        });
    add(
        "Network.backward(INDArray,Pass)",
        x -> {
          network.forward(other, pass);
          network.zeroGrad();
          return List.of(network.backward(x, pass), network.parameters().gradients());
        });
    add(
        "Network.backwardParameters(INDArray,Pass)",
        x -> {
          network.forward(other, pass);
          network.zeroGrad();
          network.backwardParameters(x, pass);
          return network.parameters().gradients();
        });
    add(
        "NetworkReport.of(Network,INDArray,INDArray,Loss)",
        x ->
            List.of(
                NetworkReport.of(network, other, x, squaredError())
                    .layers()
                    .get(0)
                    .outputGradient()
                    .orElseThrow()
                    .mean()));
    Objective objective = Objective.of(network, squaredError());
    add(
        "Objective.perSampleGradients(INDArray,INDArray)",
        x -> objective.perSampleGradients(other, x));
    Evaluator evaluator = Evaluator.of(network).loss(squaredError());
    add("Batch.new(INDArray,INDArray)", x -> figures(evaluator, new Batch(other, x)));
    if (type == DataType.DOUBLE) {
      Layer layer = squashing();
      Loss loss = squaredError();
      String check = "GradientCheck.check(Layer,Loss,INDArray,INDArray)";
      add(check, x -> passed(GradientCheck.check(layer, loss, x, other)));
      add(check, x -> passed(GradientCheck.check(layer, loss, other, x)));
    }
  }
}
