package org.nn4j.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.internal.Checks;
import org.nn4j.internal.ElementType;
import org.nn4j.internal.Texts;

/**
 * Checked header of a safetensors file. Immutable and thread-safe.
 *
 * @param tensors in the order of their data
 * @param metadata strings by name; empty if the file has none
 */
public record SafetensorsHeader(List<TensorInfo> tensors, Map<String, String> metadata) {
  /** Largest header of the format, in bytes. */
  public static final int MAX_BYTES = 100_000_000;

  /** Name of the metadata in a header, which no tensor can have. */
  static final String METADATA = "__metadata__";

  static final String REMEDY =
      "write the file again with a program that keeps the format, or copy it again";

  /** Largest rank of ND4J's arrays. */
  private static final int MAX_RANK = 32;

  private static final String NO_SAFETENSORS =
      "pass a safetensors file, or copy this one again if it is cut off";

  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /**
   * Copies the arguments.
   *
   * @param tensors in the order of their data
   * @param metadata strings by name; empty if the file has none
   */
  public SafetensorsHeader {
    Checks.noNulls(tensors, "SafetensorsHeader", "tensors");
    Checks.noNulls(metadata, "SafetensorsHeader", "metadata");
    tensors = List.copyOf(tensors);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Checks that a file is long enough for the length of a header. */
  static void requirePrefix(String file, long length) throws ModelFormatException {
    if (length < SafetensorsReader.PREFIX) {
      throw new ModelFormatException(
          file,
          "byte 0",
          "a safetensors file, of 8 bytes or more",
          length + " bytes",
          NO_SAFETENSORS);
    }
  }

  /** Checks the length of a header before memory is allocated for it. */
  static void requireLength(String file, long length, long available) throws ModelFormatException {
    long limit = Math.min(MAX_BYTES, available);
    if (length < 0 || length > limit) {
      throw new ModelFormatException(
          file,
          "byte 0",
          "a safetensors file, which begins with the length of its header, here at most "
              + limit
              + " bytes",
          "a length of " + Long.toUnsignedString(length) + " bytes",
          NO_SAFETENSORS);
    }
  }

  /**
   * Checks tensors against the data: no overlap, no gap, and nothing after the last one.
   *
   * @param tensors each checked by {@link #requireShape}, in any order
   * @param dataBytes the length of the file after its header
   */
  static SafetensorsHeader checked(
      String file, List<TensorInfo> tensors, Map<String, String> metadata, long dataBytes)
      throws ModelFormatException {
    List<TensorInfo> sorted = new ArrayList<>(tensors);
    sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long offset = 0;
    for (TensorInfo tensor : sorted) {
      if (tensor.begin() != offset) {
        throw wrong(
            file,
            place(tensor.name()),
            "data from byte " + offset + " on, where the last ends",
            "" + tensor.begin());
      }
      offset = tensor.end();
    }
    if (offset != dataBytes) {
      throw wrong(file, "data", offset + " bytes after the header", dataBytes + " bytes");
    }
    return new SafetensorsHeader(sorted, metadata);
  }

  /** Checks that the data of a tensor have the length of its shape. */
  static void requireShape(
      String file, String place, String dtype, List<Long> shape, long begin, long end)
      throws ModelFormatException {
    if (shape.size() > MAX_RANK) {
      throw wrong(file, place, "at most " + MAX_RANK + " dimensions", "" + shape.size());
    }
    // The width of other dtypes is unknown.
    long bytes =
        ElementType.named(dtype).isPresent() ? bytes(file, place, shape, dtype) : end - begin;
    if (end < begin || end - begin != bytes) {
      throw wrong(
          file,
          place,
          "data_offsets " + bytes + " bytes apart, for " + dtype + " of shape " + shape,
          "[" + begin + ", " + end + "]");
    }
  }

  private static long bytes(String file, String place, List<Long> shape, String dtype)
      throws ModelFormatException {
    try {
      long bytes = ElementType.valueOf(dtype).width();
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw wrong(file, place, "a shape of fewer than 2^63 bytes", shape.toString());
    }
  }

  static String place(String tensor) {
    return "tensor '" + Texts.brief(tensor) + "'";
  }

  private static ModelFormatException wrong(
      String file, String place, String expected, String found) {
    return new ModelFormatException(file, place, expected, found, REMEDY);
  }
}
