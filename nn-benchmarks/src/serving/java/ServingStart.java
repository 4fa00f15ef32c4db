import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/**
 * Starts two programs alternately and prints their run times: one that does nothing, one that loads
 * a network, 784-128-10, in nn-predict and predicts once. Run from its source by run.sh.
 */
final class ServingStart {
  private static final String EMPTY =
      """
      class Empty {
        public static void main(String[] args) {}
      }
      """;

  private static final String FIRST =
      """
      class First {
        public static void main(String[] args) throws Exception {
          var predictor = org.nn4j.predict.Predictor.load(java.nio.file.Path.of(args[0]));
          predictor.predict(new float[predictor.inputSize()]);
        }
      }
      """;

  private ServingStart() {}

  /** Number of runs, default 20. */
  public static void main(String[] args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Path folder = Files.createTempDirectory("serving");
    Path model = folder.resolve("model.safetensors");
    ModelFiles.save(
        Network.builder(784)
            .dense(128, Activations.relu())
            .dense(10, Activations.softmax())
            .seed(1)
            .build(),
        model);
    String predict =
        Path.of(
                org.nn4j.predict.Predictor.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI())
            .toString();
    Path empty = Files.writeString(folder.resolve("Empty.java"), EMPTY);
    Path first = Files.writeString(folder.resolve("First.java"), FIRST);
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "-cp", predict, empty.toString(), first.toString());
    if (code != 0) {
      throw new IllegalStateException("javac ended with " + code);
    }
    String classPath = folder + File.pathSeparator + predict;
    double[] without = new double[runs];
    double[] with = new double[runs];
    double[] added = new double[runs];
    for (int run = -1; run < runs; run++) { // the first does not count
      double alone = millis(classPath, "Empty");
      double both = millis(classPath, "First", model.toString());
      if (run >= 0) {
        without[run] = alone;
        with[run] = both;
        added[run] = both - alone;
      }
    }
    print("an empty program", without);
    print("one that loads a model and predicts", with);
    print("difference of each pair", added);
    for (String name : List.of("Empty.java", "Empty.class", "First.java", "First.class")) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(model);
    Files.delete(folder);
  }

  private static double millis(String classPath, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath);
    builder.command().addAll(List.of(command));
    long start = System.nanoTime();
    Process process = builder.inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command[0] + " ended with " + process.exitValue());
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String name, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f ms, the median of %d (%.1f to %.1f)%n",
        name,
        sorted[sorted.length / 2],
        sorted.length,
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
