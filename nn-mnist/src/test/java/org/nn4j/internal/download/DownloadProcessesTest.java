package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.internal.download.Download.Origin;
import org.nn4j.mnist.DownloadListener;
import org.nn4j.mnist.IdxFiles;

/** Two processes that fetch the same file into the same folder. */
class DownloadProcessesTest {
  private static final String NAME = "images-idx1-ubyte";

  /** The other process may be slow to start. */
  private static final TimeLimits PATIENT =
      new TimeLimits(
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          1,
          TimeLimits.DEFAULT.clock());

  /** A process that downloads. */
  static final class Downloader {
    private Downloader() {}

    /**
     * Fetches the file.
     *
     * @param arguments the folder, the mirror and the SHA-256 of the content
     */
    public static void main(String[] arguments) throws IOException {
      RemoteFile file = RemoteFile.idx(NAME, Checksum.sha256OfContent(arguments[2]));
      new Download(
              List.of(file),
              Origin.of(arguments[1]),
              Path.of(arguments[0]),
              PATIENT,
              DownloadListener.silent())
          .run(false);
    }
  }

  private static Process start(Path folder, URI mirror, String sha256) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // starts faster
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Downloader.class.getName(),
            folder.toString(),
            mirror.toString(),
            sha256)
        .redirectErrorStream(true)
        .start();
  }

  /** The mirror sends nothing before both requests. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
  void bothEndWithTheWholeFile(@TempDir Path directory) throws Exception {
    byte[] content =
        IdxFiles.ubytes(new int[] {200_000}, new Random(1).ints(200_000, 0, 256).toArray());
    byte[] packed = IdxFiles.gzip(content);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    Path folder = directory.resolve("raw");
    CountDownLatch asked = new CountDownLatch(2);
    try (MirrorServer server = new MirrorServer()) {
      URI mirror =
          server.answering(
              "slow",
              exchange -> {
                asked.countDown();
                await(asked);
                MirrorServer.send(exchange, packed, packed.length);
              });
      List<Process> processes =
          List.of(start(folder, mirror, sha256), start(folder, mirror, sha256));
      for (Process process : processes) {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
      }
    }
    assertThat(asked.getCount()).as("processes that did not ask").isZero();
    assertThat(folder.resolve(NAME + ".gz")).hasBinaryContent(packed);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(NAME + ".gz", ".lock");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
