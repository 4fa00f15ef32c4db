package org.nn4j.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.ElementType;
import org.nn4j.internal.Texts;
import org.nn4j.io.ModelFormatException;

/**
 * Array in NumPy's NPY format, versions 1 to 3.
 *
 * <pre>
 * magic     0x93 NUMPY, version: 2 bytes
 * length    of the header: 2 bytes in version 1, else 4; little-endian
 * header    {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 2), }
 * elements  the last index fastest, or the first in Fortran order
 * </pre>
 *
 * <p>The header is a literal of Python, which is matched and never evaluated. Source: <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>.
 */
final class NumpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's limit for files that are not trusted. */
  private static final int MAX_HEADER = 10_000;

  private static final Pattern HEADER = Pattern.compile("\\{(.*)\\}\\s*", Pattern.DOTALL);

  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
              + "(?:'([^']*)'|(True|False)|\\(([0-9,\\s]*)\\))\\s*(?:,\\s*|$)");

  private static final Pattern TUPLE = Pattern.compile("([0-9]{1,18},)*[0-9]{0,18}");

  private static final String OBJECT = "O";

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f2", ElementType.F16),
          Map.entry("f4", ElementType.F32),
          Map.entry("f8", ElementType.F64),
          Map.entry("i1", ElementType.I8),
          Map.entry("i2", ElementType.I16),
          Map.entry("i4", ElementType.I32),
          Map.entry("i8", ElementType.I64),
          Map.entry("u1", ElementType.U8),
          Map.entry("u2", ElementType.U16),
          Map.entry("u4", ElementType.U32),
          Map.entry("u8", ElementType.U64),
          Map.entry("b1", ElementType.BOOL));

  private final String file;
  private final String name;
  private final String descr;
  private final List<Long> shape;
  private final long start;

  /** Empty for a type that cannot be read. */
  private final Optional<StridedElements> elements;

  /**
   * Reads the header of an array.
   *
   * @param in the array from its beginning
   * @param length the number of its bytes
   * @param file the name of the file in messages
   * @param name the name of the array
   */
  NumpyArray(InputStream in, long length, String file, String name) throws IOException {
    this.file = file;
    this.name = name;
    byte[] begin = take(in, MAGIC.length + 2);
    int version = begin[MAGIC.length];
    require(
        Arrays.equals(begin, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && version >= 1
            && version <= 3,
        "the first bytes of an NPY array of version 1, 2 or 3",
        "others");
    ByteBuffer field = ByteBuffer.wrap(take(in, version == 1 ? Short.BYTES : Integer.BYTES));
    field.order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = version == 1 ? Short.toUnsignedInt(field.getShort()) : field.getInt();
    require(
        headerLength >= 0 && headerLength <= MAX_HEADER,
        "a header of at most " + MAX_HEADER + " bytes",
        Integer.toUnsignedString(headerLength));
    this.start = (long) MAGIC.length + 2 + field.capacity() + headerLength;
    Map<String, String> items = items(new String(take(in, headerLength), StandardCharsets.UTF_8));
    this.descr = items.getOrDefault("descr", "");
    this.shape = shape(items.getOrDefault("shape", ""));
    this.elements = elements(!items.getOrDefault("fortran_order", "").equals("True"));
    if (elements.isPresent()) {
      requireLength(elements.get(), length - start);
    }
  }

  /** Splits the literal of a dictionary. */
  private Map<String, String> items(String header) throws IOException {
    Map<String, String> items = new HashMap<>();
    Matcher braces = HEADER.matcher(header);
    String content = braces.matches() ? braces.group(1) : "";
    Matcher item = ITEM.matcher(content);
    int end = 0;
    while (item.region(end, content.length()).lookingAt()) {
      boolean isText = item.group(2) != null;
      boolean isBoolean = item.group(3) != null;
      boolean fits =
          switch (item.group(1)) {
            case "descr" -> isText;
            case "shape" -> !isText && !isBoolean;
            default -> isBoolean;
          };
      String value = isText ? item.group(2) : isBoolean ? item.group(3) : item.group(4);
      if (!fits || items.put(item.group(1), value) != null) {
        break;
      }
      end = item.end();
    }
    require(
        end == content.length() && items.size() == 3,
        "a header of one descr, fortran_order and shape",
        header.strip());
    return items;
  }

  private List<Long> shape(String tuple) throws IOException {
    String dimensions = tuple.replaceAll("\\s", "");
    require(
        TUPLE.matcher(dimensions).matches(), "a shape of integers below 10^18", "(" + tuple + ")");
    List<Long> sizes =
        Arrays.stream(dimensions.split(","))
            .filter(text -> !text.isEmpty())
            .map(Long::valueOf)
            .toList();
    require(
        sizes.size() <= StridedElements.MAX_RANK,
        "at most " + StridedElements.MAX_RANK + " dimensions",
        "" + sizes.size());
    return sizes;
  }

  private Optional<StridedElements> elements(boolean isRowMajor) throws IOException {
    ElementType type = descr.isEmpty() ? null : TYPES.get(descr.substring(1));
    if (type == null || "<>|".indexOf(descr.charAt(0)) < 0) {
      return Optional.empty();
    }
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    try {
      return Optional.of(StridedElements.dense(type, order, shape, isRowMajor));
    } catch (ArithmeticException e) {
      throw wrong("fewer than 2^63 elements", shape.toString());
    }
  }

  private void requireLength(StridedElements readable, long bytes) throws IOException {
    try {
      long expected = Math.multiplyExact(readable.count(), (long) readable.type().width());
      require(
          expected == bytes,
          expected + " bytes of elements, for " + descr + " of shape " + shape,
          "" + bytes);
    } catch (ArithmeticException e) {
      throw wrong("fewer than 2^63 bytes", shape.toString());
    }
  }

  /** The name of the element type, or the {@code descr} of one that cannot be read. */
  String type() {
    return elements.map(readable -> readable.type().name()).orElse(descr);
  }

  List<Long> shape() {
    return shape;
  }

  /** Reads the elements from the array, which is at its beginning. */
  INDArray read(InputStream in) throws IOException {
    if (elements.isEmpty()) {
      throw new ModelFormatException(
          file,
          place(),
          "floating-point numbers, integers or booleans",
          "'" + Texts.brief(descr) + "'" + (descr.endsWith(OBJECT) ? ", a pickle of objects" : ""),
          "convert it in Python: array.astype('float32')");
    }
    in.skipNBytes(start);
    return elements.get().read(in, file, name);
  }

  private String place() {
    return "array '" + Texts.brief(name) + "'";
  }

  /** Reads bytes; {@link InputStream#readNBytes(int)} allocates only for bytes that exist. */
  private byte[] take(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    require(bytes.length == length, length + " bytes", "" + bytes.length);
    return bytes;
  }

  private void require(boolean holds, String expected, String found) throws IOException {
    if (!holds) {
      throw wrong(expected, found);
    }
  }

  private ModelFormatException wrong(String expected, String found) {
    return new ModelFormatException(
        file, place(), expected, Texts.brief(found), "write it again with numpy.save");
  }
}
