package org.nn4j.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.sigmoid;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Activation;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Regressor;
import org.nn4j.model.Network;

/** Exports in the checker of Python's package onnx; skipped where that is not installed. */
class CheckerTest {
  /** The newest opset that onnx 1.12 has. */
  private static final int NEWEST = 17;

  private final Path folder;

  CheckerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private final List<String> files = new ArrayList<>();

  private Path next() {
    files.add(folder.resolve(files.size() + ".onnx").toString());
    return Path.of(files.get(files.size() - 1));
  }

  @Test
  void theCheckerAcceptsExports() throws Exception {
    String python =
        Stream.of("/usr/bin/python3", "python3")
            .filter(CheckerTest::hasOnnx)
            .findFirst()
            .orElse("");
    assumeTrue(!python.isEmpty(), "python3 with the package onnx is not installed");
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      OnnxOptions options = OnnxOptions.defaults().dataType(type);
      for (Activation activation : Networks.ACTIVATIONS) {
        for (int opset = 13; opset <= NEWEST; opset++) {
          Network network =
              Network.builder(2, 3)
                  .flatten()
                  .dense(4, activation)
                  .batchNormalization()
                  .layer(Network.builder(4).layerNormalization().dropout(0.5).spec())
                  .build();
          Onnx.export(network, next(), options.opset(opset));
        }
      }
      for (long seed = 0; seed < 20; seed++) {
        Onnx.export(Networks.random(seed, type), next(), options);
      }
      int inputs = EstimatorExportTest.FEATURES.inputs().size();
      Network one = Network.builder(inputs).dense(1, sigmoid()).build();
      Network many = Network.builder(inputs).dense(3, sigmoid()).build();
      Network values = Network.builder(inputs).dense(1, identity()).build();
      Onnx.export(
          Classifier.of(one, EstimatorExportTest.FEATURES, List.of("a", "b")), next(), options);
      Onnx.export(
          Classifier.of(many, EstimatorExportTest.FEATURES, List.of("a", "b", "c")),
          next(),
          options);
      Onnx.export(
          Regressor.of(
              values, EstimatorExportTest.FEATURES, List.of(new TargetColumn("price", 1, 2))),
          next(),
          options);
    }
    List<String> command = new ArrayList<>(List.of(python, "src/test/python/check.py"));
    command.addAll(files);
    Process checker = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(checker.getInputStream().readAllBytes(), UTF_8);
    assertThat(printed).startsWith(files.size() + " files are valid");
    assertThat(checker.waitFor()).isZero();
  }

  private static boolean hasOnnx(String python) {
    try {
      Process process = new ProcessBuilder(python, "-c", "import onnx").start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
