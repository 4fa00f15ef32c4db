package org.nn4j.mnist;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;

/** Images and the classes of each, checked against each other. */
final class IdxPair {
  /** One class more than the highest label. */
  static final int AS_MANY_AS_LABELS = 0;

  /** Beyond this many, a label is more likely damage than a class, unless their number is given. */
  private static final int MOST_UNNAMED_CLASSES = 1 << 16;

  private final IdxFile images;
  private final int[] classOf;
  private final int classes;

  private IdxPair(IdxFile images, int[] classOf, int classes) {
    this.images = images;
    this.classOf = classOf;
    this.classes = classes;
  }

  /** Takes images {@code [N, ...]} and labels {@code [N]} or {@code [N, columns]}. */
  static IdxPair of(IdxFile images, IdxFile labels, int first, int classes)
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
    boolean counted = classes == AS_MANY_AS_LABELS;
    int[] classOf = classes(labels, first, counted ? MOST_UNNAMED_CLASSES : classes);
    int highest = Arrays.stream(classOf).max().orElseThrow();
    return new IdxPair(images, classOf, counted ? highest + 1 : classes);
  }

  private static int[] classes(IdxFile labels, int first, int classes) throws IdxFormatException {
    int[] all = labels.idx().toInts();
    int columns = all.length / labels.shape()[0];
    int[] classOf = new int[labels.shape()[0]];
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

  void requireImageSizeOf(IdxPair other) throws IdxFormatException {
    if (!imageShape().equals(other.imageShape())) {
      throw images.wrong(
          IdxHeader.dimensionOffset(1),
          "images of " + other.imageShape() + " as in " + other.images.file(),
          "images of " + imageShape());
    }
  }

  /** Images as flat rows. */
  Dataset dataset() throws IdxFormatException {
    Shape flat = Shape.of(imageShape().size());
    if (images.idx().type() == ElementType.UBYTE) {
      return Dataset.ofPixels(images.idx().content(), flat, classOf, classes);
    }
    requireNumbers();
    INDArray rows = images.idx().toArray(DataType.FLOAT).reshape(classOf.length, flat.size());
    return Dataset.ofLabels(rows, classOf, classes);
  }

  private void requireNumbers() throws IdxFormatException {
    double[] elements = images.idx().toDoubles();
    for (int i = 0; i < elements.length; i++) {
      if (!Double.isFinite(elements[i])) {
        throw images.wrong(images.offsetOf(i), "finite numbers", String.valueOf(elements[i]));
      }
    }
  }

  private Shape imageShape() {
    int[] shape = images.shape();
    return Shape.of(Arrays.stream(shape, 1, shape.length).asLongStream().toArray());
  }
}
