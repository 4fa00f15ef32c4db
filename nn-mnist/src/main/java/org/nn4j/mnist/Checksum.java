package org.nn4j.mnist;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nn4j.io.FileAccess;

/**
 * The known fingerprint of a file.
 *
 * @param algorithm such as {@code "SHA-256"}
 * @param ofContent whether it is that of the decompressed content, which any gzip of it has; else
 *     of the bytes of the file
 * @param hex its value
 */
record Checksum(String algorithm, boolean ofContent, String hex) {
  private static final int CHUNK = 1 << 16;

  static Checksum sha256OfContent(String hex) {
    return new Checksum("SHA-256", true, hex);
  }

  static Checksum md5OfFile(String hex) {
    return new Checksum("MD5", false, hex);
  }

  /** The value that a file has, raw or gzip. */
  String valueOf(Path file) throws IOException {
    MessageDigest digest = digest();
    FileAccess.requireReadable(file);
    try (BufferedInputStream raw = Gzip.buffered(Files.newInputStream(file));
        InputStream bytes = ofContent && Gzip.startsAsGzip(raw) ? Gzip.decompressed(raw) : raw) {
      byte[] chunk = new byte[CHUNK];
      for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return algorithm + (ofContent ? " of the decompressed content " : " ") + hex;
  }
}
