package org.nn4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        .hasMessage(refusal(folder, "a folder"));
    assertThat(FolderLock.holder(folder)).isEmpty();
    assertThat(FolderLock.holder(folder.resolve("none"))).isEmpty();
  }

  /** A killed process has not written its number. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "7", "7\n", "7\r\n", "1234567890\r\n"})
  void aFileOfTheLockIsOverwritten(String content, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(".lock"), content);
    takeAndGiveBack(folder);
    assertThat(folder.resolve(".lock")).hasContent(THIS_PROCESS + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" 7\n", "7\n8\n", "-7", "7 host", "{}", "12345678901", "\u0000\u0000", "7\n\n\n"})
  void aFileOfAnotherProgramIsLeftAlone(String content, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve(".lock"), content);
    assertRefused(folder, "other content");
    assertThat(Files.readString(file)).isEqualTo(content);
    Files.delete(file);
    takeAndGiveBack(folder);
  }

  /** Among them a link to what the lock could have written, and one to no file. */
  @ParameterizedTest
  @ValueSource(strings = {"precious", "7\n", "", "none"})
  void aLinkIsNotFollowed(String content, @TempDir Path home) throws IOException {
    Path target = home.resolve("target");
    if (!content.equals("none")) {
      Files.writeString(target, content);
    }
    Path folder = Files.createDirectory(home.resolve("folder"));
    Files.createSymbolicLink(folder.resolve(".lock"), target);
    assertRefused(folder, "a symbolic link");
    if (content.equals("none")) {
      assertThat(target).doesNotExist();
    } else {
      assertThat(Files.readString(target)).isEqualTo(content);
    }
  }

  private void assertRefused(Path folder, String found) {
    assertThatThrownBy(() -> FolderLock.tryLock(folder, this))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(refusal(folder, found));
  }

  private static String refusal(Path folder, String found) {
    return folder.resolve(".lock")
        + ": expected the number of a process that locks the folder, found "
        + found
        + "; use another folder, or move this file away";
  }

  private static void takeAndGiveBack(Path folder) throws IOException {
    Optional<FolderLock> lock = FolderLock.tryLock(folder, new Object());
    assertThat(lock).isPresent();
    assertThat(FolderLock.holder(folder)).contains(THIS_PROCESS);
    lock.orElseThrow().close();
  }
}
