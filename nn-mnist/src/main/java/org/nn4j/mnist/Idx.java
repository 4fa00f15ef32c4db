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
 * Content of an IDX file: elements of one type in an array of any shape.
 *
 * <p>The format is that of Yann LeCun's MNIST page (<a
 * href="http://yann.lecun.com/exdb/mnist/">yann.lecun.com/exdb/mnist</a>), all numbers big-endian:
 *
 * <pre>
 * byte 0       0, 0          always
 * byte 2       type          0x08 to 0x0E, see {@link ElementType}
 * byte 3       rank          the number of dimensions, 1 to 255
 * byte 4       dimensions    rank integers of four bytes
 * byte 4+4·rank  elements    their product, the last index fastest, to the end of the file
 * </pre>
 *
 * <p>A dimension may be 0; then there are no elements. The elements must fit into one Java array of
 * bytes, a little below 2 GiB; {@link IdxReader} and {@link IdxWriter} read and write larger files
 * in pieces. Immutable and thread-safe.
 */
public final class Idx {
  private final IdxHeader header;
  private final byte[] content;

  /** Creates content without copying; {@code content} has the elements as bytes of a file. */
  Idx(ElementType type, int[] shape, byte[] content) {
    this.header = new IdxHeader(type, shape);
    this.content = content;
  }

  /**
   * Returns content of one-byte elements, such as pixels or labels.
   *
   * @param type UBYTE or BYTE
   * @param elements the bytes, the last index fastest; copied
   * @param shape 1 to 255 dimensions of 0 or more, whose product is the number of elements
   * @return the content
   * @throws IllegalArgumentException if the type is wider, or the shape has another size
   */
  public static Idx ofBytes(ElementType type, byte[] elements, int... shape) {
    Require.notNull(type, "Idx.ofBytes", "type");
    Require.notNull(elements, "Idx.ofBytes", "elements");
    Require.notNull(shape, "Idx.ofBytes", "shape");
    Require.that(type.width() == Byte.BYTES, "Idx", "UBYTE or BYTE", type);
    requireShape(shape, elements.length);
    return new Idx(type, shape.clone(), elements.clone());
  }

  /**
   * Returns content of any type.
   *
   * @param type the type of the elements
   * @param elements their values, the last index fastest; FLOAT rounds them to its precision
   * @param shape 1 to 255 dimensions of 0 or more, whose product is the number of elements
   * @return the content
   * @throws IllegalArgumentException if the type cannot hold a value, the shape has another size,
   *     or the elements fill 2 GiB or more
   */
  public static Idx of(ElementType type, double[] elements, int... shape) {
    Require.notNull(type, "Idx.of", "type");
    Require.notNull(elements, "Idx.of", "elements");
    Require.notNull(shape, "Idx.of", "shape");
    requireShape(shape, elements.length);
    Require.that(
        (long) elements.length * type.width() <= IdxReader.MAX_BYTES,
        "Idx",
        "at most " + IdxReader.MAX_BYTES + " bytes of elements",
        elements.length + " elements of type " + type);
    ByteBuffer content = ByteBuffer.allocate(elements.length * type.width());
    for (int i = 0; i < elements.length; i++) {
      Require.that(
          type.holds(elements[i]),
          "Idx",
          "elements that " + type + " can hold",
          elements[i] + " at index " + i,
          "choose an element type with a larger range");
      type.put(content, elements[i]);
    }
    return new Idx(type, shape.clone(), content.array());
  }

  /**
   * Returns the elements of an array as content of any type.
   *
   * @param type the type of the elements
   * @param array of rank 1 or more; FLOAT rounds its values to its precision
   * @return the content, of the shape of the array
   * @throws IllegalArgumentException if the type cannot hold a value, or the elements fill 2 GiB or
   *     more
   */
  public static Idx of(ElementType type, INDArray array) {
    Require.notNull(type, "Idx.of", "type");
    Require.notNull(array, "Idx.of", "array");
    int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    double[] elements = array.isEmpty() ? new double[0] : array.dup('c').data().asDouble();
    return of(type, elements, shape);
  }

  private static void requireShape(int[] shape, int elements) {
    Require.that(
        IdxHeader.isShape(shape)
            && new IdxHeader(ElementType.UBYTE, shape).contentLength() == elements,
        "Idx",
        "a shape of " + elements + " elements",
        Arrays.toString(shape));
  }

  /**
   * Reads a file, raw or gzip, which its first two bytes determine.
   *
   * <p>Memory is allocated only for bytes that exist: a raw file must have the size in its header,
   * and the elements of a gzip file are stored as they arrive. Beyond 64 MiB, a gzip file that
   * expands more than 200 times is refused; {@link IdxReader} reads it in pieces.
   *
   * @param file the file
   * @return its content
   * @throws IdxFormatException if it is not an IDX file, is damaged, ends early or continues after
   *     its last element, expands too far, or has elements of 2 GiB or more
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Idx read(Path file) throws IOException {
    try (IdxReader reader = IdxReader.open(file)) {
      return reader.readAll();
    }
  }

  /**
   * Writes a file, gzip if its name ends with {@code .gz}, otherwise raw. The file is moved into
   * place when it is complete, and replaces an existing one.
   *
   * @param file its path, in a folder that exists
   * @throws java.nio.file.NoSuchFileException if the folder does not exist
   * @throws IOException if the file cannot be written; nothing is left of it
   */
  public void write(Path file) throws IOException {
    try (IdxWriter writer = IdxWriter.create(file, type(), shape())) {
      writer.write(this);
    }
  }

  /**
   * Returns the type of the elements.
   *
   * @return the type in the file
   */
  public ElementType type() {
    return header.type();
  }

  /**
   * Returns the dimensions.
   *
   * @return a new array of at least one number, each 0 or more
   */
  public int[] shape() {
    return header.shape();
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the dimensions
   */
  public int size() {
    return content.length / type().width();
  }

  /**
   * Returns the elements of a file of bytes, unchanged.
   *
   * @return a new array; {@link Byte#toUnsignedInt} converts elements of {@link ElementType#UBYTE}
   * @throws IllegalStateException if the type is neither UBYTE nor BYTE
   */
  public byte[] bytes() {
    require(type().width() == Byte.BYTES, "elements of one byte", "use toInts() or toDoubles()");
    return content.clone();
  }

  /**
   * Returns the elements as integers.
   *
   * @return a new array
   * @throws IllegalStateException if the type is FLOAT or DOUBLE
   */
  public int[] toInts() {
    require(type().isInteger(), "elements that are integers", "use toDoubles()");
    ByteBuffer elements = ByteBuffer.wrap(content);
    int[] numbers = new int[size()];
    Arrays.setAll(numbers, i -> (int) type().next(elements));
    return numbers;
  }

  /**
   * Returns the elements in double precision, which holds every value of every type.
   *
   * @return a new array
   */
  public double[] toDoubles() {
    ByteBuffer elements = ByteBuffer.wrap(content);
    double[] numbers = new double[size()];
    Arrays.setAll(numbers, i -> type().next(elements));
    return numbers;
  }

  /**
   * Returns the elements as an array of the same shape.
   *
   * @param dataType the data type of the array; FLOAT holds all elements of one or two bytes
   *     exactly
   * @return a new array
   */
  public INDArray toArray(DataType dataType) {
    Require.notNull(dataType, "Idx.toArray", "dataType");
    Require.backend();
    return Nd4j.create(toDoubles(), Arrays.stream(shape()).asLongStream().toArray(), dataType);
  }

  IdxHeader header() {
    return header;
  }

  /** Returns the bytes of the elements, not copied. */
  byte[] content() {
    return content;
  }

  private void require(boolean holds, String expected, String remedy) {
    if (!holds) {
      throw new IllegalStateException(
          Require.message(toString(), expected, type().toString(), remedy));
    }
  }

  @Override
  public String toString() {
    return "Idx " + header;
  }
}
