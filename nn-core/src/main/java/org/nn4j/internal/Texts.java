package org.nn4j.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of messages, shortened if the strings and lists of a file are long. Thread-safe. */
public final class Texts {
  /** End of messages about data types. */
  public static final String SEE_DATA_TYPE = "; see docs/troubleshooting.md#data-type";

  /**
   * Maximum number of characters of a string in a model file: every version of Jackson reads it.
   */
  public static final int MAX_STRING_LENGTH = 5_000_000;

  /** Maximum number of characters of a name in a model file. */
  public static final int MAX_NAME_LENGTH = 50_000;

  private static final int MAX_PART = 10_000;
  private static final int MAX_THINGS = 20;
  private static final int MAX_LENGTH = 200;

  private Texts() {}

  /**
   * Returns a part of a message, cut after 10,000 characters.
   *
   * @param text the part
   * @return the string, or its beginning and its length
   */
  public static String part(@Nullable String text) {
    return shortened(String.valueOf(text), MAX_PART);
  }

  /**
   * Returns the text of an object for a message, cut after 200 characters.
   *
   * @param thing such as a name from a file
   * @return its string, or the beginning and the length
   */
  public static String brief(Object thing) {
    return shortened(String.valueOf(thing), MAX_LENGTH);
  }

  /**
   * Returns a list for a message: at most 20 elements, and the number of the others.
   *
   * @param things the elements; each is cut after 200 characters
   * @return such as {@code "a, b, c and 99,980 more"}
   */
  public static String list(Collection<?> things) {
    return list(things, ", ");
  }

  /**
   * Returns a list for a message, as {@link #list(Collection)} does, with another separator.
   *
   * @param things the elements
   * @param separator the separator
   * @return such as {@code "a; b; c and 99,980 more"}
   */
  public static String list(Collection<?> things, String separator) {
    String some =
        things.stream()
            .limit(MAX_THINGS)
            .map(thing -> shortened(String.valueOf(thing), MAX_LENGTH))
            .collect(Collectors.joining(separator));
    int more = things.size() - MAX_THINGS;
    return more > 0 ? some + String.format(Locale.ROOT, " and %,d more", more) : some;
  }

  /** Returns a string or, if it is too long, its beginning and its length. */
  private static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end)
        + String.format(Locale.ROOT, "... (%,d characters)", text.length());
  }
}
