package org.nn4j.internal.download;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.mnist.IdxReader;

/**
 * File on mirrors.
 *
 * @param name its name on the mirror and on disk
 * @param mostBytes an upper limit of its size; a mirror that sends more is refused
 * @param checksum its checksum, or null if none is published
 */
public record RemoteFile(String name, long mostBytes, @Nullable Checksum checksum) {
  private static final String GZIP = ".gz";

  /**
   * Returns a gzip file of IDX content.
   *
   * @param plainName its name without {@code .gz}
   * @param checksum its checksum, or null
   * @return the file
   */
  public static RemoteFile idx(String plainName, @Nullable Checksum checksum) {
    return new RemoteFile(plainName + GZIP, 1L << 28, checksum);
  }

  /**
   * Returns a ZIP file.
   *
   * @param name its name
   * @param checksum its checksum
   * @return the file
   */
  public static RemoteFile archive(String name, Checksum checksum) {
    return new RemoteFile(name, 1L << 30, checksum);
  }

  /**
   * Returns the name without {@code .gz}.
   *
   * @return the name of the unpacked file
   */
  public String plainName() {
    return isIdx() ? name.substring(0, name.length() - GZIP.length()) : name;
  }

  private boolean isIdx() {
    return name.endsWith(GZIP);
  }

  /**
   * Checks that a file has the checksum, and that the header of an IDX file agrees with its
   * elements.
   *
   * @param file the file to check
   * @param asSent false for a decompressed file, to which the checksum of the compressed file does
   *     not apply
   * @throws IOException if a check fails
   */
  void verify(Path file, boolean asSent) throws IOException {
    if (isIdx()) {
      try (IdxReader reader = IdxReader.open(file)) {
        reader.skip(reader.remaining());
      }
    }
    if (checksum != null && (asSent || checksum.ofContent())) {
      String found = checksum.valueOf(file);
      if (!found.equals(checksum.hex())) {
        throw new IOException(
            Require.message(
                file.toString(), checksum.toString(), found, "download the file again"));
      }
    }
  }
}
