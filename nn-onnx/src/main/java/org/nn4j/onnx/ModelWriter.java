package org.nn4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Estimator;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.internal.onnx.Metadata;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Export of a network, and of an estimator around it, to a file. */
final class ModelWriter {
  /** Maximum size of a protobuf message, minus room for the graph. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - (1L << 24);

  private final OnnxOptions options;
  private final OnnxGraph graph;
  private final Network network;

  private ModelWriter(Network network, OnnxOptions options) {
    this.network = network;
    this.options = options;
    this.graph = new OnnxGraph(options.opset(), options.dataType());
  }

  /** Writes a network from its encoded inputs to its outputs. */
  static void write(Network network, Path file, OnnxOptions options) throws IOException {
    try (Network copy = copy(network, options)) {
      ModelWriter writer = new ModelWriter(copy, options);
      String x = writer.input();
      String y = writer.layers(x);
      Shape shape = copy.outputShape();
      y = writer.graph.output(y, options.outputName(), writer.elements(), shape.toArray());
      writer.save(x, y, file);
    }
  }

  /** Writes an estimator from raw rows to predictions. */
  static void write(Estimator<?> estimator, Path file, OnnxOptions options) throws IOException {
    try (Network copy = copy(estimator.network(), options)) {
      ModelWriter writer = new ModelWriter(copy, options);
      ModelInfo info = copy.info();
      FeatureWriter features = new FeatureWriter(writer.graph);
      String x = info.features().map(features::write).orElse("");
      if (x.isEmpty()) {
        String raw = writer.input();
        x =
            info.inputScaling()
                .map(scaling -> features.write(scaling, copy.inputShape(), raw))
                .orElse(raw);
      }
      String y = writer.layers(x);
      PredictionWriter predictions = new PredictionWriter(writer.graph);
      if (estimator instanceof Classifier) {
        int outputs = Math.toIntExact(copy.outputShape().size());
        predictions.write(info.classLabels(), copy.activation(), outputs, y);
      } else {
        predictions.write(info.targets(), y);
      }
      writer.save(x, y, file);
    }
  }

  /** Returns a copy, which no thread trains while it is written. */
  private static Network copy(Network network, OnnxOptions options) {
    long bytes = network.parameters().length() * options.dataType().width();
    Require.that(
        bytes <= MAX_BYTES,
        "Onnx.export",
        "parameters of at most " + MAX_BYTES + " bytes",
        bytes + " bytes",
        "export it as FLOAT, or save it with ModelFiles");
    return network.copy();
  }

  private TensorProto.DataType elements() {
    return WrittenTensor.typeOf(graph.dataType());
  }

  private String input() {
    return graph.input(options.inputName(), elements(), network.inputShape().toArray());
  }

  private String layers(String x) {
    return new LayerWriter(options, graph).write(network, x);
  }

  private void save(String x, String y, Path file) throws IOException {
    ModelProto model = graph.toModel(Metadata.of(network.info(), x, graph.nameOf(y)));
    AtomicFile.write(file, model::writeTo);
  }
}
