package org.nn4j.internal.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nn4j.Require;

/**
 * File that is written completely or not at all.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.create(path)) {
 *   content.transferTo(file.out());
 *   file.commit();
 * }
 * }</pre>
 *
 * <p>The content goes to a hidden file beside the target, {@code .name.<16 hexadecimal
 * digits>.tmp}, is forced to the disk, and is then moved into place in one step. A failure, or the
 * end of the process at any moment, leaves the old file unchanged; only a killed process leaves the
 * hidden file behind. A symbolic link is kept, and its target is replaced. The new file has the
 * permissions of the old one, and its owner and group where the user may set them. On file systems
 * other than the default one the move may not be atomic.
 *
 * <p>Not thread-safe. Of two writers of one file, the last one wins.
 */
public final class AtomicFile implements Closeable {
  private static final String ENDING = ".tmp";
  private static final Pattern HIDDEN =
      Pattern.compile("\\.(.+)\\.[0-9a-f]{16}" + Pattern.quote(ENDING));

  private final Path file;
  private final WritePlace target;
  private final Path hidden;
  private final OutputStream out;

  private AtomicFile(Path file, WritePlace target, Path hidden, OutputStream out) {
    this.file = file;
    this.target = target;
    this.hidden = hidden;
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param file the file; an existing one is replaced
   * @return the file, to be filled, committed and closed
   * @throws java.nio.file.NoSuchFileException if there is no such folder
   * @throws java.nio.file.FileSystemException if the folder cannot be written to, the file system
   *     refuses the name, or there is something else than a regular file
   */
  public static AtomicFile create(Path file) throws IOException {
    Require.notNull(file, "AtomicFile.create", "file");
    WritePlace target = WritePlace.of(file);
    target.requireReplaceable(file);
    String name =
        "."
            + ShortName.of(String.valueOf(target.path().getFileName()))
            + "."
            + HexFormat.of().toHexDigits(UUID.randomUUID().getLeastSignificantBits())
            + ENDING;
    Path hidden = target.path().resolveSibling(name);
    try {
      // Not Files.createTempFile, whose files only their owner may read.
      if (target.exists()) {
        FileRights.createPrivate(hidden);
      } else {
        Files.createFile(hidden);
      }
    } catch (IOException e) {
      throw FileChecks.refused(
          file,
          "a folder that takes new files",
          e,
          "change the permissions of the folder, or take another one");
    }
    try {
      OutputStream out = open(hidden);
      if (target.exists()) {
        FileRights.copy(target.path(), hidden);
      }
      return new AtomicFile(file, target, hidden, out);
    } catch (IOException e) {
      Files.deleteIfExists(hidden);
      throw failed(file, e);
    }
  }

  /** Not a channel: an interrupted thread, which may be saving its last state, could not write. */
  private static OutputStream open(Path hidden) throws IOException {
    return isDefault(hidden)
        ? new FileOutputStream(hidden.toFile())
        : Files.newOutputStream(hidden);
  }

  private static boolean isDefault(Path path) {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  private static IOException failed(Path file, IOException cause) {
    return FileChecks.refused(
        file, "to write the whole file", cause, "make room there, or name another place");
  }

  /**
   * Returns the stream for the content.
   *
   * @return a stream without a buffer; closing it is not needed, and too early before {@link
   *     #commit}
   */
  public OutputStream out() {
    return new NamedOutput(out, e -> failed(file, e));
  }

  /**
   * Moves the file into place and replaces an existing one.
   *
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void commit() throws IOException {
    try {
      if (out instanceof FileOutputStream stream) {
        // Before the move, so that a loss of power cannot leave an empty file in the place.
        stream.getFD().sync();
      }
      out.close();
      move();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void move() throws IOException {
    try {
      Files.move(
          hidden,
          target.path(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      if (isDefault(hidden)) {
        throw new IOException(e.getMessage(), e);
      }
      Files.move(hidden, target.path(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Deletes a file that was not committed.
   *
   * @throws IOException if the hidden file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  /** Stream whose exceptions name the file. */
  static final class NamedOutput extends FilterOutputStream {
    private final UnaryOperator<IOException> words;

    NamedOutput(OutputStream out, UnaryOperator<IOException> words) {
      super(out);
      this.words = words;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw words.apply(e);
      }
    }
  }

  /** Writer of the content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param out buffered; the caller closes it
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a whole file.
   *
   * @param file the file; an existing one is replaced
   * @param content what to write
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public static void write(Path file, Content content) throws IOException {
    Require.notNull(content, "AtomicFile.write", "content");
    try (AtomicFile whole = create(file)) {
      BufferedOutputStream buffered = new BufferedOutputStream(whole.out());
      content.writeTo(buffered);
      buffered.flush();
      whole.commit();
    }
  }

  /**
   * Deletes the hidden files that killed processes left behind. Not while another process may be
   * writing these files.
   *
   * @param folder the folder of the files
   * @param names the names of these files
   * @throws IOException if the folder cannot be read, or a hidden file not be deleted
   */
  public static void deleteLeftovers(Path folder, Pattern names) throws IOException {
    Require.notNull(folder, "AtomicFile.deleteLeftovers", "folder");
    Require.notNull(names, "AtomicFile.deleteLeftovers", "names");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      for (Path file : files) {
        Matcher parts = HIDDEN.matcher(String.valueOf(file.getFileName()));
        if (parts.matches()
            && isOneOf(names, parts.group(1))
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOneOf(Pattern names, String name) {
    Matcher matcher = names.matcher(name);
    return matcher.matches() || (ShortName.mayBeCut(name) && matcher.hitEnd());
  }
}
