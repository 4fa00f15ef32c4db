package org.nn4j.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes that a test cannot produce everywhere; {@code BackendTest} produces the others. */
class StartFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "libc.musl-x86_64.so.1: cannot open shared object file"
            + "| run on a Linux with a newer glibc; Alpine Linux has musl instead",
        "Error loading shared library ld-linux-x86-64.so.2"
            + "| run on a Linux with a newer glibc; Alpine Linux has musl instead",
        "version `GLIBC_2.27' not found"
            + "| run on a Linux with a newer glibc; Alpine Linux has musl instead",
        "libnd4jcpu.so: failed to map segment from shared object: Operation not permitted"
            + "| free space in the folder, mount it without noexec, or choose a folder with"
            + " -Dorg.bytedeco.javacpp.cachedir=DIR",
        "No space left on device"
            + "| free space in the folder, mount it without noexec, or choose a folder with"
            + " -Dorg.bytedeco.javacpp.cachedir=DIR",
        "no jnind4jcpu in java.library.path"
            + "| add org.nd4j:nd4j-native, org.bytedeco:openblas and org.bytedeco:javacpp with the"
            + " classifier linux-x86_64 to the class path, in the versions of nn-core"
      })
  void theCauseDecidesWhatToDo(String cause, String remedy) {
    Error error = new ExceptionInInitializerError(new UnsatisfiedLinkError("/cache/x:\n " + cause));
    assertThat(StartFailure.describe(error, "linux-x86_64"))
        .isEqualTo(
            "ND4J: expected a backend with natives for linux-x86_64, found"
                + " java.lang.UnsatisfiedLinkError: /cache/x: "
                + cause
                + "; "
                + remedy
                + "; see docs/troubleshooting.md#no-backend");
  }
}
