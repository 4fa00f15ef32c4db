package org.nn4j.io;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.Texts;

/** Comparison of two {@link Settings}, value by value. */
final class SettingsComparison {
  private final List<String> lines = new ArrayList<>();

  private SettingsComparison() {}

  /** Returns a line for each value that differs, with its path. */
  static List<String> differences(Settings expected, Settings found) {
    SettingsComparison comparison = new SettingsComparison();
    comparison.compare("", expected, found);
    return comparison.lines;
  }

  private void compare(String path, @Nullable Object expected, @Nullable Object found) {
    if (expected instanceof Settings ours && found instanceof Settings theirs) {
      Set<String> names = new LinkedHashSet<>(ours.names());
      names.addAll(theirs.names());
      String prefix = path.isEmpty() ? "" : path + ".";
      for (String name : names) {
        compare(prefix + name, ours.values().get(name), theirs.values().get(name));
      }
    } else if (expected instanceof List<?> ours
        && found instanceof List<?> theirs
        && ours.size() == theirs.size()
        && ours.stream().allMatch(Settings.class::isInstance)) {
      for (int i = 0; i < ours.size(); i++) {
        compare(path + "." + i, ours.get(i), theirs.get(i));
      }
    } else if (expected == null || !(expected.equals(found) || isRounded(expected, found))) {
      lines.add(
          Texts.brief(path) + ": expected " + describe(expected) + ", found " + describe(found));
    }
  }

  /** An integer of a file that was read as a double, which holds 53 bits of it. */
  private static boolean isRounded(Object expected, @Nullable Object found) {
    return expected instanceof Double number
        && found instanceof Long integer
        && number == integer.doubleValue();
  }

  private static String describe(@Nullable Object value) {
    return value == null ? "none" : Texts.brief(value);
  }
}
