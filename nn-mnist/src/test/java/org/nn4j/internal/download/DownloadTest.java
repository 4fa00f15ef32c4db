package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.ubytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.internal.download.Download.Origin;
import org.nn4j.internal.file.FolderLock;
import org.nn4j.mnist.DownloadListener;
import org.nn4j.mnist.Idx;

/** A file of 200,000 bytes from mirrors that serve, and from others. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
class DownloadTest {
  private static final String NAME = "images-idx1-ubyte";
  private static final String PACKED = NAME + ".gz";
  private static final byte[] CONTENT = content();
  private static final byte[] FILE = gzip(CONTENT);

  private static final Duration NEVER = Duration.ofDays(1);

  /**
   * For mirrors that send too little. A wait ends when something comes, or when the mirror says
   * that nothing will: a busy machine is not mistaken for such a mirror.
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

  private final Path home;
  private final Path folder;
  private final MirrorServer server;
  private final Heard heard = new Heard();
  private TimeLimits limits = new TimeLimits(NEVER, NEVER, NEVER, 1, TimeLimits.DEFAULT.clock());

  DownloadTest(@TempDir Path directory) throws IOException {
    this.home = directory;
    this.folder = directory.resolve("cache").resolve("raw");
    this.server = new MirrorServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fileIsFetchedAndVerifiedAndNothingElseIsLeft() throws IOException {
    download(server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
    assertThat(heard.starts).containsExactly("0 of " + FILE.length);
    assertThat(heard.last).isEqualTo(FILE.length);
    assertThat(heard.done).containsExactly(folder.resolve(PACKED));
  }

  @Test
  void fileThatIsThereIsNotFetchedAgainAndNeedsNoNetwork() throws IOException {
    Files.createDirectories(folder);
    URI good = server.serving("good", Map.of(PACKED, FILE));
    Files.write(folder.resolve(NAME), CONTENT);
    download(true, good);
    Files.move(folder.resolve(NAME), folder.resolve(PACKED));
    download(true, good);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void damagedFileIsFetchedAgain() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(PACKED), gzip(ubytes(new int[] {2}, 1, 2)));
    download(server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
  }

  @Test
  void refusingMirrorsArePassedOver() throws IOException {
    URI missing = server.serving("missing", Map.of());
    URI busy = server.answering("busy", exchange -> exchange.sendResponseHeaders(503, -1));
    URI silent = closedPort();
    download(missing, busy, silent, server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(heard.failures).hasSize(3);
    assertThat(heard.failures.get(0)).isEqualTo(missing.resolve(PACKED) + " HTTP status 404");
    assertThat(heard.failures.get(1)).endsWith("HTTP status 503");
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
  void redirectsAreFollowed() throws IOException {
    URI good = server.serving("good", Map.of(PACKED, FILE));
    URI moved =
        server.answering(
            "moved",
            exchange -> {
              exchange.getResponseHeaders().set("Location", good.resolve(PACKED).toString());
              exchange.sendResponseHeaders(302, -1);
            });
    download(moved);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
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

  /** Each attempt gets 60,000 bytes further. */
  @Test
  void brokenTransferIsResumedWhereItBroke() throws IOException {
    download(server.answering("cut", exchange -> MirrorServer.send(exchange, FILE, 60_000)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(server.requests().get(0)).isEqualTo("/cut/" + PACKED);
    assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3).last().asString().contains("=");
    assertThat(heard.starts.get(1)).doesNotStartWith("0 ").endsWith(" of " + FILE.length);
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
    assertThat(heard.starts.get(1)).doesNotStartWith("0 ");
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
    assertThat(heard.starts).containsExactly("0 of " + FILE.length);
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
    assertThat(heard.failures).hasSize(2);
    assertThat(heard.failures.get(1)).contains("SHA-256 of the decompressed content");
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
  }

  /** Mirrors may pack as they like: only the content counts. */
  @Test
  void unpackedContentIsAsGood() throws IOException {
    download(server.serving("raw", Map.of(PACKED, CONTENT)));
    assertThat(Idx.read(folder.resolve(PACKED)).size()).isEqualTo(200_000);
  }

  @Test
  void moreBytesThanTheFileCanHaveAreNotTaken() throws IOException {
    URI mirror = server.serving("endless", Map.of(PACKED, FILE));
    RemoteFile small = new RemoteFile(PACKED, 1_000, null);
    assertThatIOException()
        .isThrownBy(() -> download(List.of(small), Origin.of(mirror.toString()), false))
        .withMessageContaining("the server sends more than the 1000 bytes of the file");
  }

  @Test
  void offlineSwitchKeepsTheNetworkAlone() throws IOException {
    URI good = server.serving("good", Map.of(PACKED, FILE));
    assertThatIOException()
        .isThrownBy(() -> download(true, good))
        .withMessage(
            "Download: expected %s in %s, found none, and the network is switched off; put the file"
                + " there, or unset NN4J_OFFLINE and the property nn4j.offline",
            PACKED, folder);
    assertThat(server.requests()).isEmpty();
  }

  /** Only the proxy can resolve the address of the mirror. */
  @Test
  void proxyOfTheJavaPlatformIsAsked() throws IOException {
    server.serving("mnist", Map.of(PACKED, FILE));
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(server.address()));
    try {
      download(URI.create("http://mirror.invalid/mnist/"));
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(server.requests()).containsExactly("http://mirror.invalid/mnist/" + PACKED);
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

  @Test
  void interruptEndsTheDownloadAndKeepsWhatCame() throws IOException {
    URI mirror = server.answering("slow", exchange -> server.stall(exchange, FILE, 20_000));
    heard.interrupts = true;
    assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> download(mirror));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names()).anyMatch(name -> name.endsWith(".part"));
  }

  @Test
  void filesOfAnArchiveAreTakenOutAndTheArchiveIsKept() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("gzip/" + PACKED));
      zip.write(FILE);
    }
    URI mirror = server.serving("zip", Map.of("gzip.zip", bytes.toByteArray()));
    RemoteFile archive =
        RemoteFile.archive("gzip.zip", Checksum.md5OfFile(hex("MD5", bytes.toByteArray())));
    Origin origin = Origin.of(mirror.toString()).inArchive(archive, "gzip/");
    download(List.of(RemoteFile.idx(NAME, null)), origin, false);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    Files.delete(folder.resolve(PACKED));
    download(List.of(RemoteFile.idx(NAME, null)), origin, true);
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(server.requests()).hasSize(1);
    assertThatIOException()
        .isThrownBy(() -> download(List.of(RemoteFile.idx("other", null)), origin, true))
        .withMessageContaining("expected an entry gzip/other.gz, found none");
  }

  private void download(URI... mirrors) throws IOException {
    download(false, mirrors);
  }

  private void download(boolean offline, URI... mirrors) throws IOException {
    RemoteFile file = RemoteFile.idx(NAME, Checksum.sha256OfContent(hex("SHA-256", CONTENT)));
    download(
        List.of(file),
        Origin.of(Stream.of(mirrors).map(URI::toString).toArray(String[]::new)),
        offline);
  }

  private void download(List<RemoteFile> files, Origin origin, boolean offline) throws IOException {
    new Download(files, origin, folder, limits, heard).run(offline);
  }

  /** What an earlier run, which was killed, has left. */
  private Path leavePart(URI mirror, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    String from = Integer.toHexString(mirror.resolve(PACKED).toString().hashCode());
    return Files.write(folder.resolve(PACKED + "." + from + ".part"), bytes);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static URI closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
  }

  private static byte[] content() {
    int[] elements = new Random(1).ints(200_000, 0, 256).toArray();
    return ubytes(new int[] {200_000}, elements);
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Heard implements DownloadListener {
    final List<String> starts = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<Path> done = new ArrayList<>();
    long last;
    boolean interrupts;

    @Override
    public synchronized void onStart(URI source, long have, long size) {
      starts.add(have + " of " + size);
    }

    @Override
    public synchronized void onProgress(long have) {
      last = have;
      if (interrupts) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public synchronized void onFailure(URI source, IOException reason) {
      failures.add(source + " " + reason.getMessage());
    }

    @Override
    public synchronized void onDone(Path file) {
      done.add(file);
    }
  }
}
