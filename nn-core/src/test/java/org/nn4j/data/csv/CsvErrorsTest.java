package org.nn4j.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Epoch;

class CsvErrorsTest {
  private static final CsvFormat FORMAT = CsvFormat.withHeader().label("kind");

  private final Path folder;

  CsvErrorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), content);
  }

  /** What is said of a file, without its folder, when it is learned from and read. */
  private String message(CsvFormat format, String content) throws IOException {
    Path file = file(content);
    CsvFormatException e =
        catchThrowableOfType(CsvFormatException.class, () -> format.columnsOf(file).read(file));
    assertThat(e).isNotNull();
    assertThat(e.file()).isEqualTo(file.toString());
    return String.valueOf(e.getMessage()).replace(file.toString(), "data.csv");
  }

  @Test
  void numbersThatAreNoneAreNamedByLineAndColumn() throws IOException {
    assertThat(message(FORMAT, "size,kind\n1,a\n\nabc,b\n"))
        .isEqualTo(
            "CSV file data.csv, line 4, column 'size': expected a finite number, found 'abc';"
                + " correct it, or set the role of the column with categorical, label or ignore");
    assertThat(message(FORMAT, "size,kind\n1,a\n ,b\n"))
        .isEqualTo(
            "CSV file data.csv, line 3, column 'size': expected a finite number, found nothing;"
                + " fill it in, remove the line, or set fillMissing(...) for inputs");
    for (String none :
        new String[] {"NaN", "Infinity", "-Infinity", "1e999", "1d", "2f", "0x1p3", "1,5", "NA"}) {
      String field = none.contains(",") ? "\"" + none + "\"" : none;
      assertThat(message(FORMAT, "size,kind\n" + field + ",a\n"))
          .contains("line 2, column 'size': expected a finite number, found '" + none + "'");
    }
    assertThat(message(CsvFormat.withoutHeader().label("0"), "a,1\nb,x\n"))
        .startsWith("CSV file data.csv, line 2, column '1': expected a finite number, found 'x'");
    assertThat(message(CsvFormat.withHeader().target("y"), "x,y\n1,?\n"))
        .contains("line 2, column 'y': expected a finite number, found '?'");
  }

  @Test
  void labelsWithAClassForEachLineAreRefused() throws IOException {
    StringBuilder prices = new StringBuilder("size,kind\n");
    StringBuilder classes = new StringBuilder("size,kind\n");
    for (int i = 0; i < 303; i++) {
      prices.append(i).append(',').append(i % 200).append(".5\n");
      classes.append(i).append(',').append(i % 150).append('\n');
    }
    assertThat(message(FORMAT, prices.toString()))
        .isEqualTo(
            "CSV file data.csv, column 'kind': expected classes that occur in several lines each,"
                + " found 200 different strings in 303 lines; name a column of numbers with"
                + " target(...), or list the classes in label(...)");
    Path file = file(classes.toString());
    assertThat(FORMAT.columnsOf(file).classes()).hasSize(150);
  }

  @Test
  void theExceptionKnowsItsPlace() throws IOException {
    Path file = file("size,kind\n1,a\nx,b\n");
    CsvFormatException e =
        catchThrowableOfType(CsvFormatException.class, () -> FORMAT.columnsOf(file));
    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo("size");
  }

  @Test
  void linesOfOtherLengthsAreRefused() throws IOException {
    assertThat(message(FORMAT, "size,kind\n1,a\n2,b,c\n"))
        .isEqualTo(
            "CSV file data.csv, line 3: expected 2 fields, as the first line has, found 3; complete"
                + " the line, or put a field that holds a separator in quotes");
    assertThat(message(FORMAT, "size,kind\n1\n"))
        .contains("line 2: expected 2 fields")
        .contains("found 1;");
    assertThat(message(CsvFormat.withHeader().target("y"), "x,y\n1,2\n3\n"))
        .contains("line 3: expected 2 fields");
  }

  @Test
  void quotesThatAreNotClosedAreFoundWhereTheyBegin() throws IOException {
    assertThat(message(FORMAT, "size,kind\n1,a\n2,\"b\n3,c\n4,d\n"))
        .isEqualTo(
            "CSV file data.csv, line 3: expected a quote at the end of each quoted field, found"
                + " none"
                + " before the end of the file; close the quote; a quote within a field is written"
                + " twice");
    assertThat(message(FORMAT, "\"size,kind\n1,a\n"))
        .contains("line 1: expected a quote at the end");
    assertThat(message(FORMAT, "size,kind\n1,\"a\"b\n"))
        .isEqualTo(
            "CSV file data.csv, line 2: expected fields as RFC 4180 has them, found Unexpected"
                + " character after closing quote: 'b' (0x62); correct the line, or name the"
                + " separator of the file");
  }

  @Test
  void filesWithoutSamplesAreRefused() throws IOException {
    assertThat(message(FORMAT, ""))
        .isEqualTo(
            "CSV file data.csv: expected at least one sample, found an empty file; copy the file"
                + " again");
    assertThat(message(FORMAT, "\n\n")).contains("found an empty file");
    assertThat(message(FORMAT, "size,kind\n"))
        .isEqualTo(
            "CSV file data.csv, line 1: expected at least one sample after the header, found the"
                + " end"
                + " of the file; copy the file again, or read it without a header");
    assertThatThrownBy(() -> FORMAT.columnsOf(folder.resolve("none.csv")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void unknownClassesAndCategoriesAreRefused() throws IOException {
    CsvFormat given = CsvFormat.withHeader().label("kind", "a", "b");
    assertThat(message(given, "size,kind\n1,a\n2,c\n"))
        .isEqualTo(
            "CSV file data.csv, line 3, column 'kind': expected one of the classes a, b, found 'c';"
                + " correct the field, or name the class in label(...)");
    CsvColumns learned = FORMAT.categorical("color").columnsOf(file("color,kind\nred,a\nblue,b\n"));
    Path other = file("color,kind\nred,a\nblue,c\n");
    assertThatThrownBy(() -> learned.read(other))
        .hasMessageEndingWith(
            "line 3, column 'kind': expected one of the classes a, b, found 'c'; correct the field,"
                + " or learn the columns from a file that has it");
    Path third = file("color,kind\ngreen,a\n");
    assertThatThrownBy(() -> learned.read(third))
        .hasMessageContaining(
            "line 2, column 'color': expected one of the categories blue, red, found 'green';");
    assertThat(message(FORMAT, "size,kind\n1,\n"))
        .endsWith(
            "line 2, column 'kind': expected a string, found nothing; fill it in, or remove the"
                + " line");
    StringBuilder many = new StringBuilder("size,kind\n");
    for (int i = 0; i < 12; i++) {
      many.append("1,").append(i).append('\n');
    }
    CsvColumns twelve = FORMAT.columnsOf(file(many.toString()));
    Path fourth = file("size,kind\n1,12\n");
    assertThatThrownBy(() -> twelve.read(fourth))
        .hasMessageContaining(
            "one of the classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 ... (12 in all), found");
  }

  @Test
  void labelsOutOfRangeAreRefused() throws IOException {
    CsvFormat digits = CsvFormat.withHeader().labelNumber("digit", 10);
    for (String label : new String[] {"10", "-1", "1.5", "one"}) {
      assertThat(message(digits, "x,digit\n1,3\n2," + label + "\n"))
          .isEqualTo(
              "CSV file data.csv, line 3, column 'digit': expected a class from 0 to 9, found '"
                  + label
                  + "'; count classes from 0, or raise the number of classes");
    }
  }

  @Test
  void otherColumnsThanAskedForAreRefused() throws IOException {
    assertThat(message(FORMAT, "size,species\n1,a\n"))
        .isEqualTo(
            "CSV file data.csv, line 1: expected a column 'kind', found the columns size, species;"
                + " correct the name, or the separator");
    assertThat(message(CsvFormat.withoutHeader().label("4"), "1,a\n"))
        .isEqualTo(
            "CSV file data.csv: expected a column '4', found the columns 0, 1; correct the name, or"
                + " the separator");
    assertThat(message(FORMAT, "size,kind,size\n1,a,2\n"))
        .isEqualTo(
            "CSV file data.csv, line 1: expected columns of different names, found 'size' twice;"
                + " rename one of them in the file");
    CsvColumns learned = FORMAT.columnsOf(file("size,kind\n1,a\n"));
    Path other = file("kind,size\na,1\n");
    assertThatThrownBy(() -> learned.read(other))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageEndingWith(
            "line 1: expected the columns size, kind, found kind, size; pass a file with the"
                + " columns of the training file");
  }

  @Test
  void anotherEncodingIsNoticed() throws IOException {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "size,kind\n1,Zürich\n", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> FORMAT.columnsOf(file))
        .hasMessageEndingWith(
            "line 2, column 'kind': expected text in UTF-8, found 'Z\ufffdrich'; name the encoding of"
                + " the file, such as windows-1252, with charset(...) or infer(file, charset)");
  }

  @Test
  void otherFilesThanTextAreNamed() throws IOException {
    assertThat(message(FORMAT, "PK\u0003\u0004 and more"))
        .isEqualTo(
            "CSV file data.csv: expected CSV text, as it is or packed with gzip, found a zip"
                + " archive"
                + " or an .xlsx workbook; save the table as CSV, or unpack the archive");
    assertThat(message(FORMAT, "BZh91AY&SY....")).endsWith("found a bzip2 file; unpack it");
    assertThat(message(FORMAT, "BZh9,kind\nx,a\n")).contains("column 'BZh9'");
    Path wide = folder.resolve("data.csv");
    Files.writeString(wide, "size,kind\n1,a\n", StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> FORMAT.columnsOf(wide))
        .hasMessageEndingWith(
            "name the encoding of the file, such as windows-1252, with charset(...) or infer(file,"
                + " charset)");
  }

  @Test
  void gzipThatIsDamagedIsNamed() throws IOException {
    Path file = folder.resolve("data.csv");
    byte[] packed = CsvVariantsTest.gzip("size,kind\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8));
    for (int length = 2; length < packed.length; length++) {
      Files.write(file, Arrays.copyOf(packed, length));
      assertThatThrownBy(() -> FORMAT.columnsOf(file).read(file))
          .as("%d of %d bytes", length, packed.length)
          .isInstanceOf(CsvFormatException.class)
          .hasMessage(
              "CSV file "
                  + file
                  + ": expected a whole gzip file, found its end too early; copy the file again");
    }
    byte[] altered = packed.clone();
    altered[altered.length - 5] ^= 1; // of the check sum
    Files.write(file, altered);
    assertThatThrownBy(() -> FORMAT.columnsOf(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining(": expected a whole gzip file, found Corrupt GZIP trailer;");
  }

  /** A line of a gigabyte in a small file: refused at a bound, with no array of that size. */
  @Test
  void gzipBombsAreReadPieceByPiece() throws IOException {
    Path file = folder.resolve("data.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("size,kind\n1,a\n".getBytes(StandardCharsets.UTF_8));
      byte[] digits = new byte[1 << 20];
      Arrays.fill(digits, (byte) '1');
      for (int i = 0; i < 64; i++) {
        out.write(digits);
      }
    }
    assertThatThrownBy(() -> FORMAT.columnsOf(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("maximum buffer size");
  }

  @Test
  void whatStandsForANumberIsExplained() throws IOException {
    String missing = "; fill it in, remove the line, or set fillMissing(...) for inputs";
    for (String mark : new String[] {"NaN", "nan", "NA", "n/a", "null", "?", "-"}) {
      assertThat(message(FORMAT, "size,kind\n" + mark + ",a\n"))
          .endsWith("expected a finite number, found '" + mark + "'" + missing);
    }
    for (String number :
        new String[] {"1,234.5", "1,234,567", "1 234", "1'234.5", "1_000", "-1,000."}) {
      assertThat(message(FORMAT, "size,kind\n\"" + number + "\",a\n"))
          .endsWith("found '" + number + "'; write it without marks between thousands");
    }
    assertThat(message(FORMAT, "size,kind\n\"1,5\",a\n"))
        .endsWith("found '1,5'; set decimal(',') if that is the decimal mark of the file");
    assertThat(message(FORMAT, "size,kind\n\"1,234\",a\n"))
        .endsWith(
            "write it without marks between thousands, or set decimal(',') if that is the decimal"
                + " mark"
                + " of the file");
    CsvFormat comma = FORMAT.separator(';').decimal(',');
    assertThat(message(comma, "size;kind\n1.5;a\n"))
        .endsWith(
            "expected a finite number with the decimal mark ',', found '1.5'; set decimal('.') if"
                + " that"
                + " is the decimal mark of the file");
    assertThat(message(comma, "size;kind\n1.234,5;a\n"))
        .endsWith("found '1.234,5'; write it without marks between thousands");
    for (String none :
        new String[] {"inf", "-inf", "Infinity", "1e999", "\u0661", "1e", "e5", "+", "1-2"}) {
      assertThat(message(FORMAT, "size,kind\n" + none + ",a\n"))
          .endsWith("correct it, or set the role of the column with categorical, label or ignore");
    }
  }

  @Test
  void separatorsAtTheEndOfALineAreNamed() throws IOException {
    assertThat(message(FORMAT, "size,kind,\n1,a,\n"))
        .isEqualTo(
            "CSV file data.csv, line 1: expected a name for each column, found none for column 2,"
                + " counted from 0; name it, or skip it with ignore(\"2\")");
    assertThat(message(FORMAT, "size,kind\n1,a,\n"))
        .endsWith("found 3; delete the separator at the end of the line");
    Path file = file("size,kind,,\n1,a,,\n2,b,,\n");
    assertThat(FORMAT.ignore("2", "3").columnsOf(file).read(file).size()).isEqualTo(2);
  }

  /** A line of blanks is skipped; a quoted blank, or blanks between separators, are fields. */
  @Test
  void onlyLinesOfBlanksAreBlank() throws IOException {
    Path file = file(" \n\t\nsize,kind\n  \n1,a\n\t \n2,b\n   ");
    assertThat(FORMAT.columnsOf(file).read(file).size()).isEqualTo(2);
    assertThat(message(FORMAT, "size,kind\n1,a\n\" \"\n"))
        .contains("line 3: expected 2 fields")
        .contains("found 1;");
    assertThat(message(FORMAT, "size,kind\n1,a\n , \n"))
        .contains("line 3, column 'size': expected a finite number, found nothing;");
    assertThat(message(FORMAT, "size,kind\n1,a\n1, \n"))
        .contains("line 3, column 'kind': expected a string, found nothing;");
    assertThat(message(FORMAT, " \n\t\n")).contains("found an empty file");
  }

  @Test
  void aNumberHasOneSpellingAmongClasses() throws IOException {
    assertThat(message(FORMAT, "size,kind\n1,1\n2,1.0\n"))
        .isEqualTo(
            "CSV file data.csv, column 'kind': expected one spelling for each number, found '1' and"
                + " '1.0'; write them alike, so that they are one class or category");
  }

  @Test
  void errorsInTheMiddleOfAStreamAreTheSame() throws IOException {
    CsvColumns columns = FORMAT.columnsOf(file("size,kind\n1,a\n"));
    Path file = file("size,kind\n1,a\n2,a\nx,a\n");
    BatchSource source = columns.batches(file, 2, FLOAT);
    try (Epoch epoch = source.epoch(1)) {
      var batches = epoch.iterator();
      assertThat(batches.next().size()).isEqualTo(2);
      assertThatThrownBy(batches::next)
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .isInstanceOf(CsvFormatException.class)
          .hasMessageContaining("line 4, column 'size': expected a finite number, found 'x'");
    }
    Files.delete(file);
    assertThatThrownBy(() -> source.epoch(2))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void contradictorySettingsAreRefused() throws IOException {
    assertThatThrownBy(() -> FORMAT.categorical("kind"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CsvFormat: expected one role for column 'kind', found the label, and categorical;"
                + " assign one role to each column");
    assertThatThrownBy(() -> FORMAT.target("size"))
        .hasMessage(
            "CsvFormat: expected one label, or targets that are numbers, found a target as well;"
                + " choose either one label, or target columns");
    assertThatThrownBy(() -> FORMAT.labelNumber("size", 3))
        .hasMessageContaining("the label as well");
    assertThatThrownBy(() -> CsvFormat.withHeader().target("y").label("kind"))
        .hasMessageContaining("the label as well");
    assertThatThrownBy(() -> CsvFormat.withoutHeader().label("kind"))
        .hasMessage(
            "CsvFormat: expected indices of columns, as there is no header, found 'kind';"
                + " name the column by its index, such as \"0\", or start with"
                + " CsvFormat.withHeader()");
    assertThatThrownBy(() -> CsvFormat.withHeader().label("kind", "a", "a"))
        .hasMessageContaining("classes of different names, found [a, a]");
    assertThatThrownBy(() -> CsvFormat.withHeader().labelNumber("kind", 0))
        .hasMessageContaining("a positive number of classes, found 0");
    assertThatThrownBy(() -> CsvFormat.withHeader().separator('"'))
        .hasMessageContaining(
            "a separator that is neither a quote nor the end of a line, found 34");
    assertThatThrownBy(() -> FORMAT.decimal(';'))
        .hasMessage(
            "CsvFormat: expected the decimal mark '.' or ',', found ';'; correct the"
                + " argument");
    Path file = file("size,kind\n1,a\n");
    assertThatThrownBy(() -> CsvFormat.withoutHeader().decimal(',').label("1").columnsOf(file))
        .hasMessage(
            "CsvFormat: expected a separator other than the decimal mark, as there is no header,"
                + " found"
                + " ',' for both; name the separator of the file with separator(...)");
    assertThatThrownBy(() -> CsvFormat.withHeader().columnsOf(file))
        .hasMessage(
            "CsvFormat: expected a label or a target, found columns that are all inputs; name the"
                + " column with label(...) or target(...)");
    assertThatThrownBy(() -> FORMAT.ignore("size").columnsOf(file))
        .hasMessageContaining(
            "at least one input, found no column that is one; print the format, and name inputs"
                + " that it"
                + " ignores with numeric(...) or categorical(...)");
  }
}
