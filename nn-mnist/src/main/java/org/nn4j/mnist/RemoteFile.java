package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * A file as mirrors offer it.
 *
 * @param name its name there, and here
 * @param mostBytes what it is never larger than: a mirror that sends more is not believed
 * @param checksum its fingerprint, where one is known for certain
 */
record RemoteFile(String name, long mostBytes, @Nullable Checksum checksum) {
  private static final String GZIP = ".gz";

  /** An IDX file that is packed with gzip. */
  static RemoteFile idx(String plainName, @Nullable Checksum checksum) {
    return new RemoteFile(plainName + GZIP, 1L << 28, checksum);
  }

  /** A ZIP file of files of half a gigabyte or so. */
  static RemoteFile archive(String name, Checksum checksum) {
    return new RemoteFile(name, 1L << 30, checksum);
  }

  /** The name without {@code .gz}. */
  String plainName() {
    return isIdx() ? name.substring(0, name.length() - GZIP.length()) : name;
  }

  private boolean isIdx() {
    return name.endsWith(GZIP);
  }

  /**
   * Checks all that can be known of a file that should be this one, which for an IDX file also is
   * that its header and its elements agree.
   *
   * @param file the file to check
   * @param asSent whether it stands as it was sent; one unpacked by the user has no fingerprint of
   *     the packed file
   * @throws IOException if it is not this file
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
                file.toString(), checksum.toString(), found, "the file is another or damaged"));
      }
    }
  }
}
