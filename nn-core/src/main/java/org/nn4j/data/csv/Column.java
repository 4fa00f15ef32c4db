package org.nn4j.data.csv;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * A column as a user calls it.
 *
 * @param name in the header, or null
 * @param index from 0, if there is no name
 */
record Column(@Nullable String name, int index) {
  static Column named(String name) {
    return new Column(Objects.requireNonNull(name), -1);
  }

  static Column at(int index) {
    Require.that(index >= 0, "CsvFormat", "an index of a column, from 0", index);
    return new Column(null, index);
  }

  boolean isIndex() {
    return name == null;
  }

  /** Where it is among columns of these names; −1 if nowhere. */
  int in(List<String> names) {
    if (name == null) {
      return index < names.size() ? index : -1;
    }
    return names.indexOf(name);
  }

  @Override
  public String toString() {
    return name == null ? "column " + index : "column '" + name + "'";
  }
}
