package org.nn4j.internal.download;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.nn4j.Require;
import org.nn4j.io.FileAccess;
import org.nn4j.mnist.DownloadListener;

/**
 * Download of one file from the first mirror that sends it complete.
 *
 * <p>An interrupted transfer resumes from the same mirror as long as each attempt transfers bytes;
 * then the next mirror is tried. A partial file is never continued from another mirror, because
 * mirrors may compress the same content differently. A file that fails verification is deleted, and
 * downloaded once more if it came from several attempts.
 */
final class FileDownload {
  private static final int MAX_ATTEMPTS = 5;

  private final RemoteFile file;
  private final Path folder;
  private final HttpTransfer transfer;
  private final DownloadListener listener;

  /** Empty for the holder of the folder lock, whose partial files another run resumes. */
  private final String owner;

  FileDownload(
      RemoteFile file,
      Path folder,
      boolean locked,
      HttpTransfer transfer,
      DownloadListener listener) {
    this.file = file;
    this.folder = folder;
    this.transfer = transfer;
    this.listener = listener;
    this.owner = locked ? "" : "." + UUID.randomUUID();
  }

  /** Downloads the file into the folder. */
  void run(List<URI> mirrors) throws IOException {
    List<IOException> failures = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    boolean done = false;
    try {
      for (URI mirror : mirrors) {
        URI source = mirror.resolve(file.name());
        try {
          fetch(source);
          done = true;
          return;
        } catch (InterruptedIOException interrupt) {
          throw interrupt;
        } catch (IOException e) {
          failures.add(e);
          reasons.add(source + ": " + reason(e));
        }
      }
    } finally {
      removeParts(mirrors, done);
    }
    IOException error =
        new IOException(
            Require.message(
                "Download",
                file.name() + " from one of its mirrors",
                String.join("; ", reasons),
                "check the network and its proxy (-Dhttps.proxyHost, -Dhttps.proxyPort), or put the"
                    + " file into "
                    + folder));
    failures.forEach(error::addSuppressed);
    throw error;
  }

  private void fetch(URI source) throws IOException {
    Path part = part(source);
    Path place = folder.resolve(file.name());
    FileAccess.requireWritable(place);
    for (int attempt = 1; ; attempt++) {
      long before = size(part);
      try {
        transfer.fetch(source, part, file.mostBytes(), listener);
        if (isSound(part, before > 0, source)) {
          Files.move(part, place, ATOMIC_MOVE);
          listener.onDone(place);
          return;
        }
      } catch (InterruptedIOException interrupt) {
        throw interrupt;
      } catch (IOException e) {
        listener.onFailure(source, e);
        if (attempt >= MAX_ATTEMPTS || size(part) <= before) {
          throw e;
        }
      }
    }
  }

  /**
   * Verifies the file. Deletes an invalid one, and returns false if another attempt may succeed.
   */
  private boolean isSound(Path part, boolean resumed, URI source) throws IOException {
    try {
      file.verify(part, true);
      return true;
    } catch (ClosedByInterruptException e) {
      throw TimedBody.interrupted(e);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      if (!resumed) {
        throw e;
      }
      listener.onFailure(source, e);
      return false;
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Returns one path for each source; {@link String#hashCode} is the same in every process. */
  private Path part(URI source) {
    String from = Integer.toHexString(source.toString().hashCode());
    return folder.resolve(file.name() + "." + from + owner + ".part");
  }

  /** Deletes partial files unless another run can resume them. */
  private void removeParts(List<URI> mirrors, boolean done) throws IOException {
    if (done || !owner.isEmpty()) {
      for (URI mirror : mirrors) {
        Files.deleteIfExists(part(mirror.resolve(file.name())));
      }
    }
  }

  /** Returns the message, or the name of an exception without one. */
  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
