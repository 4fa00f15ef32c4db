package org.nn4j.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.internal.Checks;

/**
 * The header of a safetensors file, checked. Immutable and thread-safe.
 *
 * @param tensors in the order in which their data lie
 * @param metadata texts by name; empty if the file has none
 */
public record SafetensorsHeader(List<TensorInfo> tensors, Map<String, String> metadata) {
  /** The largest header of the format, in bytes. */
  public static final int MAX_BYTES = 100_000_000;

  /** The name under which a header holds its metadata, which no tensor can have. */
  static final String METADATA = "__metadata__";

  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /**
   * Copies the arguments.
   *
   * @param tensors in the order in which their data lie
   * @param metadata texts by name; empty if the file has none
   */
  public SafetensorsHeader {
    Checks.noNulls(tensors, "SafetensorsHeader", "tensors");
    Checks.noNulls(metadata, "SafetensorsHeader", "metadata");
    tensors = List.copyOf(tensors);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
