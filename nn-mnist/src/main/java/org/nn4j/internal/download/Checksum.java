package org.nn4j.internal.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nn4j.io.FileAccess;

/**
 * Known checksum of a file.
 *
 * @param algorithm such as {@code "SHA-256"}
 * @param ofContent true for the checksum of the decompressed content, independent of the
 *     compression; false for that of the bytes of the file
 * @param hex the expected value
 */
public record Checksum(String algorithm, boolean ofContent, String hex) {
  private static final int CHUNK = 1 << 16;

  /**
   * Returns a checksum of the decompressed content.
   *
   * @param hex the SHA-256
   * @return the checksum
   */
  public static Checksum sha256OfContent(String hex) {
    return new Checksum("SHA-256", true, hex);
  }

  /**
   * Returns a checksum of the file on the mirror.
   *
   * @param hex the MD5
   * @return the checksum
   */
  public static Checksum md5OfFile(String hex) {
    return new Checksum("MD5", false, hex);
  }

  /**
   * Computes the checksum of a file, raw or gzip.
   *
   * @param file the file
   * @return its value
   * @throws IOException if the file cannot be read
   */
  public String valueOf(Path file) throws IOException {
    MessageDigest digest = digest();
    FileAccess.requireReadable(file);
    try (InputStream raw = Files.newInputStream(file);
        InputStream bytes = ofContent ? Gzip.decompressed(raw) : raw) {
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
