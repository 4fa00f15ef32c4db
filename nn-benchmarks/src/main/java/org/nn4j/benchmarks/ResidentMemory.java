package org.nn4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process on Linux, Java's and ND4J's, in MB. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KB_IN_MB = 1024;

  private ResidentMemory() {}

  /** Returns the present value. */
  static double now() {
    return read("VmRSS:");
  }

  /** Returns the maximum so far. */
  static double peak() {
    return read("VmHWM:");
  }

  private static double read(String field) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KB_IN_MB)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(STATUS + " has no " + field));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "resident memory is read from " + STATUS + ", which exists only on Linux", e);
    }
  }
}
