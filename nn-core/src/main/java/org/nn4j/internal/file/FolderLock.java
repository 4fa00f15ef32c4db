package org.nn4j.internal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * Lock of a folder against other threads and processes that lock it.
 *
 * <p>It is a lock of the operating system on the file {@code .lock} of the folder, and ends with
 * the process at the latest. The file stays; it contains the number of the last process. A file
 * with other content, and a symbolic link, belong to another program and are not opened for
 * writing. One owner may lock a folder several times. Thread-safe.
 */
public final class FolderLock implements Closeable {
  private static final String FILE = ".lock";

  /** Number of a process. Empty if one was killed before it wrote its own. */
  private static final Pattern CONTENT = Pattern.compile("([0-9]{1,10})?\\R?");

  private static final int MAX_CONTENT = 12;

  /** Far beyond the content, which other processes read while the lock is held. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * Locks of this process, checked before the file: closing a second stream to the file would
   * release the lock of the first.
   */
  private static final Map<Path, Held> HELD_HERE = new HashMap<>();

  /** A lock of this process. */
  private static final class Held {
    private final Object owner;
    private final RandomAccessFile file;
    private int count = 1;

    Held(Object owner, RandomAccessFile file) {
      this.owner = owner;
      this.file = file;
    }
  }

  private final Path folder;
  private boolean closed;

  private FolderLock(Path folder) {
    this.folder = folder;
  }

  /**
   * Locks a folder, or returns at once.
   *
   * @param folder an existing folder
   * @param owner the owner of the lock, compared by identity
   * @return the lock; empty if another owner or process holds it
   * @throws FileAlreadyExistsException if the folder has a {@code .lock} of another program
   * @throws IOException if the folder does not exist, its lock file cannot be written, or the file
   *     system has no locks
   */
  public static Optional<FolderLock> tryLock(Path folder, Object owner) throws IOException {
    Require.notNull(folder, "FolderLock", "folder");
    Require.notNull(owner, "FolderLock", "owner");
    Path real = folder.toRealPath();
    synchronized (HELD_HERE) {
      Held held = HELD_HERE.get(real);
      if (held != null && held.owner != owner) {
        return Optional.empty();
      }
      if (held != null) {
        held.count++;
        return Optional.of(new FolderLock(real));
      }
      RandomAccessFile file = lockFile(real);
      if (file == null) {
        return Optional.empty();
      }
      HELD_HERE.put(real, new Held(owner, file));
      return Optional.of(new FolderLock(real));
    }
  }

  /** Not a channel alone: an interrupted thread could not write with it. */
  private static @Nullable RandomAccessFile lockFile(Path folder) throws IOException {
    if (folder.getFileSystem() != FileSystems.getDefault()) {
      throw new IOException("a file system without locks");
    }
    Path path = folder.resolve(FILE);
    requireRegular(path);
    WritePlace.of(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean held = false;
    try {
      if (file.getChannel().tryLock(LOCKED_BYTE, 1, false) == null) {
        return null;
      }
      requireNumber(path, file);
      file.setLength(0); // first: a killed process leaves no mixture of two numbers
      file.write((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII));
      held = true;
      return file;
    } catch (OverlappingFileLockException ofAnotherClassLoader) {
      return null;
    } finally {
      if (!held) {
        file.close();
      }
    }
  }

  private static void requireRegular(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw ofAnotherProgram(path, "a symbolic link");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      throw ofAnotherProgram(path, FileChecks.kind(attributes));
    }
  }

  private static void requireNumber(Path path, RandomAccessFile file) throws IOException {
    byte[] content = new byte[(int) Math.min(file.length(), MAX_CONTENT + 1)];
    file.readFully(content);
    if (!CONTENT.matcher(new String(content, US_ASCII)).matches()) {
      throw ofAnotherProgram(path, "other content");
    }
    file.seek(0);
  }

  private static IOException ofAnotherProgram(Path path, String found) {
    String expected = "the number of a process that locks the folder";
    return new FileAlreadyExistsException(
        path.toString(),
        null,
        FileChecks.reason(expected, found, "use another folder, or move this file away"));
  }

  /**
   * Returns the process that holds the lock of a folder, or held it last.
   *
   * @param folder the folder
   * @return its number; empty if unknown
   */
  public static Optional<String> holder(Path folder) {
    Require.notNull(folder, "FolderLock", "folder");
    try {
      Path real = folder.toRealPath();
      synchronized (HELD_HERE) {
        if (HELD_HERE.containsKey(real)) {
          return Optional.of(String.valueOf(ProcessHandle.current().pid()));
        }
        Path file = real.resolve(FILE);
        FileChecks.requireReadable(file);
        try (InputStream in = Files.newInputStream(file)) {
          Matcher content = CONTENT.matcher(new String(in.readNBytes(MAX_CONTENT + 1), US_ASCII));
          return content.matches() ? Optional.ofNullable(content.group(1)) : Optional.empty();
        }
      }
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Releases the lock. The file stays: if it were deleted, two processes could lock different
   * files.
   */
  @Override
  public void close() throws IOException {
    synchronized (HELD_HERE) {
      Held held = HELD_HERE.get(folder);
      if (!closed && held != null) {
        closed = true;
        held.count--;
        if (held.count == 0) {
          HELD_HERE.remove(folder);
          held.file.close();
        }
      }
    }
  }
}
