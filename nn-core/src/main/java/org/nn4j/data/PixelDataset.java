package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.Kernel;

/**
 * Data set of images with one byte per pixel, a quarter of the memory of floats; scaled when a
 * batch is gathered.
 */
final class PixelDataset implements BaseDataset {
  private final byte[] pixels;
  private final Shape imageShape;
  private final int[] labels;
  private final Shape targetShape;

  PixelDataset(byte[] pixels, Shape imageShape, int[] labels, int classes) {
    Labels.check(labels, classes);
    Require.that(
        pixels.length == labels.length * imageShape.size(),
        "Dataset",
        labels.length * imageShape.size()
            + " pixels for "
            + labels.length
            + " labels and images "
            + imageShape,
        pixels.length + " pixels",
        "pass the pixels of one image for each label");
    this.pixels = pixels;
    this.imageShape = imageShape;
    this.labels = labels;
    this.targetShape = Shape.of(classes);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public String toString() {
    return BaseDataset.print(this);
  }

  @Override
  public Shape inputShape() {
    return imageShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    checkGather(rows, inputs, targets);
    Kernel.gatherPixels(pixels, rows, inputs);
    Kernel.gatherOneHot(labels, rows, targets);
  }

  @Override
  public boolean exceedsFloat() {
    return false;
  }

  @Override
  public int[] classes() {
    return labels.clone();
  }
}
