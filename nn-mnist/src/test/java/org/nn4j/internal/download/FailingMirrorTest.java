package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.ubytes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.internal.download.Download.Origin;

/** Mirrors that refuse, stall, or send another file. */
class FailingMirrorTest extends DownloadFixture {
  /**
   * Limits for mirrors that send too little. A wait ends with the next bytes, or once the mirror
   * has stalled: a busy machine is not mistaken for such a mirror.
   */
  private final TimeLimits tenSeconds =
      new TimeLimits(NEVER, NEVER, Duration.ofSeconds(10), 10_000, new MirrorClock());

  private final class MirrorClock implements TimeLimits.Clock {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
      T element = null;
      while (element == null && !server.isStalled()) {
        element = queue.poll(1, TimeUnit.MILLISECONDS);
      }
      return element == null ? queue.poll() : element;
    }
  }

  FailingMirrorTest(@TempDir Path directory) throws IOException {
    super(directory);
  }

  @Test
  void refusingMirrorsArePassedOver() throws IOException {
    URI missing = server.serving("missing", Map.of());
    URI busy = server.answering("busy", exchange -> exchange.sendResponseHeaders(503, -1));
    URI silent = closedPort();
    download(missing, busy, silent, server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(events.failures).hasSize(3);
    assertThat(events.failures.get(0)).isEqualTo(missing.resolve(PACKED) + " HTTP status 404");
    assertThat(events.failures.get(1)).endsWith("HTTP status 503");
  }

  @Test
  void messageSaysWhatEachMirrorAnsweredAndWhatToDo() throws IOException {
    URI missing = server.serving("missing", Map.of());
    URI busy = server.answering("busy", exchange -> exchange.sendResponseHeaders(503, -1));
    assertThatIOException()
        .isThrownBy(() -> download(missing, busy))
        .withMessage(
            "Download: expected %s from one of its mirrors, found %s: HTTP status 404; %s: HTTP"
                + " status 503; check the network and its proxy (-Dhttps.proxyHost,"
                + " -Dhttps.proxyPort), or put the file into %s",
            PACKED, missing.resolve(PACKED), busy.resolve(PACKED), folder)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    assertThat(names()).containsExactly(".lock");
  }

  @Test
  void redirectsInACircleEnd() throws IOException {
    URI circle =
        server.answering(
            "circle",
            exchange -> {
              exchange.getResponseHeaders().set("Location", server.uri("circle/x").toString());
              exchange.sendResponseHeaders(302, -1);
            });
    assertThatIOException().isThrownBy(() -> download(circle));
    assertThat(names()).containsExactly(".lock");
  }

  @Test
  void stalledMirrorIsLeft() throws IOException {
    limits = tenSeconds;
    URI stalled =
        server.answering(
            "stalled",
            exchange -> {
              boolean first = exchange.getRequestHeaders().getFirst("Range") == null;
              server.stall(exchange, FILE, first ? 5_000 : 0);
            });
    URI mute = server.answering("mute", exchange -> server.stall(exchange, new byte[0], 0));
    assertThatIOException()
        .isThrownBy(() -> download(stalled))
        .withMessageContaining("fewer than 10000 bytes in 10000 ms");
    download(mute, server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
  }

  @Test
  void mirrorThatNeverAnswersIsLeft() throws IOException {
    limits =
        new TimeLimits(NEVER, Duration.ofMillis(200), NEVER, 10_000, TimeLimits.DEFAULT.clock());
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI never = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
      assertThatIOException().isThrownBy(() -> download(never)).withMessageContaining("timed out");
    }
  }

  @Test
  void mirrorThatDripsIsLeft() throws IOException {
    limits = tenSeconds;
    URI drip =
        server.answering(
            "drip",
            exchange -> {
              exchange.sendResponseHeaders(200, FILE.length);
              for (int i = 0; i < 9_000; i++) {
                exchange.getResponseBody().write(FILE[i]);
                exchange.getResponseBody().flush();
              }
              server.stall();
            });
    assertThatIOException()
        .isThrownBy(() -> download(drip))
        .withMessageContaining("fewer than 10000 bytes");
  }

  @Test
  void corruptFileIsThrownAwayAndTheNextMirrorAsked() throws IOException {
    byte[] corrupt = FILE.clone();
    corrupt[corrupt.length / 2] ^= 1;
    byte[] other = gzip(ubytes(new int[] {3}, 1, 2, 3));
    URI bad = server.serving("corrupt", Map.of(PACKED, corrupt));
    URI wrong = server.serving("other", Map.of(PACKED, other));
    download(bad, wrong, server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(events.failures).hasSize(2);
    assertThat(events.failures.get(1)).contains("SHA-256 of the decompressed content");
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
  }

  @Test
  void moreBytesThanTheFileCanHaveAreNotTaken() throws IOException {
    URI mirror = server.serving("endless", Map.of(PACKED, FILE));
    RemoteFile small = new RemoteFile(PACKED, 1_000, null);
    assertThatIOException()
        .isThrownBy(() -> download(List.of(small), Origin.of(mirror.toString()), false))
        .withMessageContaining("the server sends more than the 1000 bytes of the file");
  }

  private static URI closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
  }
}
