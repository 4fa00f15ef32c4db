package org.nn4j.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.data.feature.Fill.mean;
import static org.nn4j.data.feature.Fill.median;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.data.Dataset;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.Scaling;
import org.nn4j.data.feature.UnknownCategory;

class InferredFormatTest {
  private static final String TABLE =
      """
      id,size,color,big,note,kind
      a1,1.5,red,yes,x,plum
      a2,,blue,no,,melon
      a3,4,red,NO,,plum
      a4,-2e1,red,yes,,melon
      """;

  private final Path folder;

  InferredFormatTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), content);
  }

  @Test
  void rolesAreFoundAndPrinted() throws IOException {
    Path file = file(TABLE);
    CsvFormat format = CsvFormat.infer(file);
    assertThat(format)
        .hasToString(
            """
            CSV with a header, separator ',', decimal mark '.', UTF-8
            column 'id': ignored (only different strings, such as a1, a2, a3)
            column 'size': a number (-20 to 4, 1 missing)
            column 'color': categorical (blue, red)
            column 'big': true or false (NO, no, yes)
            column 'note': ignored (only different strings, such as x)
            column 'kind': categorical (melon, plum)
            """);
    CsvColumns columns = format.label("kind").ignore("note").fillMissing(median()).columnsOf(file);
    assertThat(columns.inputs()).containsExactly("size", "color=blue", "color=red", "big");
    assertThat(columns.classes()).containsExactly("melon", "plum");
    assertThat(columns.features().list().get(0)).isInstanceOf(NumberFeature.class);
    assertThat(columns.features().list().get(1)).isInstanceOf(CategoryFeature.class);
    assertThat(columns.features().list().get(2)).isInstanceOf(BooleanFeature.class);
    assertThat(((NumberFeature) columns.features().list().get(0)).fill()).hasValue(1.5);
  }

  @Test
  void eachRoleCanBeOverruled() throws IOException {
    Path file = file("zip,flag,size,text\n8001,0,1,a\n8002,1,2,b\n8001,1,3,c\n");
    CsvColumns columns =
        CsvFormat.infer(file)
            .categorical("zip", "text")
            .truthValues("flag")
            .target("size")
            .columnsOf(file);
    assertThat(columns.inputs())
        .containsExactly("zip=8001", "zip=8002", "flag", "text=a", "text=b", "text=c");
    assertThat(columns.targets()).hasSize(1);
    assertThat(CsvFormat.infer(file).numeric("zip").label("text").columnsOf(file).inputs())
        .containsExactly("zip", "flag", "size");
  }

  @Test
  void longNumbersAreCategoriesAndClassesByAllTheirDigits() throws IOException {
    Path file = file("id,y\n1234567890123456789,2\n1234567890123456788,1\n9,1\n");
    CsvFormat format = CsvFormat.withHeader();
    assertThat(format.categorical("id").target("y").columnsOf(file).inputs())
        .containsExactly("id=9", "id=1234567890123456788", "id=1234567890123456789");
    assertThat(format.label("id").columnsOf(file).classes())
        .containsExactly("9", "1234567890123456788", "1234567890123456789");
    Path hostile = file("id,y\n1e-999999999,1\n1e-99999999999,1\n" + "9".repeat(5000) + ",1\n");
    assertThat(format.label("id").columnsOf(hostile).classes()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theSeparatorIsFound(String separator) throws IOException {
    String text = "a,b,c\n1,\"x, y;z|\tw\",2\n3,\"x, y;z|\tw\",4\n\n5,\"u\",6\n";
    String quoted = "\u0001";
    String table = text.replace("x, y;z|\tw", quoted).replace(",", separator);
    Path file = file(table.replace(quoted, "x, y;z|\tw"));
    CsvFormat format = CsvFormat.infer(file);
    assertThat(format.label("b").columnsOf(file).inputs()).containsExactly("a", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,5;2,5\n2,5;3,5\n4,5;1,5\n",
        "x;y;1,5\nz;x;2,5\n",
        "length, cm;width, cm\n1,5;2,5\n2,5;3,5\n",
        "name;size;n\na;5\" x;1\n6\" y;b;2\nc;d;3\n",
        "a;b\r1,5;2,5\r2,5;3,5\r"
      })
  void semicolonsTakePrecedenceOverCommasThatFitTheLinesToo(String text) throws IOException {
    assertThat(CsvFormat.infer(file(text)).toString()).contains("separator ';'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,a;b\n3,4,c;d\n", "1|2,3,4\n5|6,7,8\n", "a;b,c\n1,2\n3,4\n"})
  void commasThatSeparateNumbersAreFound(String text) throws IOException {
    assertThat(CsvFormat.infer(file(text)).toString()).contains("separator ','");
  }

  @Test
  void theSeparatorOfALongHeaderIsFound() throws IOException {
    Path file = file("a".repeat(70_000) + ";b\n1;2\n3;4\n");
    assertThat(CsvFormat.infer(file).target("b").columnsOf(file).inputs()).hasSize(1);
  }

  @Test
  void unicodeTextOfSpreadsheetsIsRead() throws IOException {
    String table = "\ufeffx\ty\r\n1\ta\r\n2\tb\r\n3\ta\r\n";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file = Files.writeString(folder.resolve("data.txt"), table, charset);
      assertThat(CsvFormat.infer(file).label("y").columnsOf(file).classes())
          .containsExactly("a", "b");
    }
  }

  @Test
  void decimalCommasAndFilesWithoutHeaderAreFound() throws IOException {
    Path file = file("1,5;a;2\n-0,25;b;3\n1e3;a;4\n");
    CsvFormat format = CsvFormat.infer(file).label("1");
    assertThat(format.toString())
        .contains("column '0': a number (-0.25 to 1000)", "column '2': a number (2 to 4)");
    CsvColumns columns = format.columnsOf(file);
    assertThat(columns.inputs()).containsExactly("0", "2");
    NumberFeature first = (NumberFeature) columns.features().list().get(0);
    assertThat(first.bounds()).isEqualTo(new NumberFeature.Bounds(-0.25, 1000));
  }

  @Test
  void unnamedAndEmptyColumnsAreIgnored() throws IOException {
    Path file = file(",a,b,kind\n0,1,,x\n1,2,NA,y\n");
    assertThat(CsvFormat.infer(file).label("kind").columnsOf(file).inputs()).containsExactly("a");
  }

  @Test
  void gzipAndByteOrderMarksAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(("\ufeff" + TABLE).getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("data.csv.gz"), bytes.toByteArray());
    assertThat(CsvFormat.infer(file).toString()).contains("column 'size': a number");
  }

  @Test
  void filesThatAreNoTableAreRefused() throws IOException {
    Path empty = file("");
    assertThatThrownBy(() -> CsvFormat.infer(empty))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("found an empty file");
    Path header = file("a,b\n");
    assertThatThrownBy(() -> CsvFormat.infer(header))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining(
            "line 1: expected at least one sample after the header, found the end");
    Path uneven = file("a,b\n1,2\n1,2,3\n");
    assertThatThrownBy(() -> CsvFormat.infer(uneven))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("line 3: expected 2 fields");
    assertThatThrownBy(() -> CsvFormat.infer(folder)).hasMessageContaining("found a folder");
  }

  @Test
  void missingValuesFollowTheirRules() throws IOException {
    Path file = file("a,b,c,y\n1,,red,1\n,yes,,2\n3,no,blue,3\n");
    CsvFormat format = CsvFormat.withHeader().truthValues("b").categorical("c").target("y");
    assertThatThrownBy(() -> format.columnsOf(file))
        .hasMessageContaining("line 2, column 'b': expected true or false, found nothing;");
    CsvFormat filled = format.fillMissing(mean()).fillMissing(median().withIndicator(), "a");
    assertThatThrownBy(() -> filled.columnsOf(file))
        .hasMessageContaining(
            "line 3, column 'c': expected a string, found nothing; fill it in, or"
                + " set unknownCategories(UnknownCategory.ZEROS)");
    CsvColumns columns = filled.unknownCategories(UnknownCategory.ZEROS).columnsOf(file);
    assertThat(columns.inputs()).containsExactly("a", "a is missing", "b", "c=blue", "c=red");
    assertThat(columns.features().encode(Arrays.asList(null, null, null)))
        .containsExactly(2, 1, 0.5, 0, 0);
    Path empty = Files.writeString(folder.resolve("empty.csv"), "a,y\n,1\nNA,2\n");
    CsvFormat median = CsvFormat.withHeader().target("y").fillMissing(median());
    assertThatThrownBy(() -> median.columnsOf(empty))
        .hasMessageContaining(
            "column 'a': expected at least one number, for median(), found none;");
    assertThatThrownBy(() -> format.fillMissing(mean(), "z").columnsOf(file))
        .hasMessageContaining("expected a column 'z', found the columns a, b, c, y");
    assertThatThrownBy(() -> format.fillMissing(mean(), "c").columnsOf(file))
        .hasMessage(
            "CsvFormat: expected fillMissing(...) of inputs that are numbers or true or false, found"
                + " column 'c', categorical; name others;"
                + " unknownCategories(UnknownCategory.ZEROS) is for missing categories");
    assertThatThrownBy(() -> format.scale(Scaling.MIN_MAX, "y").columnsOf(file))
        .hasMessage(
            "CsvFormat: expected scale(...) of inputs that are numbers, found column 'y', a target; name"
                + " others; scaleTargets(...) is for targets");
  }

  @Test
  void numbersAreScaledByTheTrainingPartAlone() throws IOException {
    StringBuilder text = new StringBuilder("a,kind\n");
    for (int i = 0; i < 40; i++) {
      text.append(i * i).append(',').append(i % 4 == 0 ? "x" : "y").append('\n');
    }
    Path file = file(text.toString());
    CsvFormat format = CsvFormat.withHeader().label("kind").scale(Scaling.STANDARD);
    CsvSplit split = format.split(file, 0.25, 3);
    assertThat(split.data().training().size()).isEqualTo(30);
    double[] training = inputs(split.data().training());
    assertThat(sum(training)).isCloseTo(0, within(1e-9));
    assertThat(Math.abs(sum(inputs(split.data().validation())))).isGreaterThan(0.1);
    CsvColumns minMax = format.scale(Scaling.MIN_MAX, "a").columnsOf(file);
    assertThat(minMax.features().encode(39 * 39.0)).containsExactly(1);
    assertThat(minMax.features().encode(0.0)).containsExactly(0);
  }

  private static double[] inputs(Dataset data) {
    double[] inputs = new double[data.size()];
    for (int i = 0; i < inputs.length; i++) {
      INDArray x = Nd4j.create(DataType.DOUBLE, 1, 1);
      INDArray y = Nd4j.create(DataType.DOUBLE, 1, 2);
      data.gather(new int[] {i}, x, y);
      inputs[i] = x.getDouble(0);
    }
    return inputs;
  }

  private static double sum(double... numbers) {
    return Arrays.stream(numbers).sum();
  }

  @Test
  void numbersTooLargeToBeScaledAreRefused() throws IOException {
    Path file = file("a,b\n1e308,1\n-1e308,2\n");
    CsvFormat format = CsvFormat.withHeader().target("b");
    assertThat(format.columnsOf(file).inputs()).containsExactly("a");
    for (Scaling scaling : new Scaling[] {Scaling.STANDARD, Scaling.MIN_MAX}) {
      assertThatThrownBy(() -> format.scale(scaling).columnsOf(file))
          .isInstanceOf(CsvFormatException.class)
          .hasMessageContaining(
              "column 'a': expected numbers that can be scaled, found -1.0E308 to 1.0E308; replace numbers that encode missing values by empty fields, or set scaling NONE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void theLinesOfACopyEndAsThoseOfTheFile(String end) throws IOException {
    String table = String.join(end, "x,note,y", "1,\"two\r\n\nlines\",3", "2,b,4", "");
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      Path file = Files.writeString(folder.resolve("data.csv"), "\ufeff" + table, charset);
      Path copy = folder.resolve("copy.csv");
      copyWithZ(file, copy);
      assertThat(Files.readString(copy))
          .isEqualTo(String.join(end, "x,note,y,z", "1,\"two\r\n\nlines\",3,0", "2,b,4,0", ""));
    }
  }

  @Test
  void aCopyNamedAsAGzipFileIsOne() throws IOException {
    Path file = file("x,y\n1,3\n2,4\n");
    Path copy = folder.resolve("copy.csv.gz");
    copyWithZ(file, copy);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(copy))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("x,y,z\n1,3,0\n2,4,0\n");
    }
  }

  private static void copyWithZ(Path file, Path copy) throws IOException {
    CsvFormat format = CsvFormat.infer(file).target("y");
    CsvColumns columns = format.columnsOf(file);
    format.appendColumns(
        file,
        copy,
        columns.features(),
        List.of("z"),
        rows -> Arrays.stream(rows).map(row -> new Object[] {0}).toArray(Object[][]::new));
  }

  @Test
  void aCopyHasMoreColumns() throws IOException {
    Path training = file("a;kind\n1,5;x\n2;y\n");
    CsvFormat format = CsvFormat.withHeader().separator(';').decimal(',').label("kind");
    CsvColumns columns = format.columnsOf(training);
    Path file =
        Files.writeString(folder.resolve("rows.csv"), "b;a\n\"with ; in it\";2,5\nplain;-1\n");
    Path copy = folder.resolve("copy.csv");
    format.appendColumns(
        file,
        copy,
        columns.features(),
        List.of("double", "text"),
        rows ->
            Arrays.stream(rows)
                .map(row -> new Object[] {2 * row[0], "1.5"})
                .toArray(Object[][]::new));
    assertThat(Files.readString(copy).lines())
        .containsExactly("b;a;double;text", "\"with ; in it\";2,5;5,0;1.5", "plain;-1;-2,0;1.5");
    assertThatThrownBy(
            () -> format.appendColumns(file, copy, columns.features(), List.of("b"), r -> null))
        .hasMessageContaining("expected no column 'b', found one; rename it");
    Path lacking = Files.writeString(folder.resolve("lacking.csv"), "b;c\n1;2\n");
    assertThatThrownBy(
            () ->
                format.appendColumns(
                    lacking, copy, columns.features(), List.of("d"), r -> new Object[0][]))
        .hasMessageContaining("expected the columns a, found no column a;");
    Path bad = Files.writeString(folder.resolve("bad.csv"), "a\n1\nx\n");
    assertThatThrownBy(
            () ->
                format.appendColumns(
                    bad, copy, columns.features(), List.of("d"), r -> new Object[0][]))
        .hasMessageContaining("bad.csv, line 3, column 'a': expected a finite number");
    assertThat(Files.readString(copy)).contains("double"); // the copy of before
  }
}
