package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.predict.Classifier;
import org.nn4j.predict.Prediction;

class OnnxTransferTest {
  @Test
  void importsTrainsServesAndExports(@TempDir Path folder) throws Exception {
    String printed = Captured.output(() -> run(folder));
    assertThat(printed)
        .contains("Dense(784 -> 16, relu)")
        .containsPattern(
            "PyTorch's network, test accuracy on generated digits: [456]\\d\\.\\d\\d %")
        .containsPattern("trained on, test accuracy on generated digits: [89]\\d\\.\\d\\d %")
        .contains("nn-predict classifies a 7 as 7");

    // What Python does with the exported file, see docs/onnx.md.
    assertThat(System.getenv("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
    Classifier classifier = Classifier.load(folder.resolve("digits.safetensors"));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("digits.onnx").toString())) {
      for (int digit = 0; digit < 10; digit++) {
        double[] pixels = OnnxTransfer.pixels(digit);
        float[][] input = {new float[pixels.length]};
        for (int i = 0; i < pixels.length; i++) {
          input[0][i] = (float) pixels[i];
        }
        Prediction prediction = classifier.predict(pixels);
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input);
            OrtSession.Result result = session.run(Map.of("input", tensor))) {
          String[] labels = (String[]) result.get("label").orElseThrow().getValue();
          float[][] probabilities =
              (float[][]) result.get("probabilities").orElseThrow().getValue();
          assertThat(labels).containsExactly(prediction.label());
          assertThat((double) probabilities[0][Integer.parseInt(prediction.label())])
              .isCloseTo(prediction.probability(), within(1e-5));
        }
      }
    }
  }

  private static void run(Path folder) {
    try {
      OnnxTransfer.main(new String[] {folder.toString()});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
