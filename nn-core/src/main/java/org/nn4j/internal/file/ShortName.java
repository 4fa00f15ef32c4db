package org.nn4j.internal.file;

import java.nio.charset.StandardCharsets;

/** Beginning of a file name, short enough to append to. */
public final class ShortName {
  /** File systems allow 255 bytes or characters, and some that encrypt names allow 143. */
  static final int MAX_BYTES = 64;

  private ShortName() {}

  public static boolean isShort(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  /** Returns whether {@link #of} may have returned this for a longer name. */
  static boolean mayBeCut(String name) {
    return !isShort(name + "\ud83d\ude00");
  }

  /** Returns the name, or as many of its first characters as fit. */
  static String of(String name) {
    int end = name.length();
    while (!isShort(name.substring(0, end))) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }
}
