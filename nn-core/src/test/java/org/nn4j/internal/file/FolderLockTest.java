package org.nn4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final String THIS_PROCESS = String.valueOf(ProcessHandle.current().pid());

  /** Takes the lock, prints a line, and holds the lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      FolderLock lock = FolderLock.tryLock(Path.of(args[0]), "holder").orElseThrow();
      System.out.println("holds");
      // Until it is killed, or the process that started it is gone.
      System.in.read();
      lock.close();
    }
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
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
      assertThat(FolderLock.tryLock(folder, this)).isEmpty();
      assertThat(FolderLock.holder(folder)).contains(String.valueOf(other.pid()));
    } finally {
      other.destroyForcibly().waitFor();
    }
    takeAndGiveBack(folder);
  }

  @Test
  void anotherOwnerGetsItWhenItIsGivenBack(@TempDir Path folder) throws IOException {
    Optional<FolderLock> held = FolderLock.tryLock(folder, "one");
    assertThat(FolderLock.tryLock(folder, "two")).isEmpty();
    assertThat(FolderLock.holder(folder)).contains(THIS_PROCESS);
    held.orElseThrow().close();
    takeAndGiveBack(folder);
  }

  @Test
  void oneOwnerMayHoldItTwice(@TempDir Path folder) throws IOException {
    FolderLock first = FolderLock.tryLock(folder, "one").orElseThrow();
    FolderLock second = FolderLock.tryLock(folder, "one").orElseThrow();
    second.close();
    second.close();
    assertThat(FolderLock.tryLock(folder, "two")).isEmpty();
    first.close();
    takeAndGiveBack(folder);
  }

  @Test
  void anInterruptedThreadCanTakeIt(@TempDir Path folder) throws IOException {
    Thread.currentThread().interrupt();
    FolderLock lock = FolderLock.tryLock(folder, "one").orElseThrow();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readString(folder.resolve(".lock"))).isEqualTo(THIS_PROCESS + "\n");
    lock.close();
  }

  @Test
  void aLockFileOfAKilledProcessDoesNotBlock(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(".lock"), "1234567890\n");
    takeAndGiveBack(folder);
  }

  @Test
  void whatIsNotAFileIsNotOpened(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve(".lock"));
    assertThatThrownBy(() -> FolderLock.tryLock(folder, this))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found a folder");
    assertThat(FolderLock.holder(folder)).isEmpty();
    assertThat(FolderLock.holder(folder.resolve("none"))).isEmpty();
  }

  private static void takeAndGiveBack(Path folder) throws IOException {
    Optional<FolderLock> lock = FolderLock.tryLock(folder, new Object());
    assertThat(lock).isPresent();
    assertThat(FolderLock.holder(folder)).contains(THIS_PROCESS);
    lock.orElseThrow().close();
  }
}
