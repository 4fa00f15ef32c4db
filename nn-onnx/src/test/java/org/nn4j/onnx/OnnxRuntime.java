package org.nn4j.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A file in onnxruntime. */
final class OnnxRuntime implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = environment();

  private final OrtSession session;

  OnnxRuntime(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      this.session = ENVIRONMENT.createSession(file.toString(), options);
    }
  }

  private static OrtEnvironment environment() {
    if (!"1".equals(System.getenv("ORT_DISABLE_TELEMETRY"))) {
      throw new IllegalStateException(
          "set ORT_DISABLE_TELEMETRY=1: onnxruntime reports to its makers");
    }
    return OrtEnvironment.getEnvironment();
  }

  /** The only output of the only input. */
  static INDArray run(Path file, INDArray x) throws OrtException {
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      return runtime.run(x);
    }
  }

  INDArray run(INDArray x) throws OrtException {
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = tensor(x);
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      return array((OnnxTensor) result.get(0));
    }
  }

  /** All outputs for inputs by name: arrays, or columns of strings. */
  Map<String, Object> run(Map<String, ?> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (Map.Entry<String, ?> input : inputs.entrySet()) {
      tensors.put(
          input.getKey(),
          input.getValue() instanceof INDArray x
              ? tensor(x)
              : OnnxTensor.createTensor(ENVIRONMENT, input.getValue()));
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(tensors)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        Object value = output.getValue().getValue();
        outputs.put(
            output.getKey(),
            value instanceof String[] texts
                ? List.of(texts)
                : array((OnnxTensor) output.getValue()));
      }
    }
    tensors.values().forEach(OnnxTensor::close);
    return outputs;
  }

  /** The array of an output. */
  static INDArray array(Map<String, Object> outputs, String name) {
    return (INDArray) Objects.requireNonNull(outputs.get(name), name);
  }

  List<String> inputs() {
    return List.copyOf(session.getInputNames());
  }

  List<String> outputs() {
    return List.copyOf(session.getOutputNames());
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  private static OnnxTensor tensor(INDArray x) throws OrtException {
    INDArray copy = x.dup('c');
    return x.dataType() == DataType.DOUBLE
        ? OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(copy.data().asDouble()), x.shape())
        : OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(copy.data().asFloat()), x.shape());
  }

  private static INDArray array(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    if (tensor.getInfo().type == ai.onnxruntime.OnnxJavaType.DOUBLE) {
      double[] numbers = new double[tensor.getDoubleBuffer().remaining()];
      tensor.getDoubleBuffer().get(numbers);
      return Nd4j.createFromArray(numbers).reshape('c', shape);
    }
    float[] numbers = new float[tensor.getFloatBuffer().remaining()];
    tensor.getFloatBuffer().get(numbers);
    return Nd4j.createFromArray(numbers).reshape('c', shape);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
