package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.standalone.PredictFile;

/** The module needs java.base and nothing else, and runs in a Java image of these two. */
class ModuleTest {
  private static Path placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  @Test
  void needsJavaBaseAlone() throws Exception {
    ModuleDescriptor module =
        ModuleFinder.of(placeOf(Predictor.class))
            .find("org.nn4j.predict")
            .orElseThrow()
            .descriptor();
    assertThat(module.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactly("java.base");
    assertThat(module.exports()).hasSize(1);
  }

  @Test
  void runsInAnImageOfJavaBase(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(Network.builder(3).dense(4, Activations.gelu()).dense(2).seed(3).build(), file);
    Path image = folder.resolve("image");
    StringWriter said = new StringWriter();
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                new PrintWriter(said),
                new PrintWriter(said),
                "--module-path",
                placeOf(Predictor.class).toString(),
                "--add-modules",
                "org.nn4j.predict",
                "--output",
                image.toString());
    assertThat(code).as(said.toString()).isZero();
    String java = image.resolve("bin").resolve("java").toString();
    assertThat(output(java, "--list-modules").lines().map(line -> line.replaceAll("@.*", "")))
        .isEqualTo(List.of("java.base", "org.nn4j.predict"));
    String printed =
        output(
            java,
            "-cp",
            placeOf(PredictFile.class).toString(),
            "--add-modules",
            "org.nn4j.predict",
            PredictFile.class.getName(),
            file.toString());
    assertThat(printed)
        .isEqualTo(Arrays.toString(Predictor.load(file).predict(new float[] {1, 1, 1})));
  }
}
