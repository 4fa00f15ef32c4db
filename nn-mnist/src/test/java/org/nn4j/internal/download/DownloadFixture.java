package org.nn4j.internal.download;

import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.ubytes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.nn4j.internal.download.Download.Origin;
import org.nn4j.mnist.DownloadListener;

/** Downloads of a file of 200,000 bytes from mirrors on this machine. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
abstract class DownloadFixture {
  static final String NAME = "images-idx1-ubyte";
  static final String PACKED = NAME + ".gz";
  static final byte[] CONTENT = content();
  static final byte[] FILE = gzip(CONTENT);
  static final Duration NEVER = Duration.ofDays(1);

  final Path home;
  final Path folder;
  final MirrorServer server;
  final Events events = new Events();
  TimeLimits limits = new TimeLimits(NEVER, NEVER, NEVER, 1, TimeLimits.DEFAULT.clock());

  DownloadFixture(Path directory) throws IOException {
    this.home = directory;
    this.folder = directory.resolve("cache").resolve("raw");
    this.server = new MirrorServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  void download(URI... mirrors) throws IOException {
    download(false, mirrors);
  }

  void download(boolean offline, URI... mirrors) throws IOException {
    RemoteFile file = RemoteFile.idx(NAME, Checksum.sha256OfContent(hex("SHA-256", CONTENT)));
    download(
        List.of(file),
        Origin.of(Stream.of(mirrors).map(URI::toString).toArray(String[]::new)),
        offline);
  }

  void download(List<RemoteFile> files, Origin origin, boolean offline) throws IOException {
    new Download(files, origin, folder, limits, events).run(offline);
  }

  /** Writes the partial file of an earlier run that was killed. */
  Path leavePart(URI mirror, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    String from = Integer.toHexString(mirror.resolve(PACKED).toString().hashCode());
    return Files.write(folder.resolve(PACKED + "." + from + ".part"), bytes);
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static byte[] content() {
    int[] elements = new Random(1).ints(200_000, 0, 256).toArray();
    return ubytes(new int[] {200_000}, elements);
  }

  static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static final class Events implements DownloadListener {
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
