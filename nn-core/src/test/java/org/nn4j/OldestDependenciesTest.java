package org.nn4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import com.fasterxml.jackson.core.json.PackageVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Dataset;
import org.nn4j.data.csv.CsvColumns;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Settings;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.CheckpointListener;
import org.nn4j.train.Trainer;
import org.nn4j.train.listener.CsvListener;
import org.nn4j.train.listener.JsonLinesListener;
import org.nn4j.train.listener.LogListener;

/**
 * All that uses another library, in a process with the oldest versions that are supported, and with
 * older ones. The build puts their jars into {@code target/oldest} and {@code target/too-old}.
 */
class OldestDependenciesTest {
  private static final Path TARGET = Path.of("target");

  /** Trains, writes and reads every kind of file. */
  static final class All {
    private All() {}

    public static void main(String[] args) throws IOException {
      System.out.println("jackson-core " + PackageVersion.VERSION);
      Path folder = Path.of(args[0]);
      Path table = Files.writeString(folder.resolve("x.csv"), "a,b,c\n1,2,x\n3,4,\"y\"\n");
      CsvColumns columns = CsvFormat.withHeader().label("c").columnsOf(table);
      Dataset data = columns.read(table);
      Network network = Network.builder(2).dense(2, softmax()).build();
      Trainer trainer =
          Trainer.builder(network)
              .loss(crossEntropy())
              .optimizer(adam())
              .epochs(2)
              .listener(CheckpointListener.into(folder.resolve("run")))
              .listener(CsvListener.to(folder.resolve("epochs.csv")))
              .listener(JsonLinesListener.to(folder.resolve("epochs.jsonl")))
              .listener(LogListener.toDefault())
              .build();
      trainer.fit(data).writeJson(folder.resolve("history.json"));
      ModelFiles.save(network, folder.resolve("model"));
      Network loaded = ModelFiles.load(folder.resolve("model"));
      trainer.resume(folder.resolve("run"));
      System.out.println(
          "same " + loaded.parameters().values().equals(network.parameters().values()));
      for (String hostile :
          List.of("[".repeat(100_000), "9".repeat(1_000_000), "1e" + "9".repeat(99))) {
        try {
          Settings.parse("{\"a\":" + hostile);
        } catch (IllegalArgumentException e) {
          System.out.println("refused");
        }
      }
      Path damaged = Files.write(folder.resolve("damaged"), hostileModel());
      try {
        ModelFiles.load(damaged);
      } catch (ModelFormatException e) {
        System.out.println("refused");
      }
    }

    private static byte[] hostileModel() {
      byte[] json = ("{\"x\":{\"shape\":[" + "9".repeat(1_000_000) + "]}}").getBytes(UTF_8);
      byte[] file = new byte[8 + json.length];
      for (int i = 0; i < 4; i++) {
        file[i] = (byte) (json.length >> (8 * i));
      }
      System.arraycopy(json, 0, file, 8, json.length);
      return file;
    }
  }

  /** The first thing that a program does with a network, and with a table. */
  static final class First {
    private First() {}

    public static void main(String[] args) throws IOException {
      try {
        Network.builder(2).dense(2, softmax()).build();
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
      Path table = Files.writeString(Path.of(args[0], "x.csv"), "a,b\n1,2\n");
      try {
        CsvFormat.withHeader().columnsOf(table);
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** The lines that a program prints with the jars of a folder in the place of others. */
  private static List<String> run(Class<?> program, String jars, Path folder) throws Exception {
    Path old = TARGET.resolve(jars);
    assumeTrue(Files.isDirectory(old), "not built by Maven");
    List<String> classPath = new ArrayList<>();
    try (Stream<Path> files = Files.list(old)) {
      files.map(Path::toAbsolutePath).map(Path::toString).forEach(classPath::add);
    }
    List<String> replaced =
        classPath.stream().map(jar -> Path.of(jar).getFileName().toString()).toList();
    String whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : whole.split(File.pathSeparator, -1)) {
      if (replaced.stream().noneMatch(jar -> sameArtifact(jar, entry))) {
        classPath.add(entry);
      }
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, classPath),
                program.getName(),
                folder.toString())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    List<String> lines = process.inputReader(UTF_8).lines().toList();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors.txt"))).isZero();
    return lines;
  }

  private static boolean sameArtifact(String jar, String entry) {
    String artifact = jar.replaceFirst("-[0-9.]+\\.jar$", "");
    return new File(entry).getName().matches(artifact + "-[0-9].*\\.jar");
  }

  @Test
  void everythingWorksWithTheOldestVersions(@TempDir Path folder) throws Exception {
    assertThat(run(All.class, "oldest", folder))
        .containsExactly(
            "jackson-core 2.13.0", "same true", "refused", "refused", "refused", "refused");
  }

  @Test
  void olderVersionsAreNamedAtTheFirstUse(@TempDir Path folder) throws Exception {
    List<String> lines = run(First.class, "too-old", folder);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .isEqualTo(
            "nn4j: expected com.fasterxml.jackson.core:jackson-core 2.13 or newer, found version"
                + " 2.12.7; set its version in dependencyManagement; mvn dependency:tree shows what"
                + " chose it");
    assertThat(lines.get(1))
        .startsWith("nn4j: expected de.siegmar:fastcsv 4.3 or newer, found an older version, ")
        .endsWith(
            "; set its version in dependencyManagement; mvn dependency:tree shows what chose it");
  }
}
