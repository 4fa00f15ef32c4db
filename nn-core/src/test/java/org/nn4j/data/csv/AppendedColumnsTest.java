package org.nn4j.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.data.feature.Features;

/** Copies with appended columns: encodings and ends of lines. */
class AppendedColumnsTest {
  private static final String LODZ = "\u0141\u00f3d\u017a";
  private static final Features X = HeaderlessColumnsTest.features("x");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private Path file(byte... bytes) throws IOException {
    return Files.write(folder.resolve("data.csv"), bytes);
  }

  private Path copy() {
    return folder.resolve("copy.csv");
  }

  private void append(CsvFormat format, String column, Object value) throws IOException {
    format.appendColumns(
        folder.resolve("data.csv"),
        copy(),
        X,
        List.of(column),
        rows -> Arrays.stream(rows).map(row -> new Object[] {value}).toArray(Object[][]::new));
  }

  private static CsvFormat in(String charset) {
    return CsvFormat.withHeader().charset(Charset.forName(charset));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, \u6771\u4eac",
    "windows-1252, \u0141\u00f3d\u017a",
    "US-ASCII, \u00e9",
    "windows-1251, \u00e9",
    "Shift_JIS, \u0141",
  })
  void textWithoutACodeInTheEncodingIsRefused(String charset, String label) throws IOException {
    file("x\n1\n2\n".getBytes(Charset.forName(charset)));
    Files.writeString(copy(), "before");
    String remedy = "; save the file in UTF-8, and read it with charset(UTF_8)";
    assertThatThrownBy(() -> append(in(charset), "z", label))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageEndingWith(
            "data.csv, line 2, column 'z': expected text that "
                + charset
                + " can encode, found '"
                + label
                + "'"
                + remedy);
    assertThatThrownBy(() -> append(in(charset), "size " + label, 1))
        .hasMessageContaining("line 1, column 'size " + label + "': expected text that " + charset)
        .hasMessageEndingWith(remedy);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
    assertThat(Files.readString(copy())).isEqualTo("before");
  }

  @Test
  void halfACharacterIsRefused() throws IOException {
    file("x\n1\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> append(CsvFormat.withHeader(), "z", "a\ud83d"))
        .hasMessageContaining("line 2, column 'z': expected text that UTF-8 can encode, found 'a");
  }

  /** The row is found in whichever portion, and the file may have other rows that fit. */
  @Test
  void aLateLineIsNamed() throws IOException {
    StringBuilder text = new StringBuilder("x\n");
    for (int i = 0; i < 3000; i++) {
      text.append(i).append('\n');
    }
    Path data = file(text.toString().getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(
            () ->
                in("ISO-8859-1")
                    .appendColumns(
                        data,
                        folder.resolve("copy.csv.gz"),
                        X,
                        List.of("y", "z"),
                        rows ->
                            Arrays.stream(rows)
                                .map(row -> new Object[] {"\u00e9", row[0] < 2500 ? "a" : LODZ})
                                .toArray(Object[][]::new)))
        .hasMessageContaining("line 2502, column 'z': expected text that ISO-8859-1 can encode");
    assertThat(folder.resolve("copy.csv.gz")).doesNotExist();
  }

  /** A byte order mark has precedence over the encoding, so a copied field may lack a code, too. */
  @Test
  void copiedFieldsKeepTheirCharactersOrAreRefused() throws IOException {
    file(("\ufeffcity,x\n" + LODZ + ",1\n").getBytes(StandardCharsets.UTF_8));
    append(CsvFormat.withHeader(), "z", LODZ);
    assertThat(Files.readString(copy())).isEqualTo("city,x,z\n" + LODZ + ",1," + LODZ + "\n");
    assertThatThrownBy(() -> append(in("ISO-8859-1"), "z", 1))
        .hasMessageContaining("line 2, column 'city': expected text that ISO-8859-1 can encode")
        .hasMessageContaining("found '" + LODZ + "'");
    file("city,x\nK\u00f6ln,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> append(CsvFormat.withHeader(), "z", 1))
        .hasMessageContaining("line 2, column 'city': expected text in UTF-8, found 'K\ufffdln'");
    append(in("ISO-8859-1"), "z", "\u00e9");
    assertThat(Files.readString(copy(), StandardCharsets.ISO_8859_1))
        .isEqualTo("city,x,z\nK\u00f6ln,1,\u00e9\n");
  }

  @Test
  void anEncodingThatCannotBeWrittenIsRefused() throws IOException {
    file("x\n1\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> append(in("ISO-2022-CN"), "z", 1))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("expected an encoding that can be written, found ISO-2022-CN;");
  }

  /** Pairs of an encoding and the beginning of a file, which may be a byte order mark. */
  static Stream<List<String>> encodings() {
    return Stream.of("", "\ufeff")
        .flatMap(
            mark ->
                Stream.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
                    .map(charset -> List.of(charset, mark)));
  }

  /** The letters contain the bytes of CR and LF, which end no line, as those within quotes. */
  @ParameterizedTest
  @MethodSource("encodings")
  void linesEndAsTheFirstOneDoesInEveryEncoding(List<String> encoding) throws IOException {
    Charset charset = Charset.forName(encoding.get(0));
    for (String end : List.of("\n", "\r\n", "\r")) {
      for (String name :
          List.of(
              "po\u010det",
              "\u0a0d\u0d0a",
              "\u010a",
              "\"a\nb\"",
              "\"a\r\nb\"",
              " \"\"\"\r,\nb\"")) {
        String text = String.join(end, name + ",x", "1,2", "\"a\r\n\nb\",3", "");
        file((encoding.get(1) + text).getBytes(charset));
        append(CsvFormat.withHeader().charset(charset), "z", 0);
        assertThat(Files.readString(copy(), charset))
            .isEqualTo(String.join(end, name.strip() + ",x,z", "1,2,0", "\"a\r\n\nb\",3,0", ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void quotesWithinAFieldDoNotHideTheEndOfALine(String end) throws IOException {
    for (String first : List.of("5\" pipe", "a \"b\" c\"", "\"a\"\"\"", "\"\"", "a\"\"")) {
      for (char separator : new char[] {';', '\t', ' '}) {
        String name = separator == ' ' ? first.replace(" ", "") : first;
        CsvFormat format = CsvFormat.withHeader().separator(separator);
        file(
            String.join(end, name + separator + "x", "1" + separator + "2", "")
                .getBytes(StandardCharsets.UTF_8));
        append(format, "z", 0);
        assertThat(Files.readString(copy()).replace(end, "")).doesNotContain("\n", "\r");
        assertThat(Files.readString(copy())).endsWith("2" + separator + "0" + end);
      }
    }
  }

  @Test
  void packedFilesEndTheirLinesAsTheFirstOne() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("\ufeff\u010a,x\r1,2\r".getBytes(StandardCharsets.UTF_16LE));
    }
    file(packed.toByteArray());
    append(CsvFormat.withHeader(), "z", 0);
    assertThat(Files.readString(copy())).isEqualTo("\u010a,x,z\r1,2,0\r");
  }
}
