package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.nn4j.mnist.IdxFiles.gzip;
import static org.nn4j.mnist.IdxFiles.ubytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.internal.download.Download.Origin;
import org.nn4j.mnist.Idx;

/** Files that a mirror serves, alone or in an archive. */
class DownloadTest extends DownloadFixture {
  DownloadTest(@TempDir Path directory) throws IOException {
    super(directory);
  }

  @Test
  void fileIsFetchedAndVerifiedAndNothingElseIsLeft() throws IOException {
    download(server.serving("good", Map.of(PACKED, FILE)));
    assertThat(folder.resolve(PACKED)).hasBinaryContent(FILE);
    assertThat(names()).containsExactlyInAnyOrder(PACKED, ".lock");
    assertThat(events.starts).containsExactly("0 of " + FILE.length);
    assertThat(events.last).isEqualTo(FILE.length);
    assertThat(events.done).containsExactly(folder.resolve(PACKED));
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

  /** Mirrors may pack as they like: only the content counts. */
  @Test
  void unpackedContentIsAsGood() throws IOException {
    download(server.serving("raw", Map.of(PACKED, CONTENT)));
    assertThat(Idx.read(folder.resolve(PACKED)).size()).isEqualTo(200_000);
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
}
