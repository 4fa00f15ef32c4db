package org.nn4j.data.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.nn4j.internal.Decimal;

/** Syntax of a CSV file. */
record CsvDialect(boolean header, char separator, Decimal decimal, Charset charset) {
  static final CsvDialect COMMAS = new CsvDialect(true, ',', Decimal.POINT, StandardCharsets.UTF_8);

  CsvDialect withHeader(boolean has) {
    return new CsvDialect(has, separator, decimal, charset);
  }

  CsvDialect withSeparator(char character) {
    return new CsvDialect(header, character, decimal, charset);
  }

  CsvDialect withDecimal(char mark) {
    return new CsvDialect(header, separator, new Decimal(mark), charset);
  }

  CsvDialect withCharset(Charset encoding) {
    return new CsvDialect(header, separator, decimal, encoding);
  }

  @Override
  public String toString() {
    return "CSV with "
        + (header ? "a header" : "no header")
        + ", separator "
        + (separator == '\t' ? "tab" : "'" + separator + "'")
        + ", decimal mark '"
        + decimal.mark()
        + "', "
        + charset
        + "\n";
  }
}
