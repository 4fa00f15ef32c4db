package org.nn4j.data.csv;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nn4j.Require;

/**
 * Roles of columns: those set by the user, which take precedence, and inferred ones.
 *
 * @param given by name
 * @param inferred in the order of the file; empty if nothing was inferred
 */
record Roles(Map<String, ColumnRole> given, List<Inferred> inferred) {
  static final Roles NONE = new Roles(Map.of(), List.of());

  /**
   * Inferred role of a column.
   *
   * @param column its name
   * @param role the role
   * @param found what the file has there
   * @param different number of different strings, such as {@code 3} or {@code over 100}
   */
  record Inferred(String column, ColumnRole role, String found, String different) {}

  Roles with(String column, ColumnRole role) {
    ColumnRole before = given.get(column);
    Require.that(
        before == null,
        "CsvFormat",
        "one role for column '" + column + "'",
        before + ", and " + role,
        "assign one role to each column");
    boolean contradicts =
        given.values().stream()
            .anyMatch(
                other ->
                    (other.isLabel() && role.isTarget()) || (other.isTarget() && role.isLabel()));
    Require.that(
        !contradicts,
        "CsvFormat",
        "one label, or targets that are numbers",
        role + " as well",
        "choose either one label, or target columns");
    Map<String, ColumnRole> more = new LinkedHashMap<>(given);
    more.put(column, role);
    return new Roles(Collections.unmodifiableMap(more), inferred);
  }

  /** Returns the role of a column. */
  ColumnRole role(String name) {
    ColumnRole ofUser = given.get(name);
    return ofUser != null ? ofUser : otherwise(name);
  }

  private ColumnRole otherwise(String name) {
    return inferred(name).map(Inferred::role).orElse(new ColumnRole.Numeric());
  }

  private Optional<Inferred> inferred(String name) {
    return inferred.stream().filter(column -> column.column().equals(name)).findFirst();
  }

  boolean hasTarget() {
    return given.values().stream().anyMatch(ColumnRole::isTarget);
  }

  /** Returns whether a column is ignored. */
  boolean ignores(String column) {
    return role(column) instanceof ColumnRole.Ignored;
  }

  @Override
  public String toString() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Inferred column : inferred) {
      lines.put(column.column(), column.role() + " (" + column.found() + ")");
    }
    given.forEach((column, role) -> lines.put(column, role + classes(column, role)));
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (column, line) ->
            text.append("column '").append(column).append("': ").append(line).append('\n'));
    return text.toString();
  }

  /** Returns the number of classes of a label if it is set or was inferred. */
  private String classes(String column, ColumnRole role) {
    String number = "";
    if (role instanceof ColumnRole.LabelNumber label) {
      number = String.valueOf(label.classes());
    } else if (role instanceof ColumnRole.Label label && !label.classes().isEmpty()) {
      number = String.valueOf(label.classes().size());
    } else if (role.isLabel()) {
      number = inferred(column).map(Inferred::different).orElse("");
    }
    if (number.isEmpty()) {
      return "";
    }
    return ", " + number + (number.equals("1") ? " class" : " classes");
  }
}
