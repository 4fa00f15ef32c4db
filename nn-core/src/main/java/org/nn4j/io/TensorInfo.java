package org.nn4j.io;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;

/**
 * What the header of a safetensors file says of one tensor. Immutable and thread-safe.
 *
 * @param name its name
 * @param type FLOAT or DOUBLE
 * @param shape its dimensions, each 0 or more; none for a scalar
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
public record TensorInfo(String name, DataType type, List<Long> shape, long begin, long end) {
  /**
   * Checks the arguments.
   *
   * @param name its name
   * @param type FLOAT or DOUBLE
   * @param shape its dimensions, each 0 or more; none for a scalar
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  public TensorInfo {
    Require.notNull(name, "TensorInfo", "name");
    Require.notNull(type, "TensorInfo", "type");
    Require.noNulls(shape, "TensorInfo", "shape");
    shape = List.copyOf(shape);
  }

  /**
   * The number of elements.
   *
   * @return 1 for a scalar
   */
  public long length() {
    return (end - begin) / type.width();
  }

  long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
