package org.nn4j;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.blas.Native;
import org.nn4j.internal.memory.LibraryVersion;

/**
 * Program that prints what a bug report needs, and checks the setup.
 *
 * <pre>
 * java -cp ... org.nn4j.Doctor [seconds of the self-check, default 10]
 * </pre>
 *
 * <p>The exit status is 0 if the self-check passes, else 1. Whatever is missing is printed in its
 * line.
 */
final class Doctor {
  private static final List<String> LIBRARIES =
      List.of(
          "org.nd4j:nd4j-api",
          "org.nd4j:nd4j-native",
          "org.bytedeco:javacpp",
          "org.bytedeco:openblas",
          "org.bytedeco:dnnl",
          "com.fasterxml.jackson.core:jackson-core",
          "org.slf4j:slf4j-api");

  private static final int SECONDS = 10;

  private final PrintStream out;

  private Doctor(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    int seconds = SECONDS;
    try {
      seconds = args.length > 0 ? Integer.parseInt(args[0]) : SECONDS;
    } catch (NumberFormatException e) {
      System.out.println("expected a number of seconds, found " + args[0] + "; using " + SECONDS);
    }
    boolean isReady = new Doctor(System.out).run(seconds);
    System.out.flush();
    Runtime.getRuntime().halt(isReady ? 0 : 1); // no shutdown hook of a broken setup runs
  }

  private boolean run(int seconds) {
    line("nn4j", LibraryVersion::get);
    line("platform", Doctor::platform);
    line("JDK", Doctor::jdk);
    Object failure = failureOf(Doctor::startBackend);
    line("backend", () -> failure == null ? backend() : "none: " + failure);
    line("BLAS", () -> failure == null ? Native.description() : "none");
    line("versions", Doctor::versions);
    line("memory", Doctor::memory);
    line("cache", Doctor::cache);
    String found = failure == null ? SelfCheck.run(seconds) : "not run";
    line("self-check", () -> found);
    boolean isReady = found.startsWith(SelfCheck.PASSED);
    line("verdict", () -> isReady ? "ready" : "not ready: " + (failure == null ? found : failure));
    return isReady;
  }

  private void line(String name, Callable<String> content) {
    String text;
    try {
      text = content.call();
    } catch (Throwable e) { // whatever it is, the other lines follow
      text = "unknown: " + e;
    }
    out.printf(Locale.ROOT, "%-11s %s%n", name, text.replaceAll("\\s*\\R\\s*", " "));
  }

  private static @Nullable Object failureOf(Runnable work) {
    try {
      work.run();
      return null;
    } catch (IllegalStateException e) {
      return e.getMessage();
    } catch (Throwable e) { // such as a missing jar
      return e;
    }
  }

  private static void startBackend() {
    Require.backend();
  }

  private static String platform() {
    return String.format(
        Locale.ROOT,
        "%s %s, %s, %d processors",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
  }

  private static String jdk() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s",
        System.getProperty("java.vm.version"),
        System.getProperty("java.vendor"),
        System.getProperty("java.home"));
  }

  private static String backend() {
    return Nd4j.getBackend().getClass().getSimpleName() + ", natives " + Loader.getPlatform();
  }

  private static String versions() {
    return LIBRARIES.stream()
        .map(name -> name.replaceFirst(".*:", "") + " " + version(name))
        .collect(Collectors.joining(", "));
  }

  private static String version(String artifact) {
    String path = "/META-INF/maven/" + artifact.replace(':', '/') + "/pom.properties";
    try (InputStream in = Doctor.class.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String memory() {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return String.format(
        Locale.ROOT,
        "heap %s (-Xmx), network %s (-Dorg.bytedeco.javacpp.maxbytes), process %s"
            + " (-Dorg.bytedeco.javacpp.maxphysicalbytes), %s in use, machine or container %s",
        mebibytes(Runtime.getRuntime().maxMemory()),
        mebibytes(Pointer.maxBytes()),
        mebibytes(Pointer.maxPhysicalBytes()),
        mebibytes(Pointer.physicalBytes()),
        mebibytes(machine));
  }

  private static String mebibytes(long bytes) {
    return bytes <= 0 ? "no limit" : (bytes >> 20) + " MiB";
  }

  private static String cache() throws IOException {
    return Loader.getCacheDir().toString();
  }
}
