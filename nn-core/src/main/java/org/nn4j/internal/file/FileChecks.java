package org.nn4j.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Checks of files that are read, and the messages of all file checks. Thread-safe. */
public final class FileChecks {
  private FileChecks() {}

  /**
   * Checks that a path leads to a regular file that can be read. Opening a named pipe would block
   * until a program writes to it.
   *
   * @throws FileSystemException if there is none, it is of another kind, or the user may not read
   *     it
   */
  public static void requireReadable(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw because(
          new NoSuchFileException(
              file.toString(),
              null,
              reason(
                  "a regular file",
                  file.isAbsolute() ? "none" : "none at " + file.toAbsolutePath(),
                  "correct the path")),
          e);
    } catch (IOException e) {
      throw refused(file, "a regular file", e, "correct the path");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, reason("a regular file", kind(attributes), "correct the path"));
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(
          file.toString(),
          null,
          reason("a file that this user may read", "no permission", "change its permissions"));
    }
  }

  /** Returns the kind of a file that is not regular. */
  static String kind(BasicFileAttributes attributes) {
    return attributes.isDirectory() ? "a folder" : "a named pipe, a socket or a device";
  }

  /** Returns the reason of a {@link FileSystemException}, whose message puts the path before it. */
  public static String reason(String expected, String found, String remedy) {
    return "expected " + expected + ", found " + found + "; " + remedy;
  }

  /** Returns the exception of the file system for the file that the user named. */
  public static FileSystemException refused(
      Path file, String expected, IOException cause, String remedy) {
    boolean denied = cause instanceof AccessDeniedException;
    String detail = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
    String found =
        denied ? "no permission" : detail == null ? cause.toString() : "'" + detail + "'";
    String reason = reason(expected, found, remedy);
    return because(
        denied
            ? new AccessDeniedException(file.toString(), null, reason)
            : new FileSystemException(file.toString(), null, reason),
        cause);
  }

  /** Adds the cause. */
  public static <E extends FileSystemException> E because(E detail, IOException cause) {
    detail.initCause(cause);
    return detail;
  }
}
