package org.nn4j.predict;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Checked safetensors file in memory: 8 bytes with the length of the header, the header as JSON,
 * the data of the tensors without overlap or gap. Tensors are read on request, so nothing is
 * allocated before the header is checked.
 */
final class TensorFile {
  private static final int PREFIX = 8;
  private static final int MAX_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";
  private static final String CHECKSUM = "nn4j_crc32";
  private static final String REMEDY = "copy the file again";

  /** Position of a tensor, counted from the end of the header. */
  static final class Tensor implements Comparable<Tensor> {
    final String name;
    final String type;
    final List<Long> shape;
    final long begin;
    final long end;

    Tensor(String name, String type, List<Long> shape, long begin, long end) {
      this.name = name;
      this.type = type;
      this.shape = shape;
      this.begin = begin;
      this.end = end;
    }

    @Override
    public int compareTo(Tensor other) {
      return begin == other.begin ? Long.compare(end, other.end) : Long.compare(begin, other.begin);
    }
  }

  private final String name;
  private final byte[] bytes;
  private final int dataAt;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  TensorFile(String name, byte[] bytes) throws ModelFormatException {
    this.name = name;
    this.bytes = bytes;
    if (bytes.length < PREFIX) {
      throw notSafetensors("a safetensors file, of 8 bytes or more", bytes.length + " bytes");
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int limit = Math.min(MAX_HEADER, bytes.length - PREFIX);
    if (length < 2 || length > limit) {
      throw notSafetensors(
          "a safetensors file, which begins with the length of its header, here at most "
              + limit
              + " bytes",
          "a length of " + unsigned(length) + " bytes");
    }
    dataAt = PREFIX + (int) length;
    readHeader(parse("header", decode((int) length)));
    checkLayout();
    checkSum();
  }

  private String decode(int length) throws ModelFormatException {
    if (bytes[PREFIX] != '{') {
      throw wrong("byte " + PREFIX, "'{'", "byte 0x" + Integer.toHexString(bytes[PREFIX] & 0xff));
    }
    String header = new String(bytes, PREFIX, length, StandardCharsets.UTF_8);
    byte[] valid = header.getBytes(StandardCharsets.UTF_8); // other bytes have been replaced
    if (!ByteBuffer.wrap(valid).equals(ByteBuffer.wrap(bytes, PREFIX, length))) {
      throw wrong("header", "UTF-8", "other bytes");
    }
    return header;
  }

  /** Parses JSON of the file; {@code place} is for the message. */
  Map<String, Object> parse(String place, String json) throws ModelFormatException {
    try {
      return Json.parse(json);
    } catch (Json.Malformed e) {
      throw wrong(place, "a JSON object without a name twice", e.getMessage());
    }
  }

  private void readHeader(Map<String, Object> header) throws ModelFormatException {
    for (Map.Entry<String, Object> entry : header.entrySet()) {
      if (!(entry.getValue() instanceof Map<?, ?> fields)) {
        throw wrong(tensor(entry.getKey()), "an object", entry.getValue());
      }
      if (entry.getKey().equals(METADATA)) {
        for (Map.Entry<?, ?> text : fields.entrySet()) {
          if (!(text.getValue() instanceof String value)) {
            throw wrong(METADATA, "a string for '" + text.getKey() + "'", text.getValue());
          }
          metadata.put((String) text.getKey(), value);
        }
      } else {
        tensors.put(entry.getKey(), readTensor(entry.getKey(), fields));
      }
    }
  }

  private Tensor readTensor(String tensor, Map<?, ?> fields) throws ModelFormatException {
    String place = tensor(tensor);
    if (fields.size() != 3
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> shape)
        || !(fields.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw wrong(place, "dtype, shape and data_offsets [begin, end]", fields);
    }
    List<Long> dimensions = new ArrayList<>();
    for (Object dimension : shape) {
      dimensions.add(count(place, dimension));
    }
    long begin = count(place, offsets.get(0));
    long end = count(place, offsets.get(1));
    int width = width(type);
    if (end < begin || (width > 0 && end - begin != size(place, dimensions, width))) {
      throw wrong(place, "data_offsets that fit " + type + " of shape " + dimensions, offsets);
    }
    return new Tensor(tensor, type, dimensions, begin, end);
  }

  /**
   * Returns the bytes per element of the types that nn-core writes; 0 for others, which no layer
   * uses.
   */
  private static int width(String type) {
    return switch (type) {
      case "F64", "I64" -> 8;
      case "F32", "I32" -> 4;
      case "I16" -> 2;
      case "I8", "U8", "BOOL" -> 1;
      default -> 0;
    };
  }

  private long count(String place, Object number) throws ModelFormatException {
    try {
      long count = Long.parseLong(String.valueOf(number));
      if (number instanceof Json.Num && count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) { // reported below
    }
    throw wrong(place, "whole numbers from 0 to 2^63 - 1", number);
  }

  private long size(String place, List<Long> shape, long width) throws ModelFormatException {
    try {
      long size = width;
      for (long dimension : shape) {
        size = Math.multiplyExact(size, dimension);
      }
      return size;
    } catch (ArithmeticException e) {
      throw wrong(place, "fewer than 2^63 bytes", shape);
    }
  }

  private void checkLayout() throws ModelFormatException {
    List<Tensor> inOrder = new ArrayList<>(tensors.values());
    Collections.sort(inOrder);
    long offset = 0;
    for (Tensor tensor : inOrder) {
      if (tensor.begin != offset) {
        throw wrong(tensor(tensor.name), "data from byte " + offset + " on", tensor.begin);
      }
      offset = tensor.end;
    }
    if (offset != bytes.length - dataAt) {
      throw wrong("data", offset + " bytes after the header", bytes.length - dataAt + " bytes");
    }
  }

  /** Returns the checksum of nn-core, which is independent of the order of strings and tensors. */
  private void checkSum() throws ModelFormatException {
    String expected = metadata.get(CHECKSUM);
    if (expected == null) {
      return;
    }
    TreeSet<String> lines = new TreeSet<>();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (!entry.getKey().equals(CHECKSUM)) {
        lines.add(entry.getKey().concat("=").concat(entry.getValue()));
      }
    }
    for (Tensor tensor : tensors.values()) {
      CRC32 crc = new CRC32();
      crc.update(bytes, dataAt + (int) tensor.begin, (int) (tensor.end - tensor.begin));
      StringBuilder line = new StringBuilder(tensor.name).append(' ').append(tensor.type);
      lines.add(line.append(' ').append(tensor.shape).append(' ').append(digits(crc)).toString());
    }
    CRC32 all = new CRC32();
    for (String line : lines) {
      all.update(line.concat("\n").getBytes(StandardCharsets.UTF_8));
    }
    if (!digits(all).equals(expected)) {
      throw wrong("content", "checksum " + Texts.brief(expected), digits(all));
    }
  }

  private static String digits(CRC32 crc) {
    return Long.toHexString(crc.getValue() | 1L << 32).substring(1);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  boolean has(String key) {
    return metadata.containsKey(key);
  }

  /** Returns a string of the metadata. */
  String text(String key) throws ModelFormatException {
    String text = metadata.get(key);
    if (text == null) {
      throw wrong("metadata '" + key + "'", "a string", "none");
    }
    return text;
  }

  /** Returns the values of a tensor of type F32 or F64. */
  float[] floats(Tensor tensor) throws ModelFormatException {
    ByteBuffer data =
        ByteBuffer.wrap(bytes, dataAt + (int) tensor.begin, (int) (tensor.end - tensor.begin))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (tensor.type.equals("F32")) {
      float[] values = new float[data.remaining() / 4];
      data.asFloatBuffer().get(values);
      return values;
    }
    float[] values = new float[data.remaining() / 8];
    for (int i = 0; i < values.length; i++) {
      double value = data.getDouble();
      values[i] = (float) value;
      if (Float.isInfinite(values[i]) && !Double.isInfinite(value)) {
        throw wrong(
            tensor(tensor.name),
            "numbers that are finite as FLOAT",
            value,
            "load it with nn-core, which computes in DOUBLE",
            null);
      }
    }
    return values;
  }

  private static String tensor(String name) {
    return "tensor '".concat(Texts.brief(name)).concat("'");
  }

  ModelFormatException wrong(String place, String expected, Object found) {
    return new ModelFormatException(name, place, expected, Texts.brief(found), REMEDY, null);
  }

  /** {@code Long.toUnsignedString}, which old Android versions lack. */
  private static BigInteger unsigned(long number) {
    return BigInteger.valueOf(number).mod(BigInteger.ONE.shiftLeft(Long.SIZE));
  }

  private ModelFormatException notSafetensors(String expected, String found) {
    return wrong(
        "byte 0",
        expected,
        found,
        "pass a safetensors file, or copy this one again if it is cut off",
        null);
  }

  ModelFormatException wrong(
      String place, String expected, Object found, String remedy, Throwable cause) {
    return new ModelFormatException(name, place, expected, Texts.brief(found), remedy, cause);
  }
}
