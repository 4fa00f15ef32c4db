package org.nn4j.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The project's documents and sources, which tests hold to each other. */
final class Document {
  /** Tests run in the folder of their module. */
  static final Path ROOT = Path.of("..");

  private Document() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(String file) {
    return read(ROOT.resolve(file));
  }

  static List<MatchResult> find(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().toList();
  }
}
