package org.nn4j.io;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.ElementType;

/**
 * Entry of a tensor in the header of a safetensors file. Immutable and thread-safe.
 *
 * @param name its name
 * @param dtype the type of its elements in the file, such as {@code "F16"}; also a type that this
 *     library cannot read
 * @param shape its dimensions, each 0 or more; none for a scalar
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
public record TensorInfo(String name, String dtype, List<Long> shape, long begin, long end) {
  /**
   * Copies the shape.
   *
   * @param name its name
   * @param dtype the type of its elements in the file
   * @param shape its dimensions, each 0 or more; none for a scalar
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  public TensorInfo {
    Require.notNull(name, "TensorInfo", "name");
    Require.notNull(dtype, "TensorInfo", "dtype");
    Checks.noNulls(shape, "TensorInfo", "shape");
    shape = List.copyOf(shape);
  }

  /**
   * Returns the data type of the array that the tensor is read into.
   *
   * @return FLOAT also for F16 and BF16, INT for U16, LONG for U32 and U64, and UNKNOWN for a type
   *     that cannot be read
   */
  public DataType type() {
    return ElementType.named(dtype).map(ElementType::type).orElse(DataType.UNKNOWN);
  }

  /**
   * Returns the number of elements.
   *
   * @return 1 for a scalar
   */
  public long length() {
    return shape.stream().reduce(1L, (product, dimension) -> product * dimension);
  }

  long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
