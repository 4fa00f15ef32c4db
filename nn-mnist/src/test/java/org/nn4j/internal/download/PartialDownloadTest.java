package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that continue what an earlier attempt left. */
class PartialDownloadTest extends DownloadFixture {
  PartialDownloadTest(@TempDir Path directory) throws IOException {
    super(directory);
  }

  /** Each attempt gets 60,000 bytes further. */
  @Test
  void brokenTransferIsResumedWhereItBroke() throws IOException {
    download(server.answering("cut", exchange -> MirrorServer.send(exchange, FILE, 60_000)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(server.requests().get(0)).isEqualTo("/cut/" + PACKED);
    assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3).last().asString().contains("=");
    assertThat(events.starts.get(1)).doesNotStartWith("0 ").endsWith(" of " + FILE.length);
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
  }

  @Test
  void laterRunResumesWhatAnEarlierOneLeft() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    URI mirror =
        server.answering(
            "flaky",
            exchange -> {
              if (requests.incrementAndGet() == 2) {
                exchange.sendResponseHeaders(500, -1);
              } else {
                MirrorServer.send(exchange, FILE, 150_000);
              }
            });
    assertThatIOException().isThrownBy(() -> download(mirror));
    assertThat(names()).hasSize(2).anyMatch(name -> name.endsWith(".part"));
    download(mirror);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(events.starts.get(1)).doesNotStartWith("0 ");
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
  }

  /** A run that was killed between the last byte and the move. */
  @Test
  void completePartIsRecognized() throws IOException {
    URI mirror = server.serving("good", Map.of(PACKED, FILE));
    leavePart(mirror, FILE);
    download(mirror);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(server.requests())
        .containsExactly("/good/" + PACKED + " bytes=" + FILE.length + "-");
  }

  @Test
  void partOfAnotherFileIsFetchedFromTheStart() throws IOException {
    URI mirror = server.serving("good", Map.of(PACKED, FILE));
    leavePart(mirror, new byte[50_000]);
    download(mirror);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(server.requests())
        .containsExactly("/good/" + PACKED + " bytes=50000-", "/good/" + PACKED);
  }

  @Test
  void serverWithoutRangesSendsAllAgain() throws IOException {
    URI mirror =
        server.answering(
            "plain",
            exchange -> {
              exchange.sendResponseHeaders(200, FILE.length);
              exchange.getResponseBody().write(FILE);
            });
    leavePart(mirror, new byte[50_000]);
    download(mirror);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(events.starts).containsExactly("0 of " + FILE.length);
  }

  @Test
  void wrongRangeIsNotWritten() throws IOException {
    URI mirror =
        server.answering(
            "wrong",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Range", "bytes 7-9/10");
              exchange.sendResponseHeaders(206, 3);
              exchange.getResponseBody().write(FILE, 0, 3);
            });
    leavePart(mirror, new byte[50_000]);
    assertThatIOException()
        .isThrownBy(() -> download(mirror))
        .withMessageContaining("expected bytes from 50000, found bytes 7-9/10");
  }

  /** The first part breaks in the middle, and the whole is another file, again and again. */
  @Test
  void mirrorThatOnlyEverBreaksOffAndCorruptsIsLeft() throws IOException {
    byte[] corrupt = FILE.clone();
    corrupt[corrupt.length / 2] ^= 1;
    URI mirror =
        server.answering(
            "mad", exchange -> MirrorServer.send(exchange, corrupt, 3 * FILE.length / 4));
    leavePart(mirror, new byte[FILE.length - 10]);
    assertThatIOException().isThrownBy(() -> download(mirror));
    assertThat(server.requests()).hasSizeBetween(2, 10);
  }

  @Test
  void interruptEndsTheDownloadAndKeepsWhatCame() throws IOException {
    URI mirror = server.answering("slow", exchange -> server.stall(exchange, FILE, 20_000));
    events.interrupts = true;
    assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> download(mirror));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names()).anyMatch(name -> name.endsWith(".part"));
  }
}
