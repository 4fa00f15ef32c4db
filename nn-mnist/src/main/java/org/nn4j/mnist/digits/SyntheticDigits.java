package org.nn4j.mnist.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.mnist.ElementType;
import org.nn4j.mnist.Idx;

/**
 * Generated handwritten digits: a training set in MNIST's form that needs no download.
 *
 * <p>Each image starts from one of several glyphs of its digit: strokes along cubic Bezier curves
 * through knots. The knots are shifted and the strokes shortened at random; the whole is distorted
 * on a coarse elastic grid, slanted, rotated and stretched, and drawn with a round pen of random
 * width and pressure. As in MNIST, the ink fills the longer side of a box of 20 x 20 pixels, whose
 * center of mass is at the center of 28 x 28 pixels.
 *
 * <p>Image {@code i} shows the digit {@code i mod 10}, so any ten consecutive images have each
 * digit once. It depends only on the seed and {@code i}, so a smaller set is the start of a larger
 * one. Equal seeds yield equal bytes on every machine and Java version, whatever the number of
 * threads. Immutable; thread-safe.
 */
public final class SyntheticDigits {
  /** The number of classes: the digits 0 to 9. */
  public static final int CLASSES = 10;

  /** Pixels of a side of an image. */
  public static final int SIDE = InkBox.IMAGE_SIDE;

  private static final int MAX_COUNT = Integer.MAX_VALUE / InkBox.IMAGE_PIXELS;

  private final byte[] pixels;
  private final int[] labels;

  private SyntheticDigits(byte[] pixels, int[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Generates digits on all processors, 60,000 in a second or two.
   *
   * @param count the number of images, 1 to 2,739,137 (the limit of an array)
   * @param seed any number; sets of different seeds are independent
   * @return the digits
   * @throws IllegalArgumentException if the count is out of range
   */
  public static SyntheticDigits generate(int count, long seed) {
    Require.that(
        count >= 1 && count <= MAX_COUNT, "SyntheticDigits", "count from 1 to " + MAX_COUNT, count);
    byte[] pixels = new byte[count * InkBox.IMAGE_PIXELS];
    int[] labels = IntStream.range(0, count).map(i -> i % CLASSES).toArray();
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              byte[] image = draw(labels[i], SeededRandom.stream(seed, i));
              System.arraycopy(image, 0, pixels, i * image.length, image.length);
            });
    return new SyntheticDigits(pixels, labels);
  }

  private static byte[] draw(int digit, SeededRandom random) {
    List<Glyph> glyphs = Glyph.of(digit);
    Glyph glyph = glyphs.get(random.nextInt(glyphs.size()));
    Handwriting handwriting = new Handwriting(random);
    return handwriting.draw(handwriting.write(glyph)).image();
  }

  /**
   * Returns the number of images.
   *
   * @return 1 or more
   */
  public int size() {
    return labels.length;
  }

  /**
   * Returns the images one after the other, each row by row, one byte for each pixel from 0 (paper)
   * to 255 (ink), as in MNIST's files.
   *
   * @return a copy, {@code [size() * 784]}
   */
  public byte[] pixels() {
    return pixels.clone();
  }

  /**
   * Returns the digits that the images show.
   *
   * @return a copy, {@code [size()]}
   */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * Returns the images and labels in MNIST's form: inputs {@code [784]} from 0 to 1, targets
   * one-hot {@code [10]}.
   *
   * @return the data set
   */
  public Dataset dataset() {
    return Dataset.ofPixels(pixels, Shape.of(InkBox.IMAGE_PIXELS), labels, CLASSES);
  }

  /**
   * Writes the digits as a pair of IDX files, which {@link org.nn4j.mnist.IdxDataset} and other
   * libraries read. Each file is written atomically.
   *
   * @param imageFile for the images, unsigned bytes {@code [size(), 28, 28]}; compressed if its
   *     name ends in {@code .gz}
   * @param labelFile for the labels, unsigned bytes {@code [size()]}
   * @throws IOException if a file cannot be written
   */
  public void write(Path imageFile, Path labelFile) throws IOException {
    Require.notNull(imageFile, "SyntheticDigits.write", "imageFile");
    Require.notNull(labelFile, "SyntheticDigits.write", "labelFile");
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) labels[i];
    }
    Idx.ofBytes(ElementType.UBYTE, pixels, size(), SIDE, SIDE).write(imageFile);
    Idx.ofBytes(ElementType.UBYTE, classes, size()).write(labelFile);
  }
}
