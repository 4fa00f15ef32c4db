package org.nn4j.predict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Messages of four parts. Long strings of files and rows are shortened. */
final class Texts {
  private static final int MAX_PART = 10_000;
  private static final int MAX_THINGS = 20;
  private static final int MAX_LENGTH = 200;

  private Texts() {}

  /** {@code "who: expected ..., found ...; remedy"}. */
  static String message(String who, String expected, String found, String remedy) {
    return shortened(who, MAX_PART)
        + ": expected "
        + shortened(expected, MAX_PART)
        + ", found "
        + shortened(found, MAX_PART)
        + "; "
        + shortened(remedy, MAX_PART);
  }

  /** Checks that an argument is not null. */
  static <T> T notNull(T value, String who, String name) {
    if (value == null) {
      throw new NullPointerException(
          message(who, "argument '" + name + "'", "null", "pass a value for '" + name + "'"));
    }
    return value;
  }

  /** Returns the string form of an object, cut after 200 characters. */
  static String brief(Object thing) {
    return shortened(String.valueOf(thing), MAX_LENGTH);
  }

  /** Returns at most 20 objects, and the number of further ones. */
  static String list(Collection<?> things) {
    List<String> some = new ArrayList<>();
    for (Object thing : things) {
      if (some.size() == MAX_THINGS) {
        return join(", ", some) + format(" and %,d more", things.size() - MAX_THINGS);
      }
      some.add(brief(thing));
    }
    return join(", ", some);
  }

  /** {@code String.join}, which old Android versions lack. */
  static String join(String separator, Collection<String> texts) {
    StringBuilder all = new StringBuilder();
    for (String text : texts) {
      all.append(separator).append(text);
    }
    return texts.isEmpty() ? "" : all.substring(separator.length());
  }

  private static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + format("... (%,d characters)", text.length());
  }

  private static String format(String pattern, int number) {
    return String.format(Locale.ROOT, pattern, number);
  }

  /** {@code String.strip}, which old Android versions lack. */
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
