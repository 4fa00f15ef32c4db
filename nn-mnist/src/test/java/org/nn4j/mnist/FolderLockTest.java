package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  /** Takes the lock, says so, and holds it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      FolderLock lock = FolderLock.tryLock(Path.of(args[0])).orElseThrow();
      System.out.println("holds");
      System.in.read(); // until the test ends
      lock.close();
    }
  }

  @Test
  void anotherProcessKeepsItAndLosesItWhenItIsKilled(@TempDir Path folder) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("holds");
      assertThat(FolderLock.tryLock(folder)).isEmpty();
    } finally {
      other.destroyForcibly().waitFor();
    }
    takeAndGiveBack(folder);
  }

  @Test
  void anotherThreadGetsItWhenItIsGivenBack(@TempDir Path folder) throws IOException {
    Optional<FolderLock> held = FolderLock.tryLock(folder);
    assertThat(FolderLock.tryLock(folder)).isEmpty();
    held.orElseThrow().close();
    takeAndGiveBack(folder);
  }

  private static void takeAndGiveBack(Path folder) throws IOException {
    Optional<FolderLock> lock = FolderLock.tryLock(folder);
    assertThat(lock).isPresent();
    lock.orElseThrow().close();
  }
}
