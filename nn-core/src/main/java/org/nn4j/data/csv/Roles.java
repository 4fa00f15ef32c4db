package org.nn4j.data.csv;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

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
   */
  record Inferred(String column, ColumnRole role, String found) {}

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
    return inferred.stream()
        .filter(column -> column.column().equals(name))
        .map(Inferred::role)
        .findFirst()
        .orElse(new ColumnRole.Numeric());
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
      lines.put(column.column(), column.role() + " (" + Texts.brief(column.found()) + ")");
    }
    given.forEach((column, role) -> lines.put(column, role.toString()));
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (column, line) ->
            text.append("column '").append(column).append("': ").append(line).append('\n'));
    return text.toString();
  }
}
