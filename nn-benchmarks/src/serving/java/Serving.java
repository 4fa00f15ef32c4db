import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import onnx.Onnx;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/**
 * Times one saved network, 784-128-10 with ReLU and softmax, in nn-core's predictor, nn-predict and
 * onnxruntime, all called with Java arrays by one thread. The inputs rotate, so that branches on
 * them cannot be learned. Run from its source by run.sh; the only user of onnxruntime.
 */
final class Serving {
  private static final int SAMPLES = 1000;
  private static final int PIXELS = 784;
  private static final int HIDDEN = 128;
  private static final int CLASSES = 10;

  /** Calls of a round, few enough to fit between two interruptions by other programs. */
  private static final int CALLS = 100;

  /** Samples before the first round, so that the JIT compiler is done. */
  private static final int WARM_UP_SAMPLES = 400_000;

  /** A loaded model. */
  private record Served(String name, Prediction prediction) {}

  /** Fills {@code outputs} from {@code rows} inputs. */
  private interface Prediction {
    void predict(float[] inputs, int rows, float[] outputs) throws Exception;
  }

  private Serving() {}

  /** Number of rounds, default 300. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 300;
    int warmUp = Math.min(WARM_UP_SAMPLES, rounds * SAMPLES * 4);
    Network network =
        Network.builder(PIXELS)
            .dense(HIDDEN, Activations.relu())
            .dense(CLASSES, Activations.softmax())
            .seed(1)
            .build();
    List<Served> all = List.of(core(network), predict(network), onnxruntime(network));
    float[] sparse = inputs(0.2);
    float[] dense = inputs(1);
    assertSameOutputs(all, sparse);
    assertSameOutputs(all, dense);
    System.out.print("| microseconds per sample |");
    all.forEach(each -> System.out.print(" " + each.name + " | ratio |"));
    System.out.println("\n| --- |" + " ---: |".repeat(2 * all.size()));
    measure("batch 1, 20 % non-zero", all, sparse, 1, warmUp, rounds);
    measure("batch 1, dense", all, dense, 1, warmUp, rounds);
    measure("batch 1000, 20 % non-zero", all, sparse, SAMPLES, warmUp, rounds);
    measure("batch 1000, dense", all, dense, SAMPLES, warmUp, rounds);
  }

  private static float[] inputs(double nonZero) {
    Random random = new Random(1);
    float[] inputs = new float[SAMPLES * PIXELS];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextDouble() < nonZero ? random.nextFloat() : 0;
    }
    return inputs;
  }

  private static Served core(Network network) {
    var predictor = org.nn4j.model.Predictor.of(network);
    return new Served("nn-core", (inputs, rows, outputs) -> predictor.predict(inputs, outputs));
  }

  private static Served predict(Network network) throws Exception {
    Path file = Files.createTempFile("serving", ".safetensors");
    ModelFiles.save(network, file);
    var predictor = org.nn4j.predict.Predictor.load(file);
    Files.delete(file);
    boolean hasVectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return new Served("nn-predict" + (hasVectors ? ", Vector API" : ""), predictor::predict);
  }

  private static Served onnxruntime(Network network) throws Exception {
    if (!"1".equals(System.getenv("ORT_DISABLE_TELEMETRY"))) {
      throw new IllegalStateException(
          "Serving: expected ORT_DISABLE_TELEMETRY=1, without which onnxruntime writes to the home"
              + " folder; start it by run.sh");
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession session = environment.createSession(onnx(network));
    return new Served(
        "onnxruntime",
        (inputs, rows, outputs) -> {
          long[] shape = {rows, PIXELS};
          try (OnnxTensor x =
                  OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs), shape);
              OrtSession.Result result = session.run(Map.of("x", x))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(outputs, 0, rows * CLASSES);
          }
        });
  }

  /** The network as an ONNX file. */
  private static byte[] onnx(Network network) {
    Onnx.GraphProto.Builder graph =
        Onnx.GraphProto.newBuilder()
            .setName("network")
            .addInput(Onnx.ValueInfoProto.newBuilder().setName("x").setType(matrix(PIXELS)))
            .addOutput(Onnx.ValueInfoProto.newBuilder().setName("y").setType(matrix(CLASSES)))
            .addNode(node("Gemm", "z0", "x", "w0", "b0"))
            .addNode(node("Relu", "a0", "z0"))
            .addNode(node("Gemm", "z1", "a0", "w1", "b1"))
            .addNode(node("Softmax", "y", "z1"));
    for (int i = 0; i < 2; i++) {
      graph.addInitializer(tensor("w" + i, network.parameters().get(2 * i).value()));
      graph.addInitializer(tensor("b" + i, network.parameters().get(2 * i + 1).value()));
    }
    return Onnx.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static Onnx.NodeProto node(String type, String output, String... inputs) {
    return Onnx.NodeProto.newBuilder()
        .setOpType(type)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static Onnx.TypeProto matrix(int columns) {
    Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder();
    shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
    shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
    return Onnx.TypeProto.newBuilder()
        .setTensorType(
            Onnx.TypeProto.Tensor.newBuilder()
                .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape))
        .build();
  }

  private static Onnx.TensorProto tensor(String name, INDArray value) {
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName(name)
            .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : value.shape()) {
      tensor.addDims(dimension);
    }
    float[] elements = value.dup('c').ravel().toFloatVector();
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(4 * elements.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(elements);
    return tensor.setRawData(ByteString.copyFrom(bytes)).build();
  }

  private static void assertSameOutputs(List<Served> all, float[] inputs) throws Exception {
    float[] expected = new float[SAMPLES * CLASSES];
    all.get(0).prediction.predict(inputs, SAMPLES, expected);
    for (Served each : all) {
      float[] found = new float[SAMPLES * CLASSES];
      each.prediction.predict(inputs, SAMPLES, found);
      for (int i = 0; i < found.length; i++) {
        if (!(Math.abs(found[i] - expected[i]) <= 1e-5f)) {
          throw new IllegalStateException(
              each.name + ": expected " + expected[i] + ", found " + found[i]);
        }
      }
    }
  }

  /** Prints the shortest and the median round, and the shortest relative to that of nn-core. */
  private static void measure(
      String name, List<Served> all, float[] inputs, int rows, int warmUp, int rounds)
      throws Exception {
    List<float[]> calls = new ArrayList<>();
    for (int at = 0; at < inputs.length; at += rows * PIXELS) {
      calls.add(Arrays.copyOfRange(inputs, at, at + rows * PIXELS));
    }
    float[] outputs = new float[rows * CLASSES];
    for (Served each : all) {
      for (int done = 0; done < warmUp; done += SAMPLES) {
        microsPerSample(each, calls, rows, outputs);
      }
    }
    double[][] micros = new double[all.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      int from = round * CALLS % calls.size();
      List<float[]> some = calls.subList(from, Math.min(from + CALLS, calls.size()));
      for (int k = 0; k < all.size(); k++) {
        micros[k][round] = microsPerSample(all.get(k), some, rows, outputs);
      }
    }
    StringBuilder line = new StringBuilder("| ").append(name).append(" |");
    for (double[] each : micros) {
      Arrays.sort(each);
      line.append(
          String.format(
              Locale.ROOT,
              " %.2f (%.2f) | %.2f |",
              each[0],
              each[rounds / 2],
              each[0] / micros[0][0]));
    }
    System.out.println(line);
  }

  private static double microsPerSample(
      Served served, List<float[]> calls, int rows, float[] outputs) throws Exception {
    long start = System.nanoTime();
    for (float[] inputs : calls) {
      served.prediction.predict(inputs, rows, outputs);
    }
    return (System.nanoTime() - start) / 1e3 / (calls.size() * rows);
  }
}
