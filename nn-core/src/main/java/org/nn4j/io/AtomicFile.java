package org.nn4j.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a whole file or none.
 *
 * <p>The content goes to a hidden sibling, {@code .name.<unique>.tmp}, is forced to the disk, and
 * is then moved into place in one step. A failure, or the end of the process at any moment, leaves
 * the old file as it was; only a process that is killed leaves the sibling behind. Thread-safe: of
 * two writers of one file the last one wins.
 */
public final class AtomicFile {
  private static final String ENDING = ".tmp";
  private static final Pattern SIBLING =
      Pattern.compile("\\.(.+)\\.[0-9a-f-]{36}" + Pattern.quote(ENDING));

  private AtomicFile() {}

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out buffered; the caller closes it
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file of the default file system; one that a symbolic link points to is written where
   * it lies.
   *
   * @param file the file to make or to replace
   * @param content what to write
   * @throws IOException if it cannot be written; the old file is then as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path sibling =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ENDING);
    try {
      // Not a channel: an interrupted thread, which may be saving its last state, could not write.
      try (FileOutputStream bytes = new FileOutputStream(sibling.toFile());
          OutputStream out = new BufferedOutputStream(bytes)) {
        content.writeTo(out);
        out.flush();
        bytes.getFD().sync();
      }
      Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sibling);
    }
  }

  /**
   * Deletes the hidden siblings that processes left which were killed while they wrote. Not while
   * another process may be writing these files.
   *
   * @param folder the folder of the files
   * @param name whether a name is one of these files
   * @throws IOException if the folder cannot be read, or a sibling not be deleted
   */
  public static void deleteLeftovers(Path folder, Predicate<String> name) throws IOException {
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      for (Path sibling : siblings) {
        Matcher parts = SIBLING.matcher(String.valueOf(sibling.getFileName()));
        if (parts.matches() && name.test(parts.group(1))) {
          Files.deleteIfExists(sibling);
        }
      }
    }
  }
}
