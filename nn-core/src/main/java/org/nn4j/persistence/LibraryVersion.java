package org.nn4j.persistence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this library, which the build writes into a resource. */
final class LibraryVersion {
  private LibraryVersion() {}

  static String get() {
    Properties properties = new Properties();
    try (InputStream in =
        requireNonNull(LibraryVersion.class.getResourceAsStream("library.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
