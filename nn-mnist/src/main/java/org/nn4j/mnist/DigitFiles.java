package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;

/** A file of images and the file of their labels, checked against each other. */
final class DigitFiles {
  private static final String WRONG_FILE =
      "check that the file is the one that its name says, or fetch it again";

  private final Path imageFile;
  private final Idx images;
  private final int[] labels;

  private DigitFiles(Path imageFile, Idx images, int[] labels) {
    this.imageFile = imageFile;
    this.images = images;
    this.labels = labels;
  }

  static DigitFiles read(Path imageFile, Path labelFile) throws IOException {
    Idx images = readBytes(imageFile, 3, "[images, rows, columns]");
    Idx labels = readBytes(labelFile, 1, "[labels]");
    int number = images.shape()[0];
    if (labels.size() != number) {
      throw wrong(
          labelFile,
          IdxReader.dimensionOffset(0),
          number + " labels for the " + number + " images of " + imageFile,
          labels.size() + " labels");
    }
    return new DigitFiles(imageFile, images, digits(labels, labelFile));
  }

  private static Idx readBytes(Path file, int rank, String dimensions) throws IOException {
    Idx idx = Idx.read(file);
    int[] shape = idx.shape();
    if (idx.type() != ElementType.UBYTE) {
      throw wrong(file, IdxReader.TYPE_OFFSET, "elements of type UBYTE", idx.type().toString());
    }
    if (shape.length != rank) {
      throw wrong(
          file,
          IdxReader.RANK_OFFSET,
          "rank " + rank + " " + dimensions,
          "rank " + shape.length + " " + Arrays.toString(shape));
    }
    if (idx.size() == 0) {
      throw wrong(
          file,
          IdxReader.dimensionOffset(0),
          dimensions + " of 1 or more each",
          Arrays.toString(shape));
    }
    return idx;
  }

  private static int[] digits(Idx labels, Path labelFile) throws IdxFormatException {
    int[] digits = labels.toInts();
    for (int i = 0; i < digits.length; i++) {
      if (digits[i] >= Mnist.CLASSES) {
        throw wrong(
            labelFile,
            IdxReader.dimensionOffset(1) + i,
            "labels from 0 to " + (Mnist.CLASSES - 1),
            digits[i] + " for sample " + i);
      }
    }
    return digits;
  }

  void requireImageSizeOf(DigitFiles other) throws IdxFormatException {
    if (!imageSize().equals(other.imageSize())) {
      throw wrong(
          imageFile,
          IdxReader.dimensionOffset(1),
          "images of " + other.imageSize() + " as in " + other.imageFile,
          "images of " + imageSize());
    }
  }

  Dataset dataset() {
    Shape flat = Shape.of(imageSize().size());
    return Dataset.ofPixels(images.content(), flat, labels, Mnist.CLASSES);
  }

  private Shape imageSize() {
    int[] shape = images.shape();
    return Shape.of(shape[1], shape[2]);
  }

  private static IdxFormatException wrong(Path file, long offset, String expected, String found) {
    return new IdxFormatException(file, offset, expected, found, WRONG_FILE);
  }
}
