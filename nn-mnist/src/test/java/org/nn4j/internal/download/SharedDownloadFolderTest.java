package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.internal.file.FolderLock;

/** A folder that other downloads and other programs use. */
class SharedDownloadFolderTest extends DownloadFixture {
  SharedDownloadFolderTest(@TempDir Path directory) throws IOException {
    super(directory);
  }

  @Test
  void severalDownloadsAtOnceDoNotHurtEachOther() throws Exception {
    int number = 4;
    CountDownLatch asked = new CountDownLatch(number);
    URI good =
        server.answering(
            "good",
            exchange -> {
              asked.countDown();
              await(asked); // none has the file before all have asked for it
              MirrorServer.send(exchange, FILE, FILE.length);
            });
    ExecutorService threads = Executors.newFixedThreadPool(number);
    try {
      Callable<Void> one =
          () -> {
            download(good);
            return null;
          };
      for (Future<Void> future : threads.invokeAll(List.of(one, one, one, one))) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
  }

  /** Another process holds the lock: this one downloads beside it, and leaves its part alone. */
  @Test
  void lockOfAnotherIsNotWaitedFor() throws IOException {
    URI mirror = server.serving("good", Map.of(PACKED, FILE));
    leavePart(mirror, new byte[77]);
    try (FolderLock lock = FolderLock.tryLock(folder, new Object()).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(FolderLock.tryLock(folder, new Object())).isEmpty();
      download(mirror);
      assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
      assertThat(names()).hasSize(3);
    }
    assertThat(FolderLock.tryLock(folder, new Object()))
        .isPresent()
        .get()
        .satisfies(FolderLock::close);
  }

  /** The download works without a lock then. */
  @Test
  void filesOfOtherProgramsAreNotOverwritten() throws IOException {
    URI mirror = server.serving("good", Map.of(PACKED, FILE));
    Path notes = Files.writeString(home.resolve("notes"), "precious");
    Files.createDirectories(folder);
    Path lock = Files.createSymbolicLink(folder.resolve(".lock"), notes);
    download(mirror);
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
    Files.delete(lock);
    Files.delete(folder.resolve(PACKED));
    Files.writeString(lock, "precious");
    download(mirror);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(lock).hasContent("precious");
    assertThat(notes).hasContent("precious");
  }

  @Test
  void linkInThePlaceOfAPartIsNotFollowed() throws IOException {
    URI mirror = server.serving("good", Map.of(PACKED, FILE));
    Path notes = Files.writeString(home.resolve("notes"), "precious");
    Path part = leavePart(mirror, new byte[0]);
    Files.delete(part);
    Files.createSymbolicLink(part, notes);
    assertThatIOException()
        .isThrownBy(() -> download(mirror))
        .withMessageContaining(
            part + ": expected a partial file, found a symbolic link; remove the link");
    assertThat(notes).hasContent("precious");
    assertThat(part).isSymbolicLink();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
