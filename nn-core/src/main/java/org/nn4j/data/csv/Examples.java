package org.nn4j.data.csv;

import java.util.Collection;
import java.util.List;

/** Lists of a column's strings, which are short and contain whole strings only. */
final class Examples {
  private static final int MAX_LISTED = 8;
  private static final int MAX_LENGTH = 40;
  private static final int SOME = 3;

  private Examples() {}

  /** Returns the sorted strings, or their number and a few if they are many or long. */
  static String all(Collection<String> strings) {
    boolean fits =
        strings.size() <= MAX_LISTED
            && strings.stream().allMatch(string -> string.length() <= MAX_LENGTH);
    return fits
        ? String.join(", ", strings.stream().sorted().toList())
        : (strings.size() == 1 ? "1 string" : strings.size() + " different strings")
            + suchAs(strings);
  }

  /** Returns a few short strings; an empty string if there are only long ones. */
  static String suchAs(Collection<String> strings) {
    List<String> few =
        strings.stream()
            .filter(string -> string.length() <= MAX_LENGTH)
            .sorted()
            .limit(SOME)
            .toList();
    return few.isEmpty() ? "" : ", such as " + String.join(", ", few);
  }
}
