package org.nn4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.activation.Activations;
import org.nn4j.data.Sample;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;

/**
 * Whatever a program calls first: where ND4J cannot start, it works without ND4J or it throws the
 * library's message, and never a {@code LinkageError}. In a process of its own without a backend.
 */
class EntriesTest {
  /** Calls the whole public API, and prints the calls that fail in another way. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      PublicApi api =
          new PublicApi(
              List.of(
                  new double[][] {{0, 1}, {1, 0}},
                  new double[] {0, 1},
                  new int[] {0, 1},
                  new byte[] {0, 1, 2, 3},
                  Shape.of(2),
                  DataType.FLOAT,
                  Activations.relu(),
                  Losses.squaredError(),
                  Optimizers.sgd(0.1),
                  Network.builder(2).dense(1),
                  Sample.of(new double[] {1, 2}, 1, 0),
                  new SeededRandom(1),
                  new Random(1),
                  folder.resolve("model.safetensors"),
                  "a",
                  1.0,
                  1L,
                  UTF_8,
                  new ByteArrayInputStream(new byte[8]),
                  java.time.Duration.ofSeconds(1)));
      TreeSet<String> answers = new TreeSet<>();
      int refused = 0;
      for (int round = 0; round < 3; round++) {
        for (Class<?> type : PublicApi.types(Layer.class)) {
          for (Executable what : PublicApi.calls(type)) {
            for (PublicApi.Call call : api.callsOf(what)) {
              try {
                Object result = call.run();
                if (result != null && result.getClass().getName().startsWith("org.nn4j")) {
                  api.add(result);
                }
              } catch (LinkageError broken) {
                answers.add(what.toGenericString() + " -> " + broken);
              } catch (Throwable other) {
                refused += String.valueOf(other.getMessage()).startsWith("ND4J: ") ? 1 : 0;
              }
            }
          }
        }
      }
      System.out.println("refused " + (refused >= 10 ? "many" : refused));
      answers.forEach(System.out::println);
    }
  }

  @Test
  void nothingBreaksWithoutABackend(@TempDir Path folder) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("nd4j-native"))
            .collect(Collectors.joining(File.pathSeparator));
    Path errors = folder.resolve("errors");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Program.class.getName(),
                folder.toString())
            .redirectError(errors.toFile())
            .start();
    String output = new String(program.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(output).as(Files.readString(errors)).isEqualTo("refused many");
  }
}
