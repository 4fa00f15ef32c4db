package org.nn4j.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.TargetColumn;

/**
 * Features of files without a header. A file is described by a letter for each column of the
 * training file: x for a feature, y for a target, i for an ignored column.
 */
class HeaderlessColumnsTest {
  private static final CsvFormat BARE = CsvFormat.withoutHeader();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  /** Returns all files of four columns with a feature and a target. */
  static Stream<String> files() {
    return IntStream.range(0, 81)
        .mapToObj(i -> Integer.toString(81 + i, 3).substring(1))
        .map(digits -> digits.replace('0', 'x').replace('1', 'y').replace('2', 'i'))
        .filter(columns -> columns.contains("x") && columns.contains("y"));
  }

  private static String[] indices(String columns, char kind) {
    return IntStream.range(0, columns.length())
        .filter(i -> columns.charAt(i) == kind)
        .mapToObj(String::valueOf)
        .toArray(String[]::new);
  }

  private static CsvFormat with(CsvFormat format, String columns) {
    return format.target(indices(columns, 'y')).ignore(indices(columns, 'i'));
  }

  static Features features(String... names) {
    return Features.of(
        Stream.of(names)
            .<Feature>map(
                name ->
                    new NumberFeature(name, new Bounds(0, 9), 0, 1, OptionalDouble.empty(), false))
            .toList());
  }

  /** Writes a file of the columns of some kinds; the fields of column i are i and i + 10. */
  private Path file(String columns, String kinds, int more) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      int plus = 10 * row;
      lines.add(
          IntStream.range(0, columns.length() + more)
              .filter(i -> i >= columns.length() || kinds.indexOf(columns.charAt(i)) >= 0)
              .mapToObj(i -> String.valueOf(i + plus))
              .collect(Collectors.joining(",")));
    }
    return Files.write(folder.resolve("data.csv"), lines);
  }

  /** Returns the encoded features of the first row. */
  private double[] read(CsvFormat format, Path file, String... names) throws IOException {
    List<double[]> read = new ArrayList<>();
    format.appendColumns(
        file,
        folder.resolve("copy.csv"),
        features(names),
        List.of("z"),
        rows -> {
          read.addAll(List.of(rows));
          return new Object[][] {{0}, {0}};
        });
    return read.get(0);
  }

  private static String message(ThrowingCallable call) {
    Throwable e = catchThrowable(call);
    assertThat(e).isInstanceOf(CsvFormatException.class);
    return String.valueOf(e.getMessage()).replaceFirst("CSV file .*data.csv", "data.csv");
  }

  @ParameterizedTest
  @MethodSource("files")
  void featuresAreFoundWithAndWithoutTheTargets(String columns) throws IOException {
    CsvFormat format = with(BARE, columns);
    String[] names = indices(columns, 'x');
    double[] expected = Arrays.stream(names).mapToDouble(Double::parseDouble).toArray();
    for (String kinds : List.of("xyi", "xi", "x")) {
      Path file = file(columns, kinds, 0);
      if (kinds.equals("xi") && mayLackTheLastColumnsInstead(columns)) {
        assertThatThrownBy(() -> read(format, file, names))
            .hasMessageContaining("expected a number of columns that shows which are missing");
      } else {
        assertThat(read(format, file, names)).as(kinds).isEqualTo(expected);
      }
    }
    // Without the roles of the other columns: only the features alone.
    assertThat(read(BARE, file(columns, "x", 0), names)).isEqualTo(expected);
  }

  /** Returns whether the first columns have all features, elsewhere than those without targets. */
  private static boolean mayLackTheLastColumnsInstead(String columns) {
    String without = columns.replace("y", "");
    String first = columns.substring(0, without.length());
    String[] places = indices(first, 'x');
    return without.contains("i")
        && places.length == indices(columns, 'x').length
        && !Arrays.equals(places, indices(without, 'x'));
  }

  @ParameterizedTest
  @MethodSource("files")
  void otherFilesAreRefused(String columns) throws IOException {
    CsvFormat format = with(BARE, columns);
    String[] names = indices(columns, 'x');
    int targets = indices(columns, 'y').length;
    if (targets > 1) { // otherwise the number of columns is that of a whole file
      Path file = file(columns, "xi", 1);
      assertThatThrownBy(() -> read(format, file, names)).hasMessageContaining("expected 4 or ");
    }
    Path more = file(columns, "xyi", 1);
    assertThatThrownBy(() -> read(format, more, names)).hasMessageContaining("found 5 columns;");
    // A role that is not named
    for (String kinds : List.of("xyi", "xi")) {
      Path file = file(columns, kinds, 0);
      if (Files.readString(file).indexOf('\n') + 1 > 2 * names.length) {
        assertThatThrownBy(() -> read(BARE, file, names)).isInstanceOf(CsvFormatException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void anEvaluationNeedsAllColumns(String columns) throws IOException {
    CsvFormat format = with(BARE, columns);
    Features features = features(indices(columns, 'x'));
    List<TargetColumn> targets =
        Arrays.stream(indices(columns, 'y')).map(TargetColumn::unscaled).toList();
    Path whole = file(columns, "xyi", 0);
    for (CsvFormat each : List.of(format, BARE.ignore(indices(columns, 'i')))) {
      CsvColumns found = each.columnsOf(whole, features, List.of(), targets);
      assertThat(found.features()).isEqualTo(features);
      assertThat(found.read(whole).size()).isEqualTo(2);
    }
    for (String kinds : List.of("xi", "x")) {
      Path file = file(columns, kinds, 0);
      assertThatThrownBy(() -> format.columnsOf(file, features, List.of(), targets))
          .isInstanceOf(CsvFormatException.class);
    }
  }

  @Test
  void messagesStateWhichColumnsAreExpected() throws IOException {
    String columns = "yxxi";
    CsvFormat format = with(BARE, columns);
    Path one = file("x", "x", 0);
    assertThat(message(() -> read(format, one, "1", "2")))
        .isEqualTo(
            "data.csv: expected 4 or 3 or 2 columns: those of the training file, or those without"
                + " the label or targets, or the features, found 1 columns; name further columns"
                + " with ignore(...), or the separator with separator(...)");
    Path three = file(columns, "xi", 0);
    assertThat(message(() -> read(format, three, "1", "2")))
        .isEqualTo(
            "data.csv: expected a number of columns that shows which are missing, as there is no"
                + " header, found 3 of 4, without the label or targets or without the last ones; add"
                + " the columns of the label or targets, which may be empty, or remove all columns"
                + " that are not features");
    assertThat(message(() -> read(BARE, three, "1", "2")))
        .isEqualTo(
            "data.csv: expected a role for each column that is no feature, as there is no header,"
                + " found none for column '0'; name the label, the targets and the ignored columns"
                + " of the training file with label(...), target(...) and ignore(...)");
    assertThat(message(() -> read(BARE.label("0").ignore("1"), three, "1", "2")))
        .isEqualTo(
            "data.csv: expected features that are neither targets nor ignored in the format, found"
                + " column '1' as both; pass the format of the training file, whose columns are"
                + " counted with the label or targets");
    assertThat(message(() -> read(BARE.label("1"), three, "1", "2")))
        .contains("column '1' as both");
    assertThat(
            message(
                () ->
                    format.columnsOf(
                        three, features("1", "2"), List.of(), List.of(TargetColumn.unscaled("0")))))
        .isEqualTo(
            "data.csv: expected 4 columns, as the training file has, found 3 columns; name further"
                + " columns with ignore(...), or the separator with separator(...)");
  }

  @Test
  void aModelOfAFileWithAHeaderTakesItsFeaturesInOrder() throws IOException {
    assertThat(read(BARE, file("xx", "x", 0), "width", "age")).containsExactly(0, 1);
    Path more = file("xxy", "xy", 0);
    assertThat(message(() -> read(BARE.label("2"), more, "width", "age")))
        .isEqualTo(
            "data.csv: expected the 2 columns of the features alone, as there is no header, found 3"
                + " columns; remove the others, or pass a file with a header");
  }

  /** By index or in the order of the features: of these two readings, one must be impossible. */
  @Test
  void featuresInAnotherOrder() throws IOException {
    Path alone = file("xx", "x", 0);
    assertThat(message(() -> read(BARE, alone, "1", "0")))
        .isEqualTo(
            "data.csv: expected features in the order of their columns, as there is no header,"
                + " found feature '0' after '1'; pass a file with a header");
    assertThat(read(BARE.label("0"), file("yxx", "xy", 0), "2", "1")).containsExactly(2, 1);
    assertThat(read(BARE.label("0").ignore("2"), file("yxix", "xi", 0), "3", "1"))
        .containsExactly(3, 1);
  }

  @Test
  void inferredRolesOfTheTrainingFileCount() throws IOException {
    Path training =
        Files.writeString(
            folder.resolve("training.csv"), "u 1,0,1,2,3\nu 2,1,1,2,3\nu 3,0,1,2,3\n");
    CsvFormat inferred = CsvFormat.infer(training);
    CsvFormat format = inferred.label("1").ignore("2");
    assertThat(format.columnsOf(training).inputs()).containsExactly("3", "4");
    Path whole = file("iyixx", "xyi", 0);
    assertThat(read(format, whole, "3", "4")).containsExactly(3, 4);
    assertThat(read(inferred, file("iyixx", "x", 0), "3", "4")).containsExactly(3, 4);
    Path later = file("iyixx", "xi", 0);
    assertThat(read(format, later, "3", "4")).containsExactly(3, 4);
    // Column 2 is an input of this format, so it may be that of another file.
    assertThatThrownBy(() -> read(inferred.label("1"), later, "3", "4"))
        .hasMessageContaining("found none for column '2'");
    assertThatThrownBy(() -> read(inferred, later, "3", "4"))
        .hasMessageContaining("found none for column '0'");
  }

  /** The ignored column 0 of a later file is column 1 of the training file, a feature. */
  @Test
  void inferredRolesOfALaterFileDoNotCountWithoutATarget() throws IOException {
    Path later = Files.writeString(folder.resolve("data.csv"), "u 1,1,2\nu 2,1,2\nu 3,1,2\n");
    CsvFormat format = CsvFormat.infer(later);
    assertThatThrownBy(() -> read(format, later, "1", "2"))
        .hasMessageContaining("found none for column '0'");
  }

  @Test
  void columnsAreNamedByIndicesWithoutFurtherZeros() {
    assertThatThrownBy(() -> BARE.ignore("03"))
        .hasMessageContaining("expected indices of columns, as there is no header, found '03'");
    assertThatThrownBy(() -> BARE.label("99999999999")).hasMessageContaining("found '999");
  }

  @Test
  void aFeatureIsNoLabel() throws IOException {
    Path file = Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n");
    assertThat(
            message(
                () ->
                    CsvFormat.withHeader()
                        .label("a")
                        .columnsOf(file, features("a"), List.of("1", "2"), List.of())))
        .isEqualTo(
            "data.csv: expected a label that is not a feature of the model, found 'a'; name the"
                + " column of the classes with label(...)");
  }
}
