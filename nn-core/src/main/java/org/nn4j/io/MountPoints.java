package org.nn4j.io;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The places at which Linux has something mounted. A file that is mounted by itself, as containers
 * do with a single file, can be written, but no other file can be moved over it.
 */
final class MountPoints {
  private static final Path LIST = Path.of("/proc/self/mountinfo");
  private static final int PLACE = 4;
  private static final int OCTAL = 8;
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private MountPoints() {}

  /** Whether a file is one of them; false where the system has no such list. */
  static boolean contain(Path file) {
    if (file.getFileSystem() != FileSystems.getDefault() || !Files.isReadable(LIST)) {
      return false;
    }
    try {
      return contain(Files.readString(LIST), file.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /** The fields of a line: two numbers, the device, the root, the place, and others. */
  static boolean contain(String list, Path file) {
    return list.lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > PLACE)
        .anyMatch(fields -> unescaped(fields[PLACE]).equals(file.toString()));
  }

  /** Spaces and the like stand there as a backslash and three octal digits. */
  private static String unescaped(String place) {
    return ESCAPE.matcher(place).replaceAll(MountPoints::character);
  }

  private static String character(MatchResult escape) {
    char character = (char) Integer.parseInt(escape.group(1), OCTAL);
    return character == '\\' ? "\\\\" : String.valueOf(character);
  }
}
