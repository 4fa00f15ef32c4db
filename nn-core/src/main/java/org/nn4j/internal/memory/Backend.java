package org.nn4j.internal.memory;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Start of ND4J. {@link NewArrays} calls it before it creates an array, so ND4J starts here unless
 * the application has started it before.
 *
 * <p>Without it, the first use of ND4J in a broken setup throws {@code
 * ExceptionInInitializerError}, and each further use a {@code NoClassDefFoundError} without the
 * cause. Thread-safe.
 */
public final class Backend {
  /** Memory for the start of ND4J and its natives, which take about 45 MiB. */
  private static final long START_BYTES = 64 << 20;

  private static volatile boolean started;

  /**
   * Failure of the start, which is reported at each further attempt, because ND4J starts once in a
   * process.
   */
  private static @Nullable String failure;

  private Backend() {}

  /**
   * Starts ND4J at the first call and does nothing at further ones.
   *
   * @throws IllegalStateException if ND4J cannot start: no backend, no natives for this platform,
   *     no folder to unpack them into, versions that do not fit together, several versions of this
   *     library, too little memory
   */
  public static void require() {
    if (!started) {
      start();
    }
  }

  private static synchronized void start() {
    if (started) {
      return;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    LibraryVersion.requireOne();
    try {
      requireCache();
      requireMemory();
      chooseClassLoader();
      Nd4j.getBackend();
      started = true;
    } catch (LinkageError | ServiceConfigurationError | OutOfMemoryError e) {
      failure = StartFailure.describe(e, StartFailure.platform());
      throw new IllegalStateException(failure, e);
    }
  }

  /**
   * Refuses a start without enough memory, which ND4J does not survive; on some JVMs the process
   * ends.
   */
  private static void requireMemory() {
    long limit = Pointer.maxPhysicalBytes();
    if (limit <= 0 || used() + START_BYTES <= limit) {
      return;
    }
    System.gc(); // JavaCPP does this too before it throws
    if (used() + START_BYTES > limit) {
      throw new IllegalStateException(
          StartFailure.message(
              "memory to start in, " + (START_BYTES >> 20) + " MiB beside what is in use",
              "a limit of " + (limit >> 20) + " MiB for the process",
              "raise -Xmx or -Dorg.bytedeco.javacpp.maxphysicalbytes"));
    }
  }

  private static long used() {
    try {
      return Pointer.physicalBytes();
    } catch (LinkageError noNatives) { // reported by the start
      return 0;
    }
  }

  /**
   * Checks the cache before ND4J does, because a failure there would be permanent in the process.
   */
  private static void requireCache() {
    try {
      Loader.getCacheDir();
    } catch (IOException e) {
      throw new IllegalStateException(
          StartFailure.message(
              "a folder that can be written, to unpack the natives into",
              "none of "
                  + Stream.of(
                          System.getProperty("org.bytedeco.javacpp.cachedir"),
                          System.getProperty("user.home") + "/.javacpp/cache",
                          System.getProperty("java.io.tmpdir"))
                      .filter(Objects::nonNull)
                      .collect(Collectors.joining(", ")),
              StartFailure.CHOOSE_CACHE),
          e);
    }
  }

  /**
   * Sets ND4J's class loader to that of this library if its own finds no backend. By default ND4J
   * uses the context class loader of the thread that first uses it, which on a thread of the common
   * pool is the system's and does not find classes in a jar of jars.
   */
  private static void chooseClassLoader() {
    if (findsBackend(ND4JClassLoading.getNd4jClassloader())) {
      return;
    }
    List<@Nullable ClassLoader> others =
        Arrays.asList(
            Backend.class.getClassLoader(),
            Nd4jBackend.class.getClassLoader(),
            Thread.currentThread().getContextClassLoader());
    for (ClassLoader other : others) {
      if (findsBackend(other)) {
        ND4JClassLoading.setNd4jClassloader(other);
        return;
      }
    }
  }

  private static boolean findsBackend(@Nullable ClassLoader loader) {
    try {
      return loader != null && ServiceLoader.load(Nd4jBackend.class, loader).iterator().hasNext();
    } catch (ServiceConfigurationError e) { // another copy of ND4J, or a part of one
      return false;
    }
  }
}
