package org.nn4j.mnist;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.internal.download.Gzip;
import org.nn4j.io.FileAccess;

/**
 * MNIST in Keras's form: a ZIP file of four arrays of unsigned bytes in NumPy's NPY format, {@code
 * x_train}, {@code y_train}, {@code x_test} and {@code y_test}.
 *
 * <p>An NPY file, versions 1 to 3, is magic, version, length of the header, header, and elements
 * with the last index fastest (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib
 * .format</a>). The header is a literal of Python, which is matched and never evaluated.
 *
 * @param file the archive
 */
record KerasArchive(Path file) {
  static final String NAME = "mnist.npz";

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's limit for untrusted files. */
  private static final int MAX_HEADER = 10_000;

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr'\\s*:\\s*'([^']{1,20})'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)"
              + "\\s*,\\s*'shape'\\s*:\\s*\\(([0-9, ]{1,200})\\)\\s*,?\\s*\\}\\s*");

  private static final Pattern DIMENSION = Pattern.compile("[0-9]{1,9}");

  LabeledImages load() throws IOException {
    FileAccess.requireReadable(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      IdxFile train = array(zip, "x_train", 3);
      IdxFile test = array(zip, "x_test", 3);
      test.requireImageSizeOf(train);
      return new LabeledImages(
          dataset(train, array(zip, "y_train", 1)),
          dataset(test, array(zip, "y_test", 1)),
          ImageSet.MNIST.classNames());
    } catch (ZipException | EOFException e) {
      throw new IOException(message("", "a valid NPZ archive", e), e);
    } catch (IdxFormatException e) {
      // Offsets in an IDX file do not apply to this one.
      throw new IOException(message("", e.expected(), e.found()), e);
    }
  }

  private static Dataset dataset(IdxFile images, IdxFile labels) throws IOException {
    return IdxDataset.of(images, labels, 0, ImageSet.MNIST.classNames().size());
  }

  private IdxFile array(ZipFile zip, String name, int rank) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new FileNotFoundException(message("", "an array " + name, "none"));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return new IdxFile(Path.of(name), new NpyReader(in, name).read(rank));
    }
  }

  private String message(String where, String expected, Object found) {
    return Require.message(
        "NPZ file " + file + where,
        expected,
        found.toString(),
        "download the file again, or use the four IDX files");
  }

  /** Reader of one array of the archive. */
  private final class NpyReader {
    private final InputStream in;
    private final String name;

    NpyReader(InputStream in, String name) {
      this.in = in;
      this.name = name;
    }

    Idx read(int rank) throws IOException {
      Matcher header = HEADER.matcher(header());
      require(header.matches(), "a header of descr, fortran_order and shape", "another");
      String type = header.group(1);
      require(type.equals("|u1"), "elements of type |u1 (unsigned bytes)", type);
      require(header.group(2).equals("False"), "rows in C order", "Fortran order");
      int[] shape = shape(header.group(3));
      require(shape.length == rank, rank + " dimensions", Arrays.toString(shape));
      long length = new IdxHeader(ElementType.UBYTE, shape).contentLength();
      long most = Math.min(Gzip.mostExpanded(Files.size(file)), IdxReader.MAX_BYTES);
      require(
          length <= most,
          "at most " + most + " elements in a file of its size",
          Arrays.toString(shape));
      byte[] content = take((int) length);
      require(in.read() < 0, "the end after " + length + " elements", "more");
      return new Idx(ElementType.UBYTE, shape, content);
    }

    private String header() throws IOException {
      byte[] start = take(MAGIC.length + 2);
      require(
          Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length),
          "the first bytes of an NPY array",
          "others");
      int version = start[MAGIC.length];
      require(version >= 1 && version <= 3, "version 1, 2 or 3", version);
      boolean wide = version > 1;
      ByteBuffer field = ByteBuffer.wrap(take(wide ? Integer.BYTES : Short.BYTES));
      field.order(ByteOrder.LITTLE_ENDIAN);
      int length = wide ? field.getInt() : Short.toUnsignedInt(field.getShort());
      require(
          length >= 0 && length <= MAX_HEADER,
          "a header of at most " + MAX_HEADER + " bytes",
          Integer.toUnsignedString(length));
      return new String(take(length), StandardCharsets.UTF_8);
    }

    private int[] shape(String tuple) throws IOException {
      String[] dimensions = tuple.strip().split("\\s*,\\s*");
      require(
          Stream.of(dimensions).allMatch(text -> DIMENSION.matcher(text).matches()),
          "a shape of integers below 10^9",
          "(" + tuple + ")");
      return Stream.of(dimensions).mapToInt(Integer::parseInt).toArray();
    }

    /** Reads bytes; {@link InputStream#readNBytes(int)} allocates only for bytes that exist. */
    private byte[] take(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      require(bytes.length == length, length + " bytes", bytes.length);
      return bytes;
    }

    private void require(boolean holds, String expected, Object found) throws IOException {
      if (!holds) {
        throw new IOException(message(", array " + name, expected, found));
      }
    }
  }
}
