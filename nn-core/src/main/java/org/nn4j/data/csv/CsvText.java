package org.nn4j.data.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.nn4j.internal.Decimal;

/** Syntax of a CSV file. */
record CsvText(boolean header, char separator, Decimal decimal, Charset charset) {
  static final CsvText COMMAS = new CsvText(true, ',', Decimal.POINT, StandardCharsets.UTF_8);

  CsvText withHeader(boolean has) {
    return new CsvText(has, separator, decimal, charset);
  }

  CsvText withSeparator(char character) {
    return new CsvText(header, character, decimal, charset);
  }

  CsvText withDecimal(char mark) {
    return new CsvText(header, separator, new Decimal(mark), charset);
  }

  CsvText withCharset(Charset encoding) {
    return new CsvText(header, separator, decimal, encoding);
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
