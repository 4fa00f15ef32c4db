package org.nn4j.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.doubles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;

/**
 * Tables of known numbers, written in all the ways in which files come, must be read as those
 * numbers; with one fault in one line, that line must be named.
 */
class CsvVariantsTest {
  private static final int FILES = 300;
  private static final int CLASSES = 4;
  private static final String[] FAULTS = {"", "NaN", "inf", "x", "1e400", "0x1", "1 2", "--1"};

  private final Path folder;

  CsvVariantsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** A table, how it is written, and where each of its lines begins in the file. */
  private static final class Variant {
    final SeededRandom random;
    final double[][] rows;
    final StringBuilder text = new StringBuilder();
    final long[] lines;
    final String end;
    final char separator;
    final char decimal;
    final boolean header;
    long line = 1;

    Variant(long seed) {
      random = new SeededRandom(seed);
      rows = new double[1 + random.nextInt(12)][3];
      for (double[] row : rows) {
        row[0] = random.nextInt(2001) - 1000;
        row[1] = random.nextGaussian() * Math.pow(10, random.nextInt(13) - 6.0);
        row[2] = random.nextInt(CLASSES);
      }
      lines = new long[rows.length];
      end = pick("\n", "\r\n", "\r");
      separator = pick(",", ";", "\t", "|", " ").charAt(0);
      decimal = pick(".", ",").charAt(0);
      header = random.nextBoolean() || separator == decimal;
    }

    String pick(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    CsvFormat format() {
      CsvFormat format = header ? CsvFormat.withHeader() : CsvFormat.withoutHeader();
      format = format.separator(separator).decimal(decimal);
      format = header ? format.ignore("note") : format.ignore("2");
      return format.labelNumber(header ? "class" : "3", CLASSES);
    }

    /** Writes all; in the row of a number, a text in place of the field of a number. */
    Variant write(int faultyRow, int faultyField, String fault) {
      text.append(pick("", "\ufeff"));
      blankLines();
      if (header) {
        text.append(String.join(String.valueOf(separator), "count", "size", "note", "class"));
        endLine();
      }
      for (int i = 0; i < rows.length; i++) {
        blankLines();
        lines[i] = line;
        String[] fields = {spelled(rows[i][0]), spelled(rows[i][1]), note(), spelled(rows[i][2])};
        if (i == faultyRow) {
          fields[faultyField] = fault;
        }
        for (int f = 0; f < fields.length; f++) {
          text.append(f == 0 ? "" : separator).append(f == 2 ? fields[f] : quoted(fields[f]));
        }
        if (i < rows.length - 1 || random.nextBoolean()) {
          endLine();
        }
      }
      return this;
    }

    private void endLine() {
      text.append(end);
      line++;
    }

    /** Blanks that are the separator are fields. */
    private void blankLines() {
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append(pick("", separator == ' ' ? "" : "   ", separator == '\t' ? "" : "\t"));
        endLine();
      }
    }

    private String note() {
      if (random.nextInt(3) > 0) {
        return "plain";
      }
      line++;
      return "\"two" + separator + end + "lines \"\" and a quote\"";
    }

    private String spelled(double number) {
      List<String> spellings = new ArrayList<>();
      spellings.add(String.valueOf(number));
      spellings.add("0" + new BigDecimal(Math.abs(number)).toPlainString());
      if (number == Math.rint(number)) {
        spellings.add(String.valueOf((long) number));
        spellings.add((long) number + ".");
        spellings.add((long) number + ".000");
        spellings.add((long) number + "e0");
      }
      String chosen = spellings.get(random.nextInt(spellings.size()));
      if (chosen.startsWith("0") && number < 0) {
        chosen = "-" + chosen;
      } else if (number > 0 && random.nextInt(4) == 0) {
        chosen = "+" + chosen;
      }
      return chosen.replace('.', decimal);
    }

    private String quoted(String field) {
      boolean must = field.indexOf(separator) >= 0;
      String inner = must || random.nextInt(4) == 0 ? "\"" + field + "\"" : field;
      boolean pad = separator != ' ' && random.nextInt(4) == 0;
      return pad ? "  " + inner + " " : inner;
    }

    Path save(Path folder) throws IOException {
      byte[] bytes = text.toString().getBytes(UTF_8);
      if (random.nextBoolean()) {
        return Files.write(folder.resolve("data.csv"), bytes);
      }
      // Members one after the other, as "cat a.gz b.gz" makes them.
      int cut = random.nextInt(bytes.length + 1);
      ByteArrayOutputStream members = new ByteArrayOutputStream();
      members.writeBytes(gzip(java.util.Arrays.copyOf(bytes, cut)));
      members.writeBytes(gzip(java.util.Arrays.copyOfRange(bytes, cut, bytes.length)));
      return Files.write(folder.resolve(pick("data.csv", "data.csv.gz")), members.toByteArray());
    }
  }

  private static List<double[]> rows(BatchSource source) {
    List<double[]> rows = new ArrayList<>();
    try (Epoch epoch = source.epoch(1)) {
      for (Batch batch : epoch) {
        for (int i = 0; i < batch.size(); i++) {
          double[] x = doubles(batch.inputs().getRow(i));
          rows.add(new double[] {x[0], x[1], batch.targets().getRow(i).argMax().getInt(0)});
        }
      }
    }
    return rows;
  }

  @Test
  void numbersAreReadAsTheyWereWritten() throws IOException {
    for (int seed = 0; seed < FILES; seed++) {
      Variant variant = new Variant(seed).write(-1, 0, "");
      Path file = variant.save(folder);
      CsvColumns columns = variant.format().columnsOf(file);
      List<double[]> read = rows(Batches.inOrder(columns.read(file), 5, DOUBLE));
      assertThat(read.toArray(double[][]::new))
          .as("seed %d: %s", seed, variant.text)
          .isDeepEqualTo(variant.rows);
      assertThat(rows(columns.batches(file, 5, DOUBLE)).toArray(double[][]::new))
          .isDeepEqualTo(variant.rows);
    }
  }

  @Test
  void aFaultIsFoundInItsLineAndColumn() throws IOException {
    for (int seed = 0; seed < FILES; seed++) {
      Variant variant = new Variant(seed);
      int row = variant.random.nextInt(variant.rows.length);
      int field = new int[] {0, 1, 3}[variant.random.nextInt(3)];
      variant.write(row, field, variant.pick(FAULTS));
      Path file = variant.save(folder);
      CsvFormat format = variant.format();
      CsvFormatException e =
          catchThrowableOfType(CsvFormatException.class, () -> format.columnsOf(file).read(file));
      assertThat(e).as("seed %d: %s", seed, variant.text).isNotNull();
      assertThat(e.line()).as("seed %d: %s", seed, variant.text).isEqualTo(variant.lines[row]);
      String[] names = {"count", "size", "note", "class"};
      assertThat(e.column())
          .as("seed %d: %s", seed, variant.text)
          .isEqualTo(variant.header ? names[field] : String.valueOf(field));
    }
  }
}
