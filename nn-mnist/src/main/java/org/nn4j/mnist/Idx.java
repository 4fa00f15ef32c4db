package org.nn4j.mnist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;

/**
 * The content of an IDX file: numbers of one type in an array of any shape.
 *
 * <p>The format is that of Yann LeCun's MNIST page (<a
 * href="http://yann.lecun.com/exdb/mnist/">yann.lecun.com/exdb/mnist</a>), all numbers big-endian:
 *
 * <pre>
 * byte 0       0, 0          always
 * byte 2       type          0x08 to 0x0E, see {@link ElementType}
 * byte 3       rank          the number of dimensions, 1 to 255
 * byte 4       dimensions    rank numbers of four bytes
 * byte 4+4·rank  elements    their product, the last index fastest, to the end of the file
 * </pre>
 *
 * <p>A dimension may be 0; then there are no elements. The elements of a file must fit into one
 * Java array of bytes, which ends a little below 2 GiB. Immutable and thread-safe.
 */
public final class Idx {
  private final ElementType type;
  private final int[] shape;
  private final byte[] content;

  /** Takes both arrays over; {@code content} is the elements as they stand in the file. */
  Idx(ElementType type, int[] shape, byte[] content) {
    this.type = type;
    this.shape = shape;
    this.content = content;
  }

  /**
   * Reads a file, raw or gzip: its first two bytes tell which, and its name nothing.
   *
   * <p>No more memory is taken than the file really fills, whatever its header says.
   *
   * @param file the file
   * @return its content
   * @throws IdxFormatException if it is not an IDX file, is damaged, ends early or goes on after
   *     its last element, or has elements of 2 GiB and more
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Idx read(Path file) throws IOException {
    return new IdxReader(file).read();
  }

  /**
   * The type of the elements.
   *
   * @return the type in the file
   */
  public ElementType type() {
    return type;
  }

  /**
   * The dimensions.
   *
   * @return a new array of at least one number, each 0 or more
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * The number of elements.
   *
   * @return the product of the dimensions
   */
  public int size() {
    return content.length / type.width();
  }

  /**
   * The elements of a file of bytes, as they are.
   *
   * @return a new array; for {@link ElementType#UBYTE}, {@link Byte#toUnsignedInt} gives the number
   * @throws IllegalStateException if the type is neither UBYTE nor BYTE
   */
  public byte[] bytes() {
    require(type.width() == Byte.BYTES, "elements of one byte", "use toInts() or toDoubles()");
    return content.clone();
  }

  /**
   * The elements as whole numbers.
   *
   * @return a new array
   * @throws IllegalStateException if the type is FLOAT or DOUBLE
   */
  public int[] toInts() {
    require(type.isInteger(), "elements that are whole numbers", "use toDoubles()");
    ByteBuffer elements = ByteBuffer.wrap(content);
    int[] numbers = new int[size()];
    Arrays.setAll(numbers, i -> (int) type.next(elements));
    return numbers;
  }

  /**
   * The elements as numbers of double precision, which changes no element of any type.
   *
   * @return a new array
   */
  public double[] toDoubles() {
    ByteBuffer elements = ByteBuffer.wrap(content);
    double[] numbers = new double[size()];
    Arrays.setAll(numbers, i -> type.next(elements));
    return numbers;
  }

  /**
   * The elements as an array of the same shape.
   *
   * @param dataType the data type of the array; FLOAT holds all elements of one or two bytes
   *     exactly
   * @return a new array
   */
  public INDArray toArray(DataType dataType) {
    return Nd4j.create(toDoubles(), Arrays.stream(shape).asLongStream().toArray(), dataType);
  }

  /** The bytes of the elements, not copied: to be read only. */
  byte[] content() {
    return content;
  }

  private void require(boolean holds, String expected, String remedy) {
    if (!holds) {
      throw new IllegalStateException(
          Require.message(toString(), expected, type.toString(), remedy));
    }
  }

  @Override
  public String toString() {
    return "Idx " + type + " " + Arrays.toString(shape);
  }
}
