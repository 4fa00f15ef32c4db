package org.nn4j.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.onnx.ReadTensor;

/** Models of other programs in an archive, each with an input and the expected output. */
final class Cases {
  private final Map<String, byte[]> files = new TreeMap<>();

  private Cases() {}

  static Cases of(String archive) {
    Cases cases = new Cases();
    try (InputStream in = Objects.requireNonNull(Cases.class.getResourceAsStream(archive));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        cases.files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return cases;
  }

  /** The models, such as {@code gelu/opset13.onnx}. */
  List<String> models() {
    return files.keySet().stream().filter(name -> name.endsWith(".onnx")).toList();
  }

  byte[] bytes(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  INDArray input(String model) throws IOException {
    return tensor(model, "input.pb");
  }

  INDArray output(String model) throws IOException {
    return tensor(model, "output.pb");
  }

  private INDArray tensor(String model, String name) throws IOException {
    String folder = model.substring(0, model.indexOf('/') + 1);
    ReadTensor tensor = ReadTensor.of(TensorProto.parseFrom(bytes(folder + name)));
    return Nd4j.createFromArray(tensor.doubles()).reshape('c', tensor.shape());
  }
}
