package org.nn4j.mnist.digits;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;

/**
 * Picture of one digit, converted to MNIST's form for a network trained on MNIST.
 *
 * <p>The picture may have any size, dark ink on light paper or light on dark, colors, a transparent
 * background, noise, and a thin or thick pen; the digit may be anywhere in it. Steps of the
 * conversion:
 *
 * <ol>
 *   <li>The paper's color is the median of the picture's border; ink differs from it by more than a
 *       threshold, which is computed from the picture. Specks are removed, pinholes filled.
 *   <li>The ink is cut out and scaled, keeping its aspect, to fill the longer side of 20 x 20
 *       pixels; a stroke thinner or thicker than MNIST's is adjusted.
 *   <li>The center of mass of the ink moves to the center of 28 x 28 pixels.
 * </ol>
 *
 * <p>The picture should contain one digit and nothing else of its size. A photograph is rotated by
 * its Exif orientation. Immutable; thread-safe.
 */
public final class DigitImage {
  /** Pixels of a side of the image. */
  public static final int SIDE = InkBox.IMAGE_SIDE;

  /** Smallest contrast of ink and paper, as a share of that of black and white. */
  private static final double MIN_CONTRAST = 0.12;

  /** Longer side of the smallest digit, in pixels. */
  private static final int MIN_DIGIT = 5;

  private static final float FULL_INK = 255;

  private final byte[] pixels;

  private DigitImage(byte[] pixels) {
    this.pixels = pixels;
  }

  /**
   * Reads a picture file. Its dimensions are checked before it is decoded; beyond two million
   * pixels, only every second, third ... row and column is read.
   *
   * @param file a PNG or JPEG file (GIF and BMP work as well) of at most 50 million pixels and
   *     20,000 a side
   * @return the digit
   * @throws DigitImageException if there is no such file, it is not a picture, it is damaged, it is
   *     too large, or it shows no digit
   * @throws IOException if the file cannot be read
   */
  public static DigitImage read(Path file) throws IOException {
    Require.notNull(file, "DigitImage.read", "file");
    return of(PictureFile.read(file), PictureFile.describe(file));
  }

  /**
   * Converts a picture in memory.
   *
   * @param picture of any size and type; not changed
   * @return the digit
   * @throws DigitImageException if it shows no digit
   */
  public static DigitImage of(BufferedImage picture) throws DigitImageException {
    Require.notNull(picture, "DigitImage.of", "picture");
    return of(picture, "picture of " + picture.getWidth() + " x " + picture.getHeight());
  }

  private static DigitImage of(BufferedImage picture, String name) throws DigitImageException {
    InkField field = InkField.of(picture);
    InkField.Threshold threshold = field.threshold();
    if (threshold.contrast() < MIN_CONTRAST) {
      throw noDigit(name, "hardly anything that differs from its border");
    }
    InkMask mask = new InkMask(field, threshold.level());
    InkMask.Box box = mask.box();
    if (box.longerSide() < MIN_DIGIT) {
      throw noDigit(name, "specks of less than " + MIN_DIGIT + " pixels");
    }
    InkField clean = mask.clean(field, threshold.level());
    return new DigitImage(Redrawing.of(clean, threshold.level(), box).draw().image());
  }

  private static DigitImageException noDigit(String name, String found) {
    return new DigitImageException(
        name,
        "a digit in clear contrast to the paper around it",
        found,
        "draw one digit with a margin around it");
  }

  /**
   * Returns how the picture differs from a handwritten digit. A network trained on digits
   * classifies any picture as one, a smiley too, sometimes with high confidence.
   *
   * <ol>
   *   <li>More ink than 240 black pixels.
   *   <li>Three or more pieces of ink, or three or more holes in it.
   *   <li>More than six rows that cross three strokes, one row that crosses four, or three columns
   *       that cross four: M, W, a smiley, a checkerboard.
   *   <li>A correlation below 0.6 with each of 10,000 generated digits, blurred and without their
   *       mean. The first call in a process generates them, which takes about a second.
   * </ol>
   *
   * <p>It rejects 1.0 % of generated digits and 1.8 % of MNIST's test images. Shapes of a few
   * strokes pass, among them H, T, U, V, X, Y, a bar and a triangle.
   *
   * @return the reason, such as {@code "there are 4 pieces of ink, and a digit has one or two"};
   *     empty if it looks like a digit
   */
  public Optional<String> doubt() {
    return DigitLikeness.doubt(pixels);
  }

  /**
   * Returns the pixels as in MNIST's files: row by row, from 0 (paper) to 255 (ink).
   *
   * @return a copy, {@code [784]}
   */
  public byte[] pixels() {
    return pixels.clone();
  }

  /**
   * Returns the pixels as input of a network: row by row, from 0 (paper) to 1 (ink).
   *
   * @return {@code [784]}
   */
  public float[] toFloats() {
    float[] floats = new float[pixels.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Byte.toUnsignedInt(pixels[i]) / FULL_INK;
    }
    return floats;
  }

  /**
   * Returns a batch of this one image, for {@code network.predict}.
   *
   * @return a new array {@code [1, 784]} of FLOAT from 0 (paper) to 1 (ink)
   */
  public INDArray toArray() {
    Require.backend();
    return Nd4j.createFromArray(new float[][] {toFloats()});
  }
}
