package org.nn4j.data.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/** Text of a CSV file, decoded by its byte order mark, or else in the charset of its format. */
final class CsvText {
  /** UTF-32LE precedes UTF-16LE, whose mark is the beginning of its mark. */
  private static final List<Charset> MARKED =
      List.of(UTF_8, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"), UTF_16LE, UTF_16BE);

  private static final int MAX_MARK = 4;

  private CsvText() {}

  /** Opens a file after its byte order mark. */
  static Reader open(Path file, Charset charset) throws IOException {
    InputStream in = CsvBytes.open(file);
    try {
      in.mark(MAX_MARK);
      byte[] head = in.readNBytes(MAX_MARK);
      in.reset();
      for (Charset marked : MARKED) {
        byte[] mark = "\ufeff".getBytes(marked);
        if (CsvBytes.begins(head, mark)) {
          in.skipNBytes(mark.length);
          return new InputStreamReader(in, marked);
        }
      }
      return new InputStreamReader(in, charset);
    } catch (EOFException | ZipException e) {
      in.close();
      throw CsvBytes.damaged(file, e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Returns the first end of a line outside quotes; CRLF if there is none. */
  static LineDelimiter lineEnd(Path file, CsvDialect format) throws IOException {
    try (Reader text = new BufferedReader(open(file, format.charset()))) {
      boolean blank = true; // only blanks in this field so far
      boolean inQuotes = false;
      boolean quoted = false; // elsewhere a quote is an ordinary character
      for (int c = text.read(); c >= 0; c = text.read()) {
        if (c == '"' && (blank || quoted)) {
          quoted = true;
          inQuotes = !inQuotes;
        } else if (!inQuotes && (c == '\n' || c == '\r')) {
          return c == '\n'
              ? LineDelimiter.LF
              : text.read() == '\n' ? LineDelimiter.CRLF : LineDelimiter.CR;
        } else if (!inQuotes && c == format.separator()) {
          quoted = false;
        }
        blank = !inQuotes && (c == format.separator() || (blank && c <= ' '));
      }
      return LineDelimiter.CRLF;
    }
  }
}
