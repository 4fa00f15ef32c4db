package org.nn4j.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nn4j.Require;

/**
 * A file that comes into being whole or not at all.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.create(path)) {
 *   content.transferTo(file.out());
 *   file.commit();
 * }
 * }</pre>
 *
 * <p>The content goes to a hidden sibling, {@code .name.<unique>.tmp}, is forced to the disk, and
 * is then moved into place in one step. A failure, or the end of the process at any moment, leaves
 * the old file as it was; only a process that is killed leaves the sibling behind. One that a
 * symbolic link points to is written where it lies. Files are those of the default file system. Not
 * thread-safe; of two writers of one file the last one wins.
 */
public final class AtomicFile implements Closeable {
  private static final String ENDING = ".tmp";
  private static final Pattern SIBLING =
      Pattern.compile("\\.(.+)\\.[0-9a-f-]{36}" + Pattern.quote(ENDING));

  private final Path target;
  private final Path sibling;

  /** Not a channel: an interrupted thread, which may be saving its last state, could not write. */
  private final FileOutputStream out;

  private AtomicFile(Path target, Path sibling) throws IOException {
    this.target = target;
    this.sibling = sibling;
    this.out = new FileOutputStream(sibling.toFile());
  }

  /**
   * Begins a file.
   *
   * @param file the file to make or to replace
   * @return it, to be filled, committed and closed
   * @throws IOException if its folder does not exist or cannot be written to
   */
  public static AtomicFile create(Path file) throws IOException {
    Require.notNull(file, "AtomicFile.create", "file");
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
    }
    // Not Files.createTempFile, whose files only their owner may read.
    return new AtomicFile(
        target, folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ENDING));
  }

  /**
   * Takes the content.
   *
   * @return a stream without a buffer; closing it is not needed, and too early before {@link
   *     #commit}
   */
  public OutputStream out() {
    return out;
  }

  /**
   * Puts the file in its place; what stood there is replaced.
   *
   * @throws IOException if it cannot be written; the old file is then as it was
   */
  public void commit() throws IOException {
    // Before the move, so that a loss of power cannot leave an empty file in the place.
    out.getFD().sync();
    out.close();
    Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Leaves nothing behind of a file that was not committed.
   *
   * @throws IOException if its sibling cannot be deleted
   */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(sibling);
  }

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
   * Writes a whole file.
   *
   * @param file the file to make or to replace
   * @param content what to write
   * @throws IOException if it cannot be written; the old file is then as it was
   */
  public static void write(Path file, Content content) throws IOException {
    try (AtomicFile whole = create(file)) {
      BufferedOutputStream buffered = new BufferedOutputStream(whole.out());
      content.writeTo(buffered);
      buffered.flush();
      whole.commit();
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
    Require.notNull(folder, "AtomicFile.deleteLeftovers", "folder");
    Require.notNull(name, "AtomicFile.deleteLeftovers", "name");
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
