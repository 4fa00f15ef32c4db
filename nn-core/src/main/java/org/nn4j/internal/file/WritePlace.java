package org.nn4j.internal.file;

import static org.nn4j.internal.file.FileChecks.reason;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Place of a file to be written, checked as far as possible without writing.
 *
 * @param path where the file lies, after all symbolic links; it need not exist
 * @param exists whether a file is there
 */
public record WritePlace(Path path, boolean exists) {
  private static final int MAX_LINKS = 40;
  private static final String A_FILE = "a file that can be written";
  private static final String OTHER_FILE = "name another file";
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final int OCTAL = 8;
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /**
   * Checks a path.
   *
   * @throws IOException if no regular file can be made or replaced there; the message names the
   *     path as it was given
   */
  public static WritePlace of(Path file) throws IOException {
    Path place = follow(file);
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      requireFolder(file, place);
      return new WritePlace(place, false);
    } catch (IOException e) {
      requireFolder(file, place);
      throw FileChecks.refused(file, "a name that the file system takes", e, "shorten the name");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, reason(A_FILE, FileChecks.kind(attributes), OTHER_FILE));
    }
    if (!Files.isWritable(place)) {
      throw new AccessDeniedException(
          file.toString(), null, reason(A_FILE, "no permission", "change the file's permissions"));
    }
    return new WritePlace(place, true);
  }

  /** Checks that another file can be moved over the file that is there, if one is. */
  void requireReplaceable(Path file) throws IOException {
    if (exists && isMounted(path)) {
      throw new FileSystemException(
          file.toString(),
          null,
          reason(
              "a file that another one can replace",
              "one that is mounted by itself",
              "mount its folder instead"));
    }
  }

  private static Path follow(Path file) throws IOException {
    Path place = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(place); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemException(
            file.toString(), null, reason(A_FILE, "symbolic links in a circle", OTHER_FILE));
      }
      place = place.resolveSibling(Files.readSymbolicLink(place));
    }
    return place;
  }

  private static void requireFolder(Path file, Path place) throws IOException {
    Path folder = place.getParent();
    if (folder == null || Files.isDirectory(folder)) {
      return;
    }
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    boolean missing = Files.isDirectory(there) || !Files.exists(there);
    throw new NoSuchFileException(
        file.toString(),
        null,
        missing
            ? reason("an existing folder", "no folder " + folder, "create the folder")
            : reason("a folder at " + there, "something else", "correct the path"));
  }

  /**
   * Returns whether a single file is a mount point, as in containers: it can be written, but no
   * other file can be moved over it. False if the system has no list of mount points.
   */
  static boolean isMounted(Path file) {
    if (file.getFileSystem() != FileSystems.getDefault() || !Files.isReadable(MOUNTS)) {
      return false;
    }
    try {
      return isMounted(Files.readString(MOUNTS), file.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Searches a list of mounts. The fields of a line are two numbers, the device, the root, the
   * place, and others.
   */
  static boolean isMounted(String list, Path file) {
    return list.lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > MOUNT_POINT)
        .anyMatch(fields -> unescaped(fields[MOUNT_POINT]).equals(file.toString()));
  }

  /** Special characters are a backslash and three octal digits. */
  private static String unescaped(String place) {
    return ESCAPE.matcher(place).replaceAll(WritePlace::character);
  }

  private static String character(MatchResult escape) {
    char character = (char) Integer.parseInt(escape.group(1), OCTAL);
    return character == '\\' ? "\\\\" : String.valueOf(character);
  }
}
