package org.nn4j.data.csv;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nn4j.data.csv.CsvFormatException.Place;

/**
 * Bytes of a CSV file, unpacked if the file begins with the bytes of gzip, whatever its name. Only
 * a buffer is in memory.
 */
final class CsvBytes {
  private static final int BUFFER = 1 << 16;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /** First bytes of other kinds of files; no text begins with them. */
  private static final Map<String, byte[]> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("a zip archive or an .xlsx workbook", new byte[] {'P', 'K', 3, 4});
    OTHERS.put("an .xls workbook", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0});
    OTHERS.put("an xz file", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    OTHERS.put("a zstd file", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
    OTHERS.put("a 7z archive", new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c});
  }

  private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

  /** Length of the longest of them: {@code BZh}, a digit, and the mark of a block. */
  private static final int HEAD = 4 + BZIP2_BLOCK.length;

  private CsvBytes() {}

  /** Returns a stream that supports marks. */
  static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(HEAD);
      byte[] head = in.readNBytes(HEAD);
      in.reset();
      if (begins(head, GZIP)) {
        return unpacked(in, file);
      }
      refuseOthers(head, file);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream unpacked(InputStream in, Path file) throws IOException {
    try {
      return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    }
  }

  /** Returns the exception for a truncated or damaged gzip file. */
  static CsvFormatException damaged(Path file, IOException cause) {
    return new CsvFormatException(
        new Place(file.toString(), 0, ""),
        "a whole gzip file",
        cause instanceof EOFException ? "its end too early" : String.valueOf(cause.getMessage()),
        "copy the file again",
        cause);
  }

  private static void refuseOthers(byte[] head, Path file) throws CsvFormatException {
    if (begins(head, new byte[] {'B', 'Z', 'h'})
        && Arrays.equals(BZIP2_BLOCK, Arrays.copyOfRange(head, 4, HEAD))) {
      throw other(file, "a bzip2 file");
    }
    for (Map.Entry<String, byte[]> kind : OTHERS.entrySet()) {
      if (begins(head, kind.getValue())) {
        throw other(file, kind.getKey());
      }
    }
  }

  private static CsvFormatException other(Path file, String found) {
    return new CsvFormatException(
        new Place(file.toString(), 0, ""),
        "CSV text, as it is or packed with gzip",
        found,
        found.contains("workbook") ? "save the table as CSV, or unpack the archive" : "unpack it");
  }

  static boolean begins(byte[] head, byte[] with) {
    return head.length >= with.length && Arrays.equals(with, 0, with.length, head, 0, with.length);
  }
}
