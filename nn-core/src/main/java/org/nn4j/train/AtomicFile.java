package org.nn4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Text files that are complete or not there. */
final class AtomicFile {
  private AtomicFile() {}

  static void write(Path file, String text) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = Objects.requireNonNull(target.getParent(), "a file, not the root");
    Path sibling = Files.createTempFile(directory, target.getFileName() + ".", ".tmp");
    try {
      Files.writeString(sibling, text);
      Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sibling);
    }
  }
}
