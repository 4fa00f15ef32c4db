package org.nn4j;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lists of things in messages, which stay short however many things there are. */
final class Listing {
  private static final int MAX_THINGS = 20;
  static final int MAX_LENGTH = 200;

  private Listing() {}

  static String of(Collection<?> things, String separator) {
    String some =
        things.stream()
            .limit(MAX_THINGS)
            .map(thing -> shortened(String.valueOf(thing), MAX_LENGTH))
            .collect(Collectors.joining(separator));
    int more = things.size() - MAX_THINGS;
    return more > 0 ? some + String.format(Locale.ROOT, " and %,d more", more) : some;
  }

  /** The first characters of a text, and how many it has, if it is longer. */
  static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end)
        + String.format(Locale.ROOT, "... (%,d characters)", text.length());
  }
}
