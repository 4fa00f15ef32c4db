package org.nn4j.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

/** What a program says that was started without natives: processes of their own. */
class BackendTest {
  /** Builds a network, twice, and prints what happens. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println(Network.builder(2).dense(1).build());
        } catch (IllegalStateException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  private static String[] output(Predicate<String> keptJars) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> keptJars.test(Path.of(entry).getFileName().toString()))
            .collect(Collectors.joining(File.pathSeparator));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Program.class.getName())
            .start();
    return new String(program.getInputStream().readAllBytes(), UTF_8).strip().split("\\R");
  }

  @Test
  void withoutABackendTheMessageSaysWhatToAdd() throws IOException {
    String[] lines = output(jar -> !jar.startsWith("nd4j-native"));
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for " + Loader.getPlatform())
        .contains("found org.nd4j.linalg.factory.Nd4jBackend$NoAvailableBackendException")
        .contains("; add org.nd4j:nd4j-native-platform to the class path")
        .endsWith("; see docs/troubleshooting.md#no-backend");
    assertThat(lines).hasSize(2);
    assertThat(lines[1]).startsWith("ND4J: expected a backend with natives for ");
  }

  @Test
  void withoutTheNativesOfThePlatformToo() throws IOException {
    String[] lines =
        output(
            jar -> !(jar.startsWith("nd4j-native-1") && jar.contains("-" + Loader.getPlatform())));
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for " + Loader.getPlatform())
        .endsWith("; see docs/troubleshooting.md#no-backend");
  }
}
