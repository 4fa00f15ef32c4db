package org.nn4j.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are no inputs: identifiers, dates, numbers that are not plain, and free text. */
class InferredRolesTest {
  private final Path folder;

  InferredRolesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), content);
  }

  /** Returns a file of a column and one of two numbers, separated by a semicolon. */
  private Path column(String name, int rows, IntFunction<Object> field) throws IOException {
    return file(
        IntStream.range(0, rows)
            .mapToObj(i -> field.apply(i) + ";" + i % 2 + "\n")
            .collect(Collectors.joining("", name + ";y\n", "")));
  }

  private static String printed(Path file) throws IOException {
    String line = CsvFormat.infer(file).toString().lines().toList().get(1);
    return line.substring(line.indexOf("': ") + 3);
  }

  /** Numbers from 0 to 599, each once and unsorted. */
  private static int shuffled(int i) {
    return i * 7 % 600;
  }

  @Test
  void aCounterOfRowsIsAnIdentifier() throws IOException {
    Path file = column("id", 600, i -> 1000 + i);
    String expected = "ignored (an identifier: 600 different whole numbers, 1000 to 1599)";
    assertThat(printed(file)).isEqualTo(expected);
    assertThat(CsvFormat.infer(file).numeric("id").target("y").columnsOf(file).inputs())
        .containsExactly("id");
    assertThat(printed(column("customer", 600, i -> 1000 + shuffled(i)))).isEqualTo(expected);
    assertThat(printed(column("customer", 600, i -> 1000 + shuffled(i) + ".0")))
        .isEqualTo(expected);
    assertThat(printed(column("customer", 600, i -> i == 4 ? "NA" : 1000 + shuffled(i))))
        .isEqualTo("ignored (an identifier: 599 different whole numbers, 1000 to 1599, 1 missing)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID",
        "customer_id",
        "customerId",
        "PassengerID",
        "Row No.",
        "phone number",
        "UUID",
        "row",
        "user-index",
        "Kunden-Nr"
      })
  void namesOfIdentifiersAreRecognized(String name) throws IOException {
    assertThat(printed(column(name, 20, i -> 1_000_000L * i * i)))
        .isEqualTo("ignored (an identifier: 20 different whole numbers, 0 to 361000000)");
    assertThat(printed(column(name, 19, i -> i))).isEqualTo("a number (0 to 18)");
    assertThat(printed(column(name, 30, i -> i / 2))).isEqualTo("a number (0 to 14)");
    assertThat(printed(column(name, 30, i -> i + ".5"))).isEqualTo("a number (0.5 to 29.5)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"paid", "bid", "grid", "number_of_rooms", "idle", "rowing", "piano"})
  void otherNamesAreNone(String name) throws IOException {
    assertThat(printed(column(name, 20, i -> 1_000_000L * i * i)))
        .isEqualTo("a number (0 to 361000000, all different)");
  }

  @Test
  void numbersWithAMeaningStayInputs() throws IOException {
    assertThat(printed(column("year", 30, i -> 1990 + i)))
        .isEqualTo("a number (1990 to 2019, all different)");
    assertThat(printed(column("day", 30, i -> 30 - i)))
        .isEqualTo("a number (1 to 30, all different)");
    assertThat(printed(column("price", 30, i -> 1000 + 37 * i * i % 901)))
        .startsWith("a number (10")
        .endsWith(", all different)");
    assertThat(printed(column("age", 600, i -> 18 + shuffled(i) % 60)))
        .isEqualTo("a number (18 to 77)");
  }

  @Test
  void identifiersOf64BitsAreCompared() throws IOException {
    assertThat(printed(column("id", 40, i -> 1234567890123456700L + shuffled(i))))
        .startsWith("ignored (an identifier: 40 different whole numbers, 1.2345678901234");
    assertThat(printed(column("id", 40, i -> 1234567890123456700L + i / 2)))
        .startsWith("a number (");
  }

  @Test
  void manyIdentifiersAreComparedInTheFirstRows() throws IOException {
    assertThat(printed(column("customer", 12_000, i -> i * 7 % 12_000)))
        .isEqualTo(
            "ignored (an identifier: 12000 whole numbers, the first 10000 different, 0 to 11999)");
    assertThat(printed(column("time", 12_000, i -> i)))
        .isEqualTo("a number (0 to 11999, all different)");
    assertThat(printed(column("time", 12_000, i -> i * 7 % 12_000 * 1000)))
        .isEqualTo("a number (0 to 11999000, the first 10000 different)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12.12.2024",
        "2024-12-12",
        "2024/1/2",
        "31/12/24",
        "1. 2. 2024",
        "2024-12-12 10:30",
        "2024-12-12T10:30:00.123Z",
        "2024-12-12T10:30:00+01:00",
        "12/31/2024, 4:05 PM",
        "12-Dec-2024",
        "12. Dezember 2024",
        "Dec 12, 2024"
      })
  void datesAreIgnoredHoweverFewTheyAre(String date) throws IOException {
    String expected = "ignored (dates, such as " + date + "; derive numbers from them)";
    assertThat(printed(column("when", 4, i -> date))).isEqualTo(expected);
    assertThat(printed(column("when", 400, i -> i % 3 == 0 ? "" : date))).isEqualTo(expected);
    assertThat(printed(column("when", 4, i -> i == 1 ? "later" : date)))
        .startsWith("categorical (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.300", "version 2", "10:30", "192.168.1.10", "2024-13-45", "May"})
  void othersAreCategories(String text) throws IOException {
    assertThat(printed(column("what", 4, i -> text))).isEqualTo("categorical (" + text + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          96%       | a percent sign
          9,5 %     | a percent sign
          1,200.50  | thousands separators or another decimal mark
          1.200,50  | thousands separators or another decimal mark
          1 200     | thousands separators or another decimal mark
          $1,200.50 | a currency sign
          12.5 €    | a currency sign
          """)
  void numbersThatAreNotPlainAreIgnored(String number, String with) throws IOException {
    String expected =
        "ignored (numbers with " + with + ", such as " + number + "; write them plainly)";
    assertThat(printed(column("x", 4, i -> i == 3 ? "950" : number))).isEqualTo(expected);
    assertThat(printed(column("x", 400, i -> i % 3 == 0 ? "NA" : number))).isEqualTo(expected);
    assertThat(printed(column("x", 4, i -> i == 3 ? "much" : number))).startsWith("categorical (");
  }

  @Test
  void numbersWithTheOtherDecimalMarkAreIgnored() throws IOException {
    String expected =
        "ignored (numbers with thousands separators or another decimal mark, such as 1,5; write"
            + " them plainly)";
    assertThat(printed(file("x,y\n\"1,5\",2\n\"1,5\",3\n"))).isEqualTo(expected);
    assertThat(printed(file("x;y\n1.5;2,5\n1.5;3\n"))).isEqualTo(expected.replace("1,5", "1.5"));
  }

  @Test
  void stringsThatDifferInMostRowsAreIgnored() throws IOException {
    assertThat(printed(column("text", 60, i -> "text " + i % 51)))
        .isEqualTo("ignored (51 different strings in 60 rows, such as text 0, text 1, text 10)");
    assertThat(printed(column("text", 60, i -> "text " + i % 30)))
        .isEqualTo("categorical (30 different strings, such as text 0, text 1, text 10)");
    assertThat(printed(column("text", 19, i -> "text " + i % 18))).startsWith("categorical (");
    assertThat(printed(column("text", 60, i -> i % 3 == 0 ? "text " + i : "")))
        .startsWith("ignored (only different strings");
    assertThat(printed(column("text", 500, i -> "text " + i % 101)))
        .isEqualTo(
            "ignored (over 100 different strings in 500 rows, such as text 0, text 1, text 10)");
  }

  @Test
  void valuesArePrintedWhole() throws IOException {
    String longest = "x".repeat(40);
    assertThat(printed(file("a;y\n" + longest + ";1\n" + longest + ";1\nb;2\n")))
        .isEqualTo("categorical (b, " + longest + ")");
    assertThat(printed(file("a;y\n" + longest + "x;1\n" + longest + "x;1\nb;2\n")))
        .isEqualTo("categorical (2 different strings, such as b)");
    assertThat(printed(column("a", 30, i -> longest + i)))
        .isEqualTo("ignored (only different strings)");
    assertThat(printed(column("a", 50, i -> "a" + i % 9)))
        .isEqualTo("categorical (9 different strings, such as a0, a1, a2)");
  }

  @Test
  void theLabelIsPrintedWithItsNumberOfClasses() throws IOException {
    Path file = column("kind", 300, i -> "kind " + i % 3);
    Map<CsvFormat, String> labels =
        Map.of(
            CsvFormat.infer(file).label("kind"), "3 classes",
            CsvFormat.infer(file).label("kind", "a", "b"), "2 classes",
            CsvFormat.infer(file).label("y"), "2 classes",
            CsvFormat.withHeader().labelNumber("y", 1), "1 class",
            CsvFormat.infer(column("name", 300, i -> "name " + i)).label("name"),
                "over 100 classes");
    labels.forEach(
        (format, classes) ->
            assertThat(format.toString()).contains(": the label, " + classes + "\n"));
    assertThat(CsvFormat.withHeader().label("y").toString()).endsWith("'y': the label\n");
  }

  @Test
  void anotherEncodingIsRefusedUnlessItIsNamed() throws IOException {
    Charset windows = Charset.forName("windows-1252");
    String table = "city;size\nKöln;1\nKêln;2\nKöln;3\n";
    Path file = Files.writeString(folder.resolve("data.csv"), table, windows);
    assertThatThrownBy(() -> CsvFormat.infer(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageEndingWith(
            "line 2, column 'city': expected text in UTF-8, found 'K\ufffdln'; name the encoding"
                + " of the file, such as windows-1252, with charset(...) or infer(file, charset)");
    CsvFormat format = CsvFormat.infer(file, windows);
    assertThat(format.toString())
        .contains("windows-1252", "column 'city': categorical (Kêln, Köln)");
    assertThat(format.target("size").columnsOf(file).inputs())
        .containsExactly("city=Kêln", "city=Köln");
    Path header = Files.writeString(folder.resolve("header.csv"), "Größe;b\n1;2\n", windows);
    assertThatThrownBy(() -> CsvFormat.infer(header))
        .hasMessageContaining("line 1: expected text in UTF-8, found 'Gr\ufffd\ufffde'");
    assertThat(CsvFormat.infer(header, windows).target("b").columnsOf(header).inputs())
        .isEqualTo(List.of("Größe"));
  }

  @Test
  void hostileFieldsAreRead() throws IOException {
    String groups = "1" + ",234".repeat(50_000);
    String blanks = "a" + " ".repeat(200_000) + "b";
    assertThat(printed(column("x", 3, i -> groups))).startsWith("categorical (1 string)");
    assertThat(printed(column("x", 3, i -> blanks))).startsWith("categorical (1 string)");
    assertThat(printed(column("x" + " id".repeat(50_000) + "x", 30, i -> 1000 * i)))
        .endsWith("all different)");
  }
}
