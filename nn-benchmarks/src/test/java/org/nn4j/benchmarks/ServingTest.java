package org.nn4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of src/serving run from their source. */
class ServingTest {
  private static String output(String program, Path folder) throws Exception {
    String classPath = System.getProperty("java.class.path");
    assumeThat(classPath).contains("onnxruntime"); // an IDE may leave out what no class refers to
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            classPath,
            Path.of("src", "serving", "java", program).toString(),
            "1");
    java.environment().put("ORT_DISABLE_TELEMETRY", "1");
    Process process = java.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void printsATableOfPredictors(@TempDir Path folder) throws Exception {
    assertThat(output("Serving.java", folder))
        .contains("| nn-core | ratio | nn-predict | ratio | onnxruntime | ratio |")
        .containsPattern("batch 1000, dense \\|( [\\d.]+ \\([\\d.]+\\) \\| [\\d.]+ \\|){3}");
  }

  @Test
  void printsWhatAModelAddsToTheStart(@TempDir Path folder) throws Exception {
    assertThat(output("ServingStart.java", folder)).contains("difference of each pair: ");
  }
}
