package org.nn4j.onnx;

import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;
import org.nn4j.data.feature.TargetColumn;

/**
 * Export of the predictions that follow from the outputs of a network: labels with probabilities,
 * or values.
 */
final class PredictionWriter {
  private final OnnxGraph graph;

  PredictionWriter(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Writes the most probable label, [batch], and the probabilities, [batch, classes]. */
  void write(List<String> labels, Activation last, int outputs, String y) {
    String probabilities = outputs == 1 ? ofTwo(last, y) : ofMany(last, outputs, y);
    String index = graph.node("ArgMax", Map.of("axis", 1, "keepdims", 0), probabilities);
    String label = graph.node("Gather", graph.strings("labels", labels), index);
    graph.output(label, "label", TensorProto.DataType.STRING);
    graph.output(
        probabilities, "probabilities", WrittenTensor.typeOf(graph.dataType()), labels.size());
  }

  /** Converts one output, which is the probability of class 1 or its logit. */
  private String ofTwo(Activation last, String y) {
    String one = last.equals(Activations.identity()) ? graph.node("Sigmoid", y) : y;
    return graph.node("Concat", Map.of("axis", 1), graph.node("Sub", graph.constant(1), one), one);
  }

  private String ofMany(Activation last, int outputs, String y) {
    if (last.equals(Activations.softmax())) {
      return y;
    }
    if (last.equals(Activations.identity())) {
      return graph.node("Softmax", Map.of("axis", -1), y);
    }
    // Independent sigmoids, divided by their sum; equal ones if all are 0.
    String sum = graph.node("ReduceSum", Map.of("keepdims", 1), y, graph.integers("axes", 1L));
    String isZero = graph.node("Equal", sum, graph.constant(0));
    return graph.node("Where", isZero, graph.constant(1.0 / outputs), graph.node("Div", y, sum));
  }

  /** Writes the output {@code values}, DOUBLE [batch, targets], in the units of the targets. */
  void write(List<TargetColumn> targets, String y) {
    String outputs = graph.dataType() == DataType.DOUBLE ? y : graph.cast(y, DataType.DOUBLE);
    String deviation = vector("deviation", targets.stream().map(TargetColumn::deviation).toList());
    String mean = vector("mean", targets.stream().map(TargetColumn::mean).toList());
    String values = graph.node("Add", graph.node("Mul", outputs, deviation), mean);
    graph.output(values, "values", TensorProto.DataType.DOUBLE, targets.size());
  }

  private String vector(String name, List<Double> numbers) {
    return graph.constant(name, DataType.DOUBLE, numbers, numbers.size());
  }
}
