package org.nn4j.mnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;

/**
 * Data sets from any pair of IDX files: images, or other samples, and the class of each.
 *
 * <p>Samples {@code [N, ...]} become rows {@code [N, elements]}, and labels {@code [N]} become
 * one-hot rows. Unsigned bytes are pixels: they stay bytes in memory, and a batch contains them
 * divided by 255, from 0 to 1. Elements of other types keep their values. Thread-safe.
 */
public final class IdxDataset {
  /** Maximum number of classes if it is not specified; larger labels are probably damage. */
  private static final int MAX_COUNTED_CLASSES = 1 << 16;

  private IdxDataset() {}

  /**
   * Reads a pair of files, raw or gzip. The number of classes is the highest label plus one.
   *
   * @param images the samples, of any type, of rank 2 or more
   * @param labels their labels, integers from 0, of rank 1
   * @return the data set, in the order of the files
   * @throws IdxFormatException if a file is not a valid IDX file or has another rank, if there are
   *     no samples, if the numbers of samples and labels differ, if a label is negative or above
   *     65,535, or if an element is NaN or infinite
   * @throws IOException if a file cannot be read
   */
  public static Dataset load(Path images, Path labels) throws IOException {
    return read(images, labels, null);
  }

  /**
   * Reads a pair of files, raw or gzip.
   *
   * @param images the samples, of any type, of rank 2 or more
   * @param labels their labels, integers from 0 to {@code classes - 1}, of rank 1
   * @param classes the number of classes
   * @return the data set, in the order of the files
   * @throws IllegalArgumentException if {@code classes} is below 1
   * @throws IdxFormatException if a file is not a valid IDX file or has another rank, if there are
   *     no samples, if the numbers of samples and labels differ, if a label is out of range, or if
   *     an element is NaN or infinite
   * @throws IOException if a file cannot be read
   */
  public static Dataset load(Path images, Path labels, int classes) throws IOException {
    return read(images, labels, Require.atLeastOne(classes, "IdxDataset", "number of classes"));
  }

  private static Dataset read(Path imageFile, Path labelFile, @Nullable Integer classes)
      throws IOException {
    Require.notNull(imageFile, "IdxDataset.load", "images");
    Require.notNull(labelFile, "IdxDataset.load", "labels");
    IdxFile images = IdxFile.read(imageFile);
    IdxFile labels = IdxFile.read(labelFile);
    if (images.shape().length < 2) {
      throw images.wrong(
          IdxHeader.RANK_OFFSET, "rank 2 or more [samples, ...]", "rank " + images.shape().length);
    }
    if (!labels.idx().type().isInteger()) {
      throw labels.wrong(
          IdxHeader.TYPE_OFFSET, "labels that are integers", labels.idx().type().toString());
    }
    labels.requireForm(labels.idx().type(), 1, "[labels]");
    return of(images, labels, 0, classes);
  }

  /**
   * Returns a data set after checking the files against each other.
   *
   * @param images of shape {@code [N, ...]}
   * @param labels of shape {@code [N]}, or {@code [N, columns]} with the label in column 0
   * @param firstLabel the label of class 0
   * @param classes the number of classes, or null for the highest label plus one
   */
  static Dataset of(IdxFile images, IdxFile labels, int firstLabel, @Nullable Integer classes)
      throws IdxFormatException {
    images.requireElements();
    labels.requireElements();
    int number = images.shape()[0];
    if (labels.shape()[0] != number) {
      throw labels.wrong(
          IdxHeader.dimensionOffset(0),
          number + " labels for the " + number + " images of " + images.file(),
          labels.shape()[0] + " labels");
    }
    int[] classOf = classes(labels, firstLabel, classes == null ? MAX_COUNTED_CLASSES : classes);
    int highest = Arrays.stream(classOf).max().orElseThrow();
    return dataset(images, classOf, classes == null ? highest + 1 : classes);
  }

  private static int[] classes(IdxFile labels, int first, int classes) throws IdxFormatException {
    int[] all = labels.idx().toInts();
    int[] classOf = new int[labels.shape()[0]];
    int columns = all.length / classOf.length;
    for (int i = 0; i < classOf.length; i++) {
      int label = all[i * columns];
      if (label < first || label - first >= classes) {
        throw labels.wrong(
            labels.offsetOf(i * columns),
            "labels from " + first + " to " + (first + classes - 1),
            label + " for sample " + i);
      }
      classOf[i] = label - first;
    }
    return classOf;
  }

  private static Dataset dataset(IdxFile images, int[] classOf, int classes)
      throws IdxFormatException {
    Shape row = Shape.of(images.itemShape().size());
    if (images.idx().type() == ElementType.UBYTE) {
      return Dataset.ofPixels(images.idx().content(), row, classOf, classes);
    }
    images.requireFinite();
    INDArray rows = images.idx().toArray(DataType.FLOAT).reshape(classOf.length, row.size());
    return Dataset.ofLabels(rows, classOf, classes);
  }
}
