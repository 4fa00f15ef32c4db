package org.nn4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor prints in sound and broken setups: processes of their own. */
class DoctorTest {
  private static final String[] NAMES = {
    "nn4j",
    "platform",
    "JDK",
    "backend",
    "BLAS",
    "versions",
    "memory",
    "cache",
    "self-check",
    "verdict"
  };

  /** Seconds that the self-check may take, against hanging alone. */
  private static final String SECONDS = "600";

  private int exit;

  private List<String> output(Predicate<String> keptJars, List<String> options, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(keptJars), Doctor.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = process.inputReader(UTF_8).lines().toList();
    exit = process.waitFor();
    return lines;
  }

  private static String classPath(Predicate<String> keptJars) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(
            entry ->
                !entry.endsWith(".jar") || keptJars.test(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> names(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst(" .*", "")).toList();
  }

  @Test
  void aSoundSetupIsReady() throws Exception {
    List<String> lines = output(jar -> true, List.of("-Xmx1g"), SECONDS);
    assertThat(names(lines)).containsExactly(NAMES);
    assertThat(lines.get(3)).startsWith("backend     CpuBackend, natives ");
    assertThat(lines.get(4)).contains("FLOAT by ", "DOUBLE by OpenBlas", "threads");
    assertThat(lines.get(5)).contains("nd4j-api 1.0.0-M2.1", "javacpp 1.5.", "openblas 0.3.");
    // The heap's share that a program can use depends on the garbage collector.
    assertThat(lines.get(6))
        .containsPattern("heap (\\d+) MiB \\(-Xmx\\), network \\1 MiB .*, process \\d{4} MiB");
    assertThat(lines.get(8)).isEqualTo("self-check  passed: trained, saved, loaded, predicted");
    assertThat(lines.get(9)).isEqualTo("verdict     ready");
    assertThat(exit).isZero();
  }

  @Test
  void withoutABackendTheVerdictSaysWhatToAdd() throws Exception {
    List<String> lines = output(jar -> !jar.startsWith("nd4j-native"), List.of(), "soon");
    assertThat(lines.get(0)).isEqualTo("expected a number of seconds, found soon; using 10");
    assertThat(names(lines.subList(1, 11))).containsExactly(NAMES);
    assertThat(lines.get(9)).isEqualTo("self-check  not run");
    assertThat(lines.get(10))
        .startsWith("verdict     not ready: ND4J: expected a backend with natives for ")
        .contains("; add org.nd4j:nd4j-native, ");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void withoutAnyDependencyEachLineIsPrinted() throws Exception {
    List<String> lines = output(jar -> false, List.of());
    assertThat(names(lines)).containsExactly(NAMES);
    assertThat(lines.get(5)).contains("nd4j-api unknown");
    assertThat(lines.get(9)).startsWith("verdict     not ready: ND4J: expected ");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    List<String> lines =
        output(
            jar -> true,
            List.of(
                "-Duser.home=" + file.resolve("home"), "-Djava.io.tmpdir=" + file.resolve("tmp")),
            SECONDS);
    assertThat(names(lines)).containsExactly(NAMES);
    assertThat(lines.get(7)).startsWith("cache       unknown: java.io.IOException");
    assertThat(lines.get(9))
        .startsWith("verdict     not ready: ND4J: expected a folder that can be written")
        .contains("choose a folder with -Dorg.bytedeco.javacpp.cachedir=DIR");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void aHeapThatIsTooSmallIsNamedWithTheOptionThatRaisesIt() throws Exception {
    List<String> lines = output(jar -> true, List.of("-Xmx16m"), SECONDS);
    assertThat(names(lines)).containsExactly(NAMES);
    assertThat(lines.get(9))
        .startsWith("verdict     not ready: ND4J: expected memory to start in, ")
        .contains("; raise -Xmx or -Dorg.bytedeco.javacpp.maxphysicalbytes");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void withoutATemporaryFolderTheSelfCheckSaysSo(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing");
    List<String> lines = output(jar -> true, List.of("-Djava.io.tmpdir=" + missing), SECONDS);
    assertThat(names(lines)).containsExactly(NAMES);
    assertThat(lines.get(9)).startsWith("verdict     not ready: ").contains(missing.toString());
    assertThat(exit).isEqualTo(1);
  }
}
