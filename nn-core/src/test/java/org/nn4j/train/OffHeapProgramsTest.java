package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Native memory at its limit, and native memory that no collector frees: processes of their own.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES) // against hanging alone
class OffHeapProgramsTest {
  private static List<String> output(Path folder, List<String> options, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(OffHeapPrograms.class.getName());
    command.addAll(List.of(arguments));
    Process program =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("errors.txt").toFile())
            .directory(folder.toFile())
            .start();
    List<String> lines =
        new String(program.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(program.waitFor()).as("exit code after %s", lines).isZero();
    return lines;
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, -Dnn4j.blas=onednn", "FLOAT, -Dnn4j.blas=openblas", "DOUBLE, -Da=b"})
  void aboveTheLimitAFitRunsOutOfMemoryAndCanBeTakenUp(
      String type, String option, @TempDir Path folder) throws Exception {
    List<String> lines =
        output(
            folder,
            List.of(
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=4g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=300m",
                "-Dorg.bytedeco.javacpp.maxretries=1",
                option),
            "nearTheLimit",
            type);
    assumeThat(lines)
        .as("physical memory can be measured, and is below the limit at first")
        .doesNotContain("not possible here");
    assertThat(lines)
        .containsExactly(
            "out of memory",
            "out of memory",
            "out of memory",
            "ND4J: expected memory for an array outside the heap, found ...; raise -Xmx,"
                + " -Dorg.bytedeco.javacpp.maxbytes or -Dorg.bytedeco.javacpp.maxphysicalbytes, or"
                + " take smaller batches; see docs/troubleshooting.md#off-heap-memory",
            "same answers");
  }

  @Test
  void whatIsClosedIsReturnedWithoutACollector(@TempDir Path folder) throws Exception {
    assertThat(
            output(
                folder,
                List.of("-Xmx256m", "-Dorg.bytedeco.javacpp.nopointergc=true"),
                "manyNetworks"))
        .containsExactly("0 bytes more");
  }
}
