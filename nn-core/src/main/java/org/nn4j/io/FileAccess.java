package org.nn4j.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.internal.file.FileChecks;
import org.nn4j.internal.file.ShortName;
import org.nn4j.internal.file.WritePlace;

/**
 * Checks of files before work that depends on them.
 *
 * <pre>{@code
 * FileAccess.requireWritable(file);
 * trainer.fit(data); // hours
 * FileAccess.saveOrRescue(file, path -> ModelFiles.save(network, path));
 * }</pre>
 *
 * <p>All exceptions are {@link FileSystemException}s whose {@code getFile()} is the path that was
 * passed. Symbolic links are followed. Thread-safe.
 */
public final class FileAccess {
  private static final String RESCUE_FOLDER = "nn4j-rescued-";

  private FileAccess() {}

  /**
   * Checks that a path leads to a regular file that can be read. Opening a named pipe would block
   * until a program writes to it.
   *
   * @param file the file to read
   * @throws NoSuchFileException if there is none
   * @throws AccessDeniedException if the user may not read it
   * @throws FileSystemException if it is a folder, a named pipe, a socket or a device
   */
  public static void requireReadable(Path file) throws IOException {
    Require.notNull(file, "FileAccess", "file");
    FileChecks.requireReadable(file);
  }

  /**
   * Checks that a file can be written: its folder exists and accepts new files, the file system
   * accepts the name, and an existing file is regular and can be replaced. Creates and deletes a
   * hidden file in the folder; nothing else changes.
   *
   * @param file the file to create or replace
   * @throws NoSuchFileException if there is no such folder
   * @throws AccessDeniedException if the user may not write there
   * @throws FileSystemException if the file cannot be written for another reason
   */
  public static void requireWritable(Path file) throws IOException {
    Require.notNull(file, "FileAccess", "file");
    AtomicFile.create(file).close();
  }

  /**
   * Checks that lines can be appended to a file: it is a regular file that the user may write, or
   * it can be created. Nothing is changed.
   *
   * @param file the file to append to
   * @throws FileSystemException as of {@link #requireWritable}
   */
  public static void requireAppendable(Path file) throws IOException {
    Require.notNull(file, "FileAccess", "file");
    if (!WritePlace.of(file).exists()) {
      requireWritable(file);
    }
  }

  /**
   * Creates a folder and its parents if they do not exist.
   *
   * @param folder the folder
   * @throws FileSystemException if something else is there, or it cannot be created
   */
  public static void makeFolder(Path folder) throws IOException {
    Require.notNull(folder, "FileAccess", "folder");
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw FileChecks.because(
          new FileAlreadyExistsException(
              folder.toString(),
              null,
              FileChecks.reason("a folder", "a file", "name another folder")),
          e);
    } catch (IOException e) {
      throw FileChecks.refused(folder, "a folder that can be made", e, "name another folder");
    }
  }

  /**
   * Writes a file as a whole or not at all. A symbolic link stays, and the file that it leads to is
   * replaced.
   *
   * @param file the file to create or replace
   * @param content its bytes
   * @throws FileSystemException as of {@link #requireWritable}; an existing file is unchanged then
   */
  public static void write(Path file, byte[] content) throws IOException {
    Require.notNull(file, "FileAccess.write", "file");
    Require.notNull(content, "FileAccess.write", "content");
    AtomicFile.write(file, out -> out.write(content));
  }

  /** Function that saves to a file, such as {@code path -> ModelFiles.save(network, path)}. */
  @FunctionalInterface
  public interface Save {
    /**
     * Writes the whole file.
     *
     * @param file the file to create or replace
     * @throws IOException if it cannot be written
     */
    void to(Path file) throws IOException;
  }

  /**
   * Saves to a file or, if that fails, to a file of the same name in a new folder in {@code
   * java.io.tmpdir}.
   *
   * @param file the file to create or replace
   * @param save saves the content to the given file
   * @throws IOException if the file cannot be written; the message contains the path of the rescue
   *     file, if it was written
   */
  public static void saveOrRescue(Path file, Save save) throws IOException {
    Require.notNull(file, "FileAccess", "file");
    Require.notNull(save, "FileAccess", "save");
    try {
      save.to(file);
    } catch (IOException e) {
      Path rescued;
      try {
        rescued = Files.createTempDirectory(RESCUE_FOLDER).resolve(rescueName(file));
        save.to(rescued);
      } catch (IOException second) {
        e.addSuppressed(second);
        throw e;
      }
      throw new IOException(e.getMessage() + "; the content was saved as " + rescued, e);
    }
  }

  /** Returns the same name, or a shorter one if it is too long. */
  private static String rescueName(Path file) {
    String name = String.valueOf(file.getFileName());
    return ShortName.isShort(name) ? name : "rescued.safetensors";
  }
}
