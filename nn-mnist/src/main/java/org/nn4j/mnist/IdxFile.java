package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.nn4j.Shape;

/**
 * Content of an IDX file with its path, for checks whose messages state the file and the byte.
 *
 * @param file the file
 * @param idx its content
 */
record IdxFile(Path file, Idx idx) {
  private static final String WRONG_FILE = "pass another file, or download it again";

  static IdxFile read(Path file) throws IOException {
    return new IdxFile(file, Idx.read(file));
  }

  int[] shape() {
    return idx.shape();
  }

  /** Returns the shape of one item: all dimensions but the first. */
  Shape itemShape() {
    int[] shape = shape();
    return Shape.of(Arrays.stream(shape, 1, shape.length).asLongStream().toArray());
  }

  /** Returns the position of an element in the file. */
  long offsetOf(int element) {
    return IdxHeader.dimensionOffset(shape().length) + (long) element * idx.type().width();
  }

  void requireForm(ElementType type, int rank, String dimensions) throws IdxFormatException {
    if (idx.type() != type) {
      throw wrong(IdxHeader.TYPE_OFFSET, "elements of type " + type, idx.type().toString());
    }
    if (shape().length != rank) {
      throw wrong(
          IdxHeader.RANK_OFFSET,
          "rank " + rank + " " + dimensions,
          "rank " + shape().length + " " + Arrays.toString(shape()));
    }
  }

  void requireElements() throws IdxFormatException {
    if (idx.size() == 0) {
      throw wrong(
          IdxHeader.dimensionOffset(0), "dimensions of 1 or more each", Arrays.toString(shape()));
    }
  }

  void requireImageSizeOf(IdxFile other) throws IdxFormatException {
    if (!itemShape().equals(other.itemShape())) {
      throw wrong(
          IdxHeader.dimensionOffset(1),
          "images of " + other.itemShape() + " as in " + other.file(),
          "images of " + itemShape());
    }
  }

  void requireFinite() throws IdxFormatException {
    double[] elements = idx.toDoubles();
    for (int i = 0; i < elements.length; i++) {
      if (!Double.isFinite(elements[i])) {
        throw wrong(offsetOf(i), "finite numbers", String.valueOf(elements[i]));
      }
    }
  }

  /** Exchanges rows and columns of images {@code [N, rows, columns]} in place. */
  IdxFile transposed() {
    int[] shape = shape();
    int rows = shape[1];
    int columns = shape[2];
    byte[] pixels = idx.content();
    byte[] image = new byte[rows * columns];
    for (int start = 0; start < pixels.length; start += image.length) {
      System.arraycopy(pixels, start, image, 0, image.length);
      for (int i = 0; i < image.length; i++) {
        pixels[start + i % columns * rows + i / columns] = image[i];
      }
    }
    return new IdxFile(file, new Idx(idx.type(), new int[] {shape[0], columns, rows}, pixels));
  }

  IdxFormatException wrong(long offset, String expected, String found) {
    return new IdxFormatException(file, offset, expected, found, WRONG_FILE);
  }
}
