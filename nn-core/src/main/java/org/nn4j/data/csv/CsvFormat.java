package org.nn4j.data.csv;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.Require;
import org.nn4j.internal.Checks;

/**
 * Format of a CSV file: its separator and the roles of its columns.
 *
 * <pre>{@code
 * CsvFormat format = CsvFormat.withHeader().categorical("color").ignore("id").label("species");
 * CsvColumns columns = format.columnsOf(trainingFile);
 * Dataset training = columns.read(trainingFile);
 * Dataset test = columns.read(testFile);
 * network.setInfo(ModelInfo.none().withClassLabels(columns.classes().toArray(String[]::new)));
 * }</pre>
 *
 * <p>By default a column is an input with a finite number in each field. Columns are named by the
 * header, or by their index, from 0. Fields, including numbers, may be quoted as in RFC 4180;
 * blanks around them and blank lines are ignored. A field that is empty or no finite number,
 * including {@code NaN} and {@code inf}, is an error that names the file, the line and the column.
 * Marks between thousands are refused.
 *
 * <p>A file that begins with the bytes of gzip is unpacked while it is read, whatever its name.
 *
 * <p>Immutable and thread-safe.
 */
public final class CsvFormat {
  private static final String WHO = "CsvFormat";

  private final boolean header;
  private final char separator;
  private final Decimal decimal;
  private final Charset charset;

  /** By name or, as text, by index. */
  private final Map<Column, ColumnRole> roles;

  private CsvFormat(
      boolean header,
      char separator,
      Decimal decimal,
      Charset charset,
      Map<Column, ColumnRole> roles) {
    this.header = header;
    this.separator = separator;
    this.decimal = decimal;
    this.charset = charset;
    this.roles = roles;
  }

  /**
   * Commas, UTF-8, and the names of the columns in the first line.
   *
   * @return a format whose columns are all inputs
   */
  public static CsvFormat withHeader() {
    return new CsvFormat(true, ',', Decimal.POINT, StandardCharsets.UTF_8, Map.of());
  }

  /**
   * Commas, UTF-8, and samples from the first line on.
   *
   * @return a format whose columns are all inputs
   */
  public static CsvFormat withoutHeader() {
    return new CsvFormat(false, ',', Decimal.POINT, StandardCharsets.UTF_8, Map.of());
  }

  /**
   * With another separator.
   *
   * @param character such as {@code ';'} or {@code '\t'}
   * @return a new format
   * @throws IllegalArgumentException if it is a quote or ends a line
   */
  public CsvFormat separator(char character) {
    Require.that(
        character != '"' && character != '\n' && character != '\r',
        WHO,
        "a separator that is neither a quote nor the end of a line",
        (int) character);
    return new CsvFormat(header, character, decimal, charset, roles);
  }

  /**
   * With another decimal mark: {@code decimal(',')} reads {@code 1,5}. Where the separator is the
   * same character, numbers with decimals must be quoted, and there must be a header: its number of
   * columns shows whether they are.
   *
   * @param mark {@code '.'} or {@code ','}
   * @return a new format
   * @throws IllegalArgumentException if it is another character
   */
  public CsvFormat decimal(char mark) {
    Require.that(mark == '.' || mark == ',', WHO, "the decimal mark '.' or ','", "'" + mark + "'");
    return new CsvFormat(header, separator, new Decimal(mark), charset, roles);
  }

  /**
   * In another encoding. A byte order mark goes before it.
   *
   * @param encoding of the file
   * @return a new format
   */
  public CsvFormat charset(Charset encoding) {
    Require.notNull(encoding, "CsvFormat.charset", "encoding");
    return new CsvFormat(header, separator, decimal, encoding, roles);
  }

  /**
   * With the class in a column, by name; targets are one-hot rows.
   *
   * @param column its name in the header
   * @param classes the names of the classes in the order of the targets; none to take those of the
   *     file, sorted
   * @return a new format
   * @throws IllegalArgumentException if the column is something else already, there is a target or
   *     another label, or a class is named twice
   */
  public CsvFormat label(String column, String... classes) {
    Require.notNull(column, "CsvFormat.label", "column");
    return with(Column.named(column), labelOf(classes));
  }

  /**
   * With the class in a column, by name; see {@link #label(String, String...)}.
   *
   * @param column its index, from 0
   * @param classes the names of the classes, or none
   * @return a new format
   * @throws IllegalArgumentException as there
   */
  public CsvFormat label(int column, String... classes) {
    Checks.noNulls(classes, "CsvFormat.label", "classes");
    return with(Column.at(column), labelOf(classes));
  }

  private static ColumnRole labelOf(String... classes) {
    Checks.noNulls(classes, WHO, "classes");
    List<String> names = List.of(classes);
    Require.that(
        names.stream().distinct().count() == names.size(),
        WHO,
        "classes of different names",
        names,
        "name each class once");
    return new ColumnRole.Label(names);
  }

  /**
   * With the class in a column, by number; targets are one-hot rows.
   *
   * @param column its name in the header
   * @param classes how many there are: fields are whole numbers from 0 to {@code classes - 1},
   *     which may be written with decimals, as in {@code 1.0}
   * @return a new format
   * @throws IllegalArgumentException if the column is something else already, there is a target or
   *     another label, or there is no class
   */
  public CsvFormat labelNumber(String column, int classes) {
    Require.notNull(column, "CsvFormat.labelNumber", "column");
    Require.atLeastOne(classes, WHO, "classes");
    return with(Column.named(column), new ColumnRole.LabelNumber(classes));
  }

  /**
   * With the class in a column, by number; see {@link #labelNumber(String, int)}.
   *
   * @param column its index, from 0
   * @param classes how many there are
   * @return a new format
   * @throws IllegalArgumentException as there
   */
  public CsvFormat labelNumber(int column, int classes) {
    Require.atLeastOne(classes, WHO, "classes");
    return with(Column.at(column), new ColumnRole.LabelNumber(classes));
  }

  /**
   * With targets that are numbers, as a regression has them. They are in the order of the file.
   *
   * @param columns their names in the header
   * @return a new format
   * @throws IllegalArgumentException if a column is something else already, or there is a label
   */
  public CsvFormat target(String... columns) {
    Checks.noNulls(columns, "CsvFormat.target", "columns");
    return withAll(new ColumnRole.Target(), columns);
  }

  /**
   * With targets that are numbers; see {@link #target(String...)}.
   *
   * @param columns their indices, from 0
   * @return a new format
   * @throws IllegalArgumentException as there
   */
  public CsvFormat target(int... columns) {
    Require.notNull(columns, "CsvFormat.target", "columns");
    return withAll(new ColumnRole.Target(), columns);
  }

  /**
   * With inputs that are texts: each becomes as many numbers as the file has different texts in
   * that column, 1 for the one that is there and 0 for the others.
   *
   * @param columns their names in the header
   * @return a new format
   * @throws IllegalArgumentException if a column is something else already
   */
  public CsvFormat categorical(String... columns) {
    Checks.noNulls(columns, "CsvFormat.categorical", "columns");
    return withAll(new ColumnRole.Categorical(), columns);
  }

  /**
   * With inputs that are texts; see {@link #categorical(String...)}.
   *
   * @param columns their indices, from 0
   * @return a new format
   * @throws IllegalArgumentException as there
   */
  public CsvFormat categorical(int... columns) {
    Require.notNull(columns, "CsvFormat.categorical", "columns");
    return withAll(new ColumnRole.Categorical(), columns);
  }

  /**
   * Without some columns.
   *
   * @param columns their names in the header
   * @return a new format
   * @throws IllegalArgumentException if a column is something else already
   */
  public CsvFormat ignore(String... columns) {
    Checks.noNulls(columns, "CsvFormat.ignore", "columns");
    return withAll(new ColumnRole.Ignored(), columns);
  }

  /**
   * Without some columns.
   *
   * @param columns their indices, from 0
   * @return a new format
   * @throws IllegalArgumentException if a column is something else already
   */
  public CsvFormat ignore(int... columns) {
    Require.notNull(columns, "CsvFormat.ignore", "columns");
    return withAll(new ColumnRole.Ignored(), columns);
  }

  private CsvFormat withAll(ColumnRole role, String... columns) {
    CsvFormat format = this;
    for (String column : columns) {
      format = format.with(Column.named(column), role);
    }
    return format;
  }

  private CsvFormat withAll(ColumnRole role, int... columns) {
    CsvFormat format = this;
    for (int column : columns) {
      format = format.with(Column.at(column), role);
    }
    return format;
  }

  private CsvFormat with(Column column, ColumnRole role) {
    Require.that(
        header || column.isIndex(),
        WHO,
        "indices of columns, as there is no header",
        column,
        "name the column by its index, or start with CsvFormat.withHeader()");
    ColumnRole before = roles.get(column);
    Require.that(
        before == null,
        WHO,
        "one role for " + column,
        before + ", and " + role,
        "give each column one role");
    if (role.isLabel() || role instanceof ColumnRole.Target) {
      boolean contradicts =
          roles.values().stream()
              .anyMatch(
                  other ->
                      other.isLabel() || (other instanceof ColumnRole.Target && role.isLabel()));
      Require.that(
          !contradicts,
          WHO,
          "one label, or targets that are numbers",
          role + " as well",
          "choose either one label, or target columns");
    }
    Map<Column, ColumnRole> more = new LinkedHashMap<>(roles);
    more.put(column, role);
    return new CsvFormat(header, separator, decimal, charset, Collections.unmodifiableMap(more));
  }

  /**
   * What a file's columns become: their names, and the categories and classes that are in it. The
   * file is read once, and nothing of it kept.
   *
   * @param file the training data
   * @return what reads this file, and others of the same columns
   * @throws CsvFormatException if the file is empty or no CSV, or has not the columns of this
   *     format
   * @throws IllegalArgumentException if there is no label or target, or no input; a column is
   *     called both by name and by index; or decimal mark and separator are the same without a
   *     header
   * @throws IOException if it cannot be read
   */
  public CsvColumns columnsOf(Path file) throws IOException {
    Require.notNull(file, "CsvFormat.columnsOf", "file");
    Require.that(
        header || separator != decimal.mark(),
        WHO,
        "a separator other than the decimal mark, as there is no header",
        "'" + separator + "' for both",
        "name the separator of the file with separator(...)");
    return new Learning(this, file).columns();
  }

  boolean hasHeader() {
    return header;
  }

  char separator() {
    return separator;
  }

  Decimal decimal() {
    return decimal;
  }

  Charset charset() {
    return charset;
  }

  Map<Column, ColumnRole> roles() {
    return roles;
  }
}
