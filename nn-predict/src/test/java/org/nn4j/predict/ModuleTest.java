package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** The module needs java.base and nothing else, and runs in a Java image of these two. */
class ModuleTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  @TempDir private static Path classes;

  /** Compiles the program of docs/model-files.md. */
  @BeforeAll
  static void compileExample() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "model-files.md"));
    Path source = classes.resolve("Predict.java");
    int begin = page.indexOf("// java -cp nn-predict.jar Predict.java");
    Files.writeString(source, page.substring(begin, page.indexOf("```", begin)));
    run("javac", "-cp", placeOf(Predictor.class), "-d", classes.toString(), source.toString());
  }

  private static void run(String tool, String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
    assertThat(code).as(out.toString()).isZero();
  }

  private static String placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
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
        ModuleFinder.of(Path.of(placeOf(Predictor.class)))
            .find("org.nn4j.predict")
            .orElseThrow()
            .descriptor();
    assertThat(module.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactly("java.base");
    assertThat(module.exports()).hasSize(1);
  }

  private static Path save(Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(Network.builder(3).dense(4, Activations.gelu()).dense(2).seed(3).build(), file);
    return file;
  }

  /** What the program prints for the input 1 1 1. */
  private static String outputOfExample(Path model, Path java, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of(model.toString(), "1", "1", "1"));
    return output(command.toArray(new String[0]));
  }

  private static void assertPrediction(String printed, Path model) throws IOException {
    float[] expected = Predictor.load(model).predict(new float[] {1, 1, 1});
    String[] found = printed.replaceAll("[\\[\\]]", "").split(", ");
    assertThat(found).hasSize(2);
    for (int j = 0; j < 2; j++) { // this JVM may have the Vector API, which rounds otherwise
      assertThat(Float.parseFloat(found[j])).isCloseTo(expected[j], within(1e-6f));
    }
  }

  @Test
  void runsInAnImageOfJavaBase(@TempDir Path folder) throws Exception {
    Path model = save(folder);
    Path image = folder.resolve("image");
    run(
        "jlink",
        "--module-path",
        placeOf(Predictor.class),
        "--add-modules",
        "org.nn4j.predict",
        "--output",
        image.toString());
    assertThat(
            output(image.resolve("bin").resolve("java").toString(), "--list-modules")
                .lines()
                .map(line -> line.replaceAll("@.*", "")))
        .isEqualTo(List.of("java.base", "org.nn4j.predict"));
    String printed =
        outputOfExample(
            model,
            image,
            "-cp",
            classes.toString(),
            "--add-modules",
            "org.nn4j.predict",
            "Predict");
    assertPrediction(printed, model);
  }

  @Test
  void theExampleRunsFromItsSource(@TempDir Path folder) throws Exception {
    Path model = save(folder);
    String source = classes.resolve("Predict.java").toString();
    assertPrediction(outputOfExample(model, JAVA, "-cp", placeOf(Predictor.class), source), model);
  }

  private static List<String> classesLoaded(Path folder, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-Xlog:class+load", "Predict"));
    return outputOfExample(save(folder), JAVA, all.toArray(new String[0]))
        .lines()
        .dropWhile(line -> !line.contains("org.nn4j.predict.Predictor "))
        .toList();
  }

  private static String classPath() throws URISyntaxException {
    return placeOf(Predictor.class) + File.pathSeparator + classes;
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
                placeOf(Predictor.class),
                "-cp",
                classes.toString()))
        .anyMatch(line -> line.contains("VectorDense"));
  }
}
