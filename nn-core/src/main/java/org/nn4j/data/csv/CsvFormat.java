package org.nn4j.data.csv;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.nn4j.Require;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.Fill;
import org.nn4j.data.feature.Scaling;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
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
 * header; without one, and where the header has no name, by their index from 0, such as {@code
 * "4"}. Fields, including numbers, may be quoted as in RFC 4180; blanks around them and blank lines
 * are ignored. A field that is empty or not a finite number, including {@code NaN} and {@code inf},
 * is an error that names the file, the line and the column. Thousands separators are refused.
 *
 * <p>A file that begins with the bytes of gzip is unpacked while it is read, whatever its name.
 *
 * <p>Immutable and thread-safe.
 */
public final class CsvFormat {
  private static final String WHO = "CsvFormat";

  private final CsvDialect text;
  private final Roles roles;
  private final ColumnEncoding encoding;

  CsvFormat(CsvDialect text, Roles roles, ColumnEncoding encoding) {
    this.text = text;
    this.roles = roles;
    this.encoding = encoding;
  }

  /**
   * Returns a format with commas, UTF-8, and column names in the first line.
   *
   * @return a format whose columns are all inputs
   */
  public static CsvFormat withHeader() {
    return new CsvFormat(CsvDialect.COMMAS, Roles.NONE, ColumnEncoding.NONE);
  }

  /**
   * Returns a format with commas, UTF-8, and samples from the first line on.
   *
   * @return a format whose columns are all inputs
   */
  public static CsvFormat withoutHeader() {
    return new CsvFormat(CsvDialect.COMMAS.withHeader(false), Roles.NONE, ColumnEncoding.NONE);
  }

  /**
   * Infers the format of a file by reading it: header, separator, decimal mark, and for each column
   * whether it is a number, a boolean, a category, or ignored, such as identifiers, dates and
   * strings that differ in most rows. {@link #toString} lists them with the reason; each can be
   * overruled. The separator is a semicolon, tab, bar or comma.
   *
   * <pre>{@code
   * CsvFormat format = CsvFormat.infer(file).label("churned").ignore("customer").fillMissing(median());
   * }</pre>
   *
   * @param file in UTF-8 or with a byte order mark, of any size
   * @return a format whose columns are all inputs or ignored
   * @throws CsvFormatException if the file is empty, not CSV, or in another encoding
   * @throws IOException if it cannot be read
   */
  public static CsvFormat infer(Path file) throws IOException {
    return infer(file, StandardCharsets.UTF_8);
  }

  /**
   * Infers the format of a file in another encoding, as {@link #infer(Path)} does.
   *
   * @param file of any size
   * @param charset of the file; a byte order mark takes precedence
   * @return a format of this encoding whose columns are all inputs or ignored
   * @throws CsvFormatException if the file is empty, not CSV, or in another encoding
   * @throws IOException if it cannot be read
   */
  public static CsvFormat infer(Path file, Charset charset) throws IOException {
    Require.notNull(file, "CsvFormat.infer", "file");
    Require.notNull(charset, "CsvFormat.infer", "charset");
    return new InferredFormat(file, charset).format();
  }

  /**
   * Returns this format with another separator.
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
    return new CsvFormat(text.withSeparator(character), roles, encoding);
  }

  /**
   * Returns this format with another decimal mark: {@code decimal(',')} reads {@code 1,5}. If the
   * separator is the same character, numbers with decimals must be quoted, and there must be a
   * header: its number of columns shows whether they are.
   *
   * @param mark {@code '.'} or {@code ','}
   * @return a new format
   * @throws IllegalArgumentException if it is another character
   */
  public CsvFormat decimal(char mark) {
    Require.that(mark == '.' || mark == ',', WHO, "the decimal mark '.' or ','", "'" + mark + "'");
    return new CsvFormat(text.withDecimal(mark), roles, encoding);
  }

  /**
   * Returns this format in another encoding. A byte order mark takes precedence.
   *
   * @param charset of the file
   * @return a new format
   */
  public CsvFormat charset(Charset charset) {
    Require.notNull(charset, "CsvFormat.charset", "charset");
    return new CsvFormat(text.withCharset(charset), roles, encoding);
  }

  /**
   * Returns this format with the class in a column, by name. Targets are one-hot rows.
   *
   * @param column its name
   * @param classes the names of the classes in the order of the targets; none to take those of the
   *     file, sorted
   * @return a new format
   * @throws IllegalArgumentException if the column already has another role, there is a target or
   *     another label, or a class is named twice
   */
  public CsvFormat label(String column, String... classes) {
    Require.notNull(column, "CsvFormat.label", "column");
    return with(column, labelOf(classes));
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
   * Returns this format with the class in a column, by number. Targets are one-hot rows.
   *
   * @param column its name
   * @param classes how many there are: fields are whole numbers from 0 to {@code classes - 1},
   *     which may be written with decimals, as in {@code 1.0}
   * @return a new format
   * @throws IllegalArgumentException if the column already has another role, there is a target or
   *     another label, or there is no class
   */
  public CsvFormat labelNumber(String column, int classes) {
    Require.notNull(column, "CsvFormat.labelNumber", "column");
    Require.atLeastOne(classes, WHO, "number of classes");
    return with(column, new ColumnRole.LabelNumber(classes));
  }

  /**
   * Returns this format with numeric targets, for a regression, in the order of the file.
   *
   * @param columns their names
   * @return a new format
   * @throws IllegalArgumentException if a column already has another role, or there is a label
   */
  public CsvFormat target(String... columns) {
    Checks.noNulls(columns, "CsvFormat.target", "columns");
    return withAll(new ColumnRole.Target(), columns);
  }

  /**
   * Returns this format with categorical inputs. Each is one-hot encoded: one element for each
   * different string in the column.
   *
   * @param columns their names
   * @return a new format
   * @throws IllegalArgumentException if a column already has another role
   */
  public CsvFormat categorical(String... columns) {
    Checks.noNulls(columns, "CsvFormat.categorical", "columns");
    return withAll(new ColumnRole.Categorical(), columns);
  }

  /**
   * Returns this format with numeric inputs, for columns to which {@link #infer} assigned another
   * role.
   *
   * @param columns their names
   * @return a new format
   * @throws IllegalArgumentException if a column already has another role
   */
  public CsvFormat numeric(String... columns) {
    Checks.noNulls(columns, "CsvFormat.numeric", "columns");
    return withAll(new ColumnRole.Numeric(), columns);
  }

  /**
   * Returns this format with boolean inputs. Each field is one of true, t, yes, y, 1, false, f, no,
   * n, 0 in any case.
   *
   * @param columns their names
   * @return a new format
   * @throws IllegalArgumentException if a column already has another role
   */
  public CsvFormat truthValues(String... columns) {
    Checks.noNulls(columns, "CsvFormat.truthValues", "columns");
    return withAll(new ColumnRole.Truth(), columns);
  }

  /**
   * Returns this format without some columns.
   *
   * @param columns their names
   * @return a new format
   * @throws IllegalArgumentException if a column already has another role
   */
  public CsvFormat ignore(String... columns) {
    Checks.noNulls(columns, "CsvFormat.ignore", "columns");
    return withAll(new ColumnRole.Ignored(), columns);
  }

  private CsvFormat withAll(ColumnRole role, String... columns) {
    CsvFormat format = this;
    for (String column : columns) {
      format = format.with(column, role);
    }
    return format;
  }

  private CsvFormat with(String column, ColumnRole role) {
    Require.that(
        text.header() || HeaderlessColumns.isIndex(column),
        WHO,
        "indices of columns, as there is no header",
        "'" + column + "'",
        "name the column by its index, such as \"0\", or start with CsvFormat.withHeader()");
    return new CsvFormat(text, roles.with(column, role), encoding);
  }

  /**
   * Returns this format with a rule for missing numbers and booleans. Empty fields and strings such
   * as {@code NA}, {@code null} or {@code ?} are then missing; without a rule they are errors.
   *
   * @param fill such as {@link Fill#median()}
   * @param columns names of columns, or none for all columns without a rule of their own
   * @return a new format
   */
  public CsvFormat fillMissing(Fill fill, String... columns) {
    Require.notNull(fill, "CsvFormat.fillMissing", "fill");
    Checks.noNulls(columns, "CsvFormat.fillMissing", "columns");
    return new CsvFormat(text, roles, encoding.withFill(fill, columns));
  }

  /**
   * Returns this format with a rule for categories that are not in the training data, and for empty
   * fields in categorical columns. Without it they are errors.
   *
   * @param rule error or zeros
   * @return a new format
   */
  public CsvFormat unknownCategories(UnknownCategory rule) {
    Require.notNull(rule, "CsvFormat.unknownCategories", "rule");
    return new CsvFormat(text, roles, encoding.withUnknown(rule));
  }

  /**
   * Returns this format with scaled inputs. Without it numbers are not scaled.
   *
   * @param scaling learned from training data
   * @param columns names of columns of numbers, or none for all columns without a scaling of their
   *     own
   * @return a new format
   */
  public CsvFormat scale(Scaling scaling, String... columns) {
    Require.notNull(scaling, "CsvFormat.scale", "scaling");
    Checks.noNulls(columns, "CsvFormat.scale", "columns");
    return new CsvFormat(text, roles, encoding.withScaling(scaling, columns));
  }

  /**
   * Returns this format with scaled targets. Without it numbers are not scaled.
   *
   * @param scaling learned from training data
   * @return a new format
   */
  public CsvFormat scaleTargets(Scaling scaling) {
    Require.notNull(scaling, "CsvFormat.scaleTargets", "scaling");
    return new CsvFormat(text, roles, encoding.withTargetScaling(scaling));
  }

  /**
   * Returns the columns of a file: their names, categories and classes. The file is read once and
   * not kept in memory.
   *
   * @param file the training data
   * @return the columns, for this file and others with the same columns
   * @throws CsvFormatException if the file is empty or not CSV, or lacks columns of this format
   * @throws IllegalArgumentException if there is no label or target, or no input; or decimal mark
   *     and separator are the same without a header
   * @throws IOException if it cannot be read
   */
  public CsvColumns columnsOf(Path file) throws IOException {
    Require.notNull(file, "CsvFormat.columnsOf", "file");
    return columnsOf(file, line -> true);
  }

  /**
   * Returns the columns of a file and its samples in two parts. Categories and classes are those of
   * the whole file; the statistics that fill and scale numbers are those of the training part.
   *
   * @param file the data
   * @param fraction the share of the validation part, between 0 and 1
   * @param seed of the draw
   * @return the columns and both parts, in memory; with equal shares of each class if there is a
   *     label
   * @throws CsvFormatException as of {@link #columnsOf} and {@link CsvColumns#read}
   * @throws IllegalArgumentException as of {@link #columnsOf}, or if a part would be empty
   * @throws IOException if the file cannot be read
   */
  public CsvSplit split(Path file, double fraction, long seed) throws IOException {
    Require.notNull(file, "CsvFormat.split", "file");
    return CsvSplit.of(this, file, fraction, seed);
  }

  /**
   * Returns the columns of a file and its samples in two given parts. Everything, categories
   * included, is learned from the training part only: a category that occurs only in the validation
   * part is unknown, see {@link #unknownCategories}. Classes are those of the whole file.
   *
   * @param file the data
   * @param training the rows of the training part, counted from 0
   * @param validation the rows of the validation part
   * @return the columns and both parts, in memory
   * @throws CsvFormatException as of {@link #columnsOf} and {@link CsvColumns#read}
   * @throws IllegalArgumentException as of {@link #columnsOf}, if a part is empty, or a row does
   *     not exist
   * @throws IOException if the file cannot be read
   */
  public CsvSplit split(Path file, int[] training, int[] validation) throws IOException {
    Require.notNull(file, "CsvFormat.split", "file");
    Require.notNull(training, "CsvFormat.split", "training");
    Require.notNull(validation, "CsvFormat.split", "validation");
    return CsvSplit.of(this, file, training, validation);
  }

  /**
   * Copies a file with additional columns, such as predictions. The file need not have the label or
   * target column; columns that are not features are copied. It is read in portions, so it may be
   * larger than memory. Lines end as the first one does.
   *
   * <p>For a file without a header, this format must name each column of the training file that is
   * not a feature: label, targets and ignored columns. The file has all columns of the training
   * file, or all but the label or targets, or only the features; any other number of columns is
   * refused, as is one that does not show whether the label or the last columns are missing.
   *
   * @param file the data
   * @param copy the copy, packed if its name ends with {@code .gz}; an existing file is replaced
   * @param features the features that are read
   * @param columns the names of the new columns
   * @param compute returns the strings and numbers of the new columns, {@code [rows][columns]}, of
   *     encoded rows {@code [rows][inputs]}; numbers get the decimal mark of this format
   * @throws CsvFormatException if the file is empty or not CSV, lacks a feature, has one of the new
   *     columns, a field is refused, or its encoding lacks a character of the copy; there is no
   *     copy then
   * @throws IOException if a file cannot be read or written
   */
  public void appendColumns(
      Path file,
      Path copy,
      Features features,
      List<String> columns,
      Function<double[][], Object[][]> compute)
      throws IOException {
    Require.notNull(file, "CsvFormat.appendColumns", "file");
    Require.notNull(copy, "CsvFormat.appendColumns", "copy");
    Require.notNull(features, "CsvFormat.appendColumns", "features");
    Checks.noNulls(columns, "CsvFormat.appendColumns", "columns");
    Require.notNull(compute, "CsvFormat.appendColumns", "compute");
    new ColumnAppender(this, features, columns, compute).copy(file, copy);
  }

  /**
   * Returns the columns of a file for the features, classes and targets of a saved model.
   *
   * @param file with these columns, and the label or target columns of this format
   * @param features the inputs
   * @param classes of the label; empty if there is none
   * @param targets of a regression; empty if there is a label
   * @return the columns, for this file and others with the same columns
   * @throws CsvFormatException if the file is empty or not CSV, or lacks a column
   * @throws IOException if it cannot be read
   */
  public CsvColumns columnsOf(
      Path file, Features features, List<String> classes, List<TargetColumn> targets)
      throws IOException {
    Require.notNull(file, "CsvFormat.columnsOf", "file");
    Require.notNull(features, "CsvFormat.columnsOf", "features");
    Checks.noNulls(classes, "CsvFormat.columnsOf", "classes");
    Checks.noNulls(targets, "CsvFormat.columnsOf", "targets");
    return new KnownColumns(this, file).columns(features, classes, targets);
  }

  /**
   * Returns this format with standard scaling of the inputs and targets without a scaling, as
   * estimators use it.
   *
   * @return a new format
   */
  public CsvFormat standardized() {
    return new CsvFormat(text, roles, encoding.standardized());
  }

  /** Returns the columns, with statistics of some samples, counted from 0. */
  CsvColumns columnsOf(Path file, IntPredicate isTraining) throws IOException {
    Require.that(
        text.header() || text.separator() != text.decimal().mark(),
        WHO,
        "a separator other than the decimal mark, as there is no header",
        "'" + text.separator() + "' for both",
        "name the separator of the file with separator(...)");
    return new ColumnLearner(this, file, isTraining, false).columns();
  }

  /** Returns the columns, with statistics and categories of some samples. */
  CsvColumns columnsOfTraining(Path file, IntPredicate isTraining) throws IOException {
    return new ColumnLearner(this, file, isTraining, true).columns();
  }

  CsvDialect text() {
    return text;
  }

  Roles roles() {
    return roles;
  }

  ColumnEncoding encoding() {
    return encoding;
  }

  /** Returns separator and decimal mark, and a line for each column with a role. */
  @Override
  public String toString() {
    return text + roles.toString();
  }
}
