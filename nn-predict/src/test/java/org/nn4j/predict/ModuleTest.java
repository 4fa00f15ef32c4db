package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    float[] expected = Predictor.load(file).predict(new float[] {1, 1, 1});
    String[] found = printed.replaceAll("[\\[\\]]", "").split(", ");
    assertThat(found).hasSize(2);
    for (int j = 0; j < 2; j++) { // the image has no Vector API, whose sums are rounded otherwise
      assertThat(Float.parseFloat(found[j])).isCloseTo(expected[j], within(1e-6f));
    }
  }

  private static List<String> classesLoaded(Path folder, String... options) throws Exception {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(Network.builder(3).dense(2, Activations.softmax()).seed(3).build(), file);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load");
    command.addAll(List.of(options));
    command.add(PredictFile.class.getName());
    command.add(file.toString());
    return output(command.toArray(new String[0]))
        .lines()
        .dropWhile(line -> !line.contains("org.nn4j.predict.Predictor "))
        .toList();
  }

  private static String classPath() throws URISyntaxException {
    return placeOf(Predictor.class) + File.pathSeparator + placeOf(PredictFile.class);
  }

  @Test
  void loadsNoClassesThatDelayTheStart(@TempDir Path folder) throws Exception {
    assertThat(classesLoaded(folder, "-cp", classPath()))
        .isNotEmpty()
        .noneMatch(line -> line.matches(".*(Lambda|Concat|Formatter|regex|stream\\.).*"))
        .noneMatch(line -> line.contains("VectorDense"));
  }

  @Test
  void usesTheVectorApiWhereTheJvmHasIt(@TempDir Path folder) throws Exception {
    VectorDenseTest.assumeVectorApi();
    assertThat(classesLoaded(folder, "--add-modules", "jdk.incubator.vector", "-cp", classPath()))
        .anyMatch(line -> line.contains("VectorDense"));
    assertThat(
            classesLoaded(
                folder,
                "--add-modules",
                "org.nn4j.predict,jdk.incubator.vector",
                "--module-path",
                placeOf(Predictor.class).toString(),
                "-cp",
                placeOf(PredictFile.class).toString()))
        .anyMatch(line -> line.contains("VectorDense"));
  }
}
