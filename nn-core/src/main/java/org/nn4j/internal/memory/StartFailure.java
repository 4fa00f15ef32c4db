package org.nn4j.internal.memory;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** Messages on a failed start of ND4J: what was found and what to add or set. Thread-safe. */
final class StartFailure {
  static final String CHOOSE_CACHE = "choose a folder with -Dorg.bytedeco.javacpp.cachedir=DIR";

  /** Platforms that have natives of ND4J and OpenBLAS. */
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-x86_64", "macosx-arm64", "windows-x86_64");

  private StartFailure() {}

  /** Returns the message on an error with its causes. */
  static String describe(Throwable error, String platform) {
    Throwable root = error;
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    String found = root.toString().replaceAll("\\s*\\R\\s*", " ");
    boolean memory = contains(found, "OutOfMemoryError");
    return message(
        memory ? "memory to start in" : "a backend with natives for " + platform,
        found,
        remedy(found, platform));
  }

  private static String remedy(String found, String platform) {
    if (contains(found, "OutOfMemoryError")) {
      return "raise -Xmx or -Dorg.bytedeco.javacpp.maxphysicalbytes, of which "
          + (Pointer.maxPhysicalBytes() >> 20)
          + " MiB may be used, or free memory of the machine";
    }
    if (contains(found, "GLIBC", "ld-linux", "musl")) {
      return "run on a Linux with a newer glibc; Alpine Linux has musl instead";
    }
    if (contains(found, "failed to map", "not permitted", "denied", "No space", "space left")) {
      return "free space in the folder, mount it without noexec, or " + CHOOSE_CACHE;
    }
    if (contains(found, "NoSuchMethod", "NoSuchField", "IncompatibleClassChange", "AbstractMethod")
        || contains(found, "NoClassDefFound", "ClassNotFound", "VerifyError")) {
      return "let nn-core choose the versions of org.nd4j, org.bytedeco and their dependencies;"
          + " mvn dependency:tree shows who chooses others";
    }
    if (!PLATFORMS.contains(platform)) {
      return "run on "
          + String.join(", ", PLATFORMS)
          + ", or predict with nn-predict, which needs no natives";
    }
    return "add org.nd4j:nd4j-native, org.bytedeco:openblas and org.bytedeco:javacpp with the"
        + " classifier "
        + platform
        + " to the class path, in the versions of nn-core";
  }

  private static boolean contains(String text, String... parts) {
    return Arrays.stream(parts).anyMatch(text::contains);
  }

  /** Returns JavaCPP's name of the platform; JavaCPP itself may be missing. */
  static String platform() {
    try {
      return Loader.getPlatform();
    } catch (LinkageError e) {
      return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }
  }

  /** Returns a message in the form of {@code Require}, which is above this package. */
  static String message(String expected, String found, String remedy) {
    return "ND4J: expected "
        + expected
        + ", found "
        + found
        + "; "
        + remedy
        + "; see docs/troubleshooting.md#no-backend";
  }
}
