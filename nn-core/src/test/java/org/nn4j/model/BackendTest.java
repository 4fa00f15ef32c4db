package org.nn4j.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.sigmoid;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;
import org.nn4j.data.Dataset;

/** What a program prints that cannot start ND4J: processes of their own. */
class BackendTest {
  /** Makes a data set, then builds a network, and prints what happens. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      attempt(() -> Dataset.of(new double[][] {{0, 1}}, new double[][] {{1}}).size());
      attempt(() -> Network.builder(2).dense(1).build());
    }

    static void attempt(Callable<?> work) {
      try {
        System.out.println(work.call());
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      } catch (Exception e) {
        System.out.println(e);
      }
    }
  }

  /** The application uses ND4J before the library, and goes on when that fails. */
  static final class Nd4jFirst {
    private Nd4jFirst() {}

    public static void main(String[] args) {
      try {
        Nd4j.zeros(1);
      } catch (LinkageError e) {
        Program.main(args);
      }
    }
  }

  /** Runs a program that only a class loader of its own sees, on a thread of the common pool. */
  static final class OnTheCommonPool {
    private OnTheCommonPool() {}

    public static void main(String[] args) throws Exception {
      List<URL> urls = new ArrayList<>();
      for (String entry : List.of(args)) {
        urls.add(url(entry));
      }
      ClassLoader whole =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      Class<?> program = Class.forName("org.nn4j.model.BackendTest$Program", true, whole);
      ForkJoinTask<?> task =
          ForkJoinPool.commonPool()
              .submit(
                  () -> {
                    Thread.currentThread()
                        .setContextClassLoader(ClassLoader.getSystemClassLoader());
                    var main = program.getMethod("main", String[].class);
                    main.setAccessible(true);
                    return main.invoke(null, (Object) new String[0]);
                  });
      task.get();
    }

    private static URL url(String entry) throws MalformedURLException {
      return Path.of(entry).toUri().toURL();
    }
  }

  private static String classPath(Predicate<String> keptJars) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> keptJars.test(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The lines that a program prints in a process of its own. */
  private static String[] output(String classPath, List<String> options, List<String> program)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath));
    command.addAll(program);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip().split("\\R");
  }

  private static String[] output(Predicate<String> keptJars, String... options) throws IOException {
    return output(classPath(keptJars), List.of(options), List.of(Program.class.getName()));
  }

  @Test
  void withoutABackendTheMessageSaysWhatToAdd() throws IOException {
    String[] lines = output(jar -> !jar.startsWith("nd4j-native"));
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for " + Loader.getPlatform())
        .contains("found org.nd4j.linalg.factory.Nd4jBackend$NoAvailableBackendException")
        .contains(
            "; add org.nd4j:nd4j-native, org.bytedeco:openblas and org.bytedeco:javacpp with the")
        .endsWith("; see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void soDoesItAfterTheApplicationsOwnUseOfNd4jHasFailed() throws IOException {
    String[] lines =
        output(
            classPath(jar -> !jar.startsWith("nd4j-native")),
            List.of(),
            List.of(Nd4jFirst.class.getName()));
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for " + Loader.getPlatform())
        .contains("NoAvailableBackendException")
        .contains(
            "; add org.nd4j:nd4j-native, org.bytedeco:openblas and org.bytedeco:javacpp with the")
        .endsWith("; see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void withoutTheNativesOfThePlatformToo() throws IOException {
    String[] lines =
        output(
            jar -> !(jar.startsWith("nd4j-native-1") && jar.contains("-" + Loader.getPlatform())));
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for " + Loader.getPlatform())
        .contains(
            "; add org.nd4j:nd4j-native, org.bytedeco:openblas and org.bytedeco:javacpp with the")
        .endsWith("; see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void missingDependenciesAreVersionsThatDoNotFit() throws IOException {
    String[] lines = output(jar -> !jar.startsWith("nd4j-common"));
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for " + Loader.getPlatform())
        .contains("; let nn-core choose the versions of org.nd4j, org.bytedeco")
        .endsWith("; see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamedWithTheOptionThatMovesIt(@TempDir Path folder)
      throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String[] lines =
        output(
            jar -> true,
            "-Dorg.bytedeco.javacpp.cachedir=" + file.resolve("cache"),
            "-Duser.home=" + file.resolve("home"),
            "-Djava.io.tmpdir=" + file.resolve("tmp"));
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .isEqualTo(
            "ND4J: expected a folder that can be written, to unpack the natives into, found none of "
                + String.join(
                    ", ",
                    file.resolve("cache").toString(),
                    file.resolve("home") + "/.javacpp/cache",
                    file.resolve("tmp").toString())
                + "; choose a folder with -Dorg.bytedeco.javacpp.cachedir=DIR;"
                + " see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void tooLittleMemoryIsSaidWithTheOptionThatRaisesIt() throws IOException {
    String[] lines = output(jar -> true, "-Dorg.bytedeco.javacpp.maxphysicalbytes=1m");
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith(
            "ND4J: expected memory to start in, 64 MiB beside what is in use, found a limit of 1"
                + " MiB for the process; raise -Xmx or -Dorg.bytedeco.javacpp.maxphysicalbytes")
        .endsWith("; see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void anUnsupportedPlatformIsNamedWithThoseThatAreSupported() throws IOException {
    String[] lines = output(jar -> true, "-Dorg.bytedeco.javacpp.platform=linux-riscv64");
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("ND4J: expected a backend with natives for linux-riscv64, found ")
        .endsWith(
            "; run on linux-x86_64, linux-arm64, macosx-x86_64, macosx-arm64, windows-x86_64, or"
                + " predict with nn-predict, which needs no natives;"
                + " see docs/troubleshooting.md#no-backend");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  @Test
  void severalVersionsOfTheLibraryAreNamedWithTheirPlaces(@TempDir Path folder) throws IOException {
    Path resource = folder.resolve("org/nn4j/internal/memory/library.properties");
    Files.createDirectories(resource.getParent());
    Files.writeString(resource, "version=0.0.7\n");
    String[] lines =
        output(
            classPath(jar -> true) + File.pathSeparator + folder,
            List.of(),
            List.of(Program.class.getName()));
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("nn4j: expected one version of nn-core on the class path, found ")
        .contains("0.0.7 in file:" + folder + "/")
        .endsWith("; remove all but one; mvn dependency:tree shows what adds them");
    assertThat(lines[1]).isEqualTo(lines[0]);
  }

  /** All jars and classes are seen by one class loader alone, as in a jar of jars. */
  @Test
  void theBackendIsFoundWhereTheLibraryIs(@TempDir Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("org/nn4j/model"));
    String name = "BackendTest$OnTheCommonPool.class";
    try (InputStream in = BackendTest.class.getResourceAsStream(name)) {
      Files.copy(in, classes.resolve(name));
    }
    List<String> program = new ArrayList<>(List.of(OnTheCommonPool.class.getName()));
    program.addAll(
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
    String[] lines = output(folder.toString(), List.of(), program);
    assertThat(lines[0]).isEqualTo("1");
    assertThat(String.join(" ", lines)).contains("Dense(2 -> 1, identity)");
  }

  @Test
  void aProgramMayAskFirst() {
    Require.backend();
    assertThat(Network.builder(1).dense(1, sigmoid()).build().parameters().length()).isEqualTo(2);
  }
}
