package org.nn4j.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Cluster of two executors, each a process with one core, that all test classes share: they have
 * {@code @ExtendWith(Cluster.class)}. It starts before the first one, in 10 to 45 seconds.
 *
 * <p>The environment variable {@code SPARK_HOME} names its folder, which contains links to the jars
 * of the test class path. Executors have the classes of the tests too. Another process can have a
 * cluster of its own, with another folder and a system property {@code executors}.
 */
final class Cluster implements BeforeAllCallback {
  private static final SparkSession SESSION = start();

  @Override
  public void beforeAll(ExtensionContext context) {
    // The store of the whole run closes it at the end.
    context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(Cluster.class, SESSION);
  }

  /** Returns the session for data frames. */
  static SparkSession session() {
    return SESSION;
  }

  /** Returns the context for RDDs. */
  static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(SESSION.sparkContext());
  }

  private static SparkSession start() {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Path temporary = home.resolve("tmp");
    try {
      Files.createDirectories(temporary);
      return SparkSession.builder()
          .master("local-cluster[" + Integer.getInteger("executors", 2) + ",1,1024]")
          .appName("nn-spark")
          .config("spark.driver.host", "localhost")
          .config("spark.ui.enabled", false)
          .config("spark.local.dir", temporary.toString())
          .config("spark.sql.warehouse.dir", home.resolve("warehouse").toString())
          .config("spark.sql.shuffle.partitions", 2)
          .config(
              "spark.executor.extraJavaOptions",
              "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir=" + temporary)
          .config("spark.executor.extraClassPath", linkJars(home.resolve("jars")))
          .getOrCreate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links the jars of others; returns the class path of the rest. */
  private static String linkJars(Path jars) throws IOException {
    Files.createDirectories(jars);
    try (Stream<Path> old = Files.list(jars)) {
      for (Path link : old.toList()) {
        Files.delete(link);
      }
    }
    List<String> rest = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, 0)) {
      Path file = Path.of(entry).toAbsolutePath();
      String name = file.getFileName().toString();
      if (!name.endsWith(".jar") || name.startsWith("nn-")) {
        rest.add(file.toString());
      } else {
        Files.createSymbolicLink(jars.resolve(name), file);
      }
    }
    return String.join(File.pathSeparator, rest);
  }
}
