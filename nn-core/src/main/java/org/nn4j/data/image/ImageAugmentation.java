package org.nn4j.data.image;

import java.util.random.RandomGenerator;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Augmentation;

/**
 * Random shift, rotation, zoom and elastic distortion of images.
 *
 * <pre>{@code
 * Augmentation hands = ImageAugmentation.of(28, 28).shift(2).rotate(10).zoom(0.1).elastic(1.2, 4);
 * trainer.fit(training.augment(hands, seed));
 * }</pre>
 *
 * <p>All changes are applied together, so an image is interpolated once. The value at a pixel
 * {@code p} becomes that of the original image at
 *
 * <pre>
 * q = c + R(−θ) (p − c − t) / s + d(p)
 * </pre>
 *
 * <p>with the image's center {@code c}, the shift {@code t}, the rotation {@code R(θ)}, the scale
 * {@code s} and the elastic displacement {@code d}, between pixels by bilinear interpolation.
 * Pixels beyond the original image are {@linkplain #background background}, default 0: augment
 * before you normalize.
 *
 * <p>Immutable and thread-safe. The same seed produces the same pixels on every machine.
 */
public final class ImageAugmentation implements Augmentation {
  private static final String WHO = "ImageAugmentation";

  private final int height;
  private final int width;
  private final double shift;
  private final double rotation;
  private final double zoom;
  private final Elastic elastic;
  private final float background;

  private ImageAugmentation(
      int height,
      int width,
      double shift,
      double rotation,
      double zoom,
      Elastic elastic,
      float background) {
    this.height = height;
    this.width = width;
    this.shift = shift;
    this.rotation = rotation;
    this.zoom = zoom;
    this.elastic = elastic;
    this.background = background;
  }

  /**
   * Returns an augmentation for images of a size, without changes.
   *
   * @param height the number of rows of an image, at least 1
   * @param width the number of its columns, at least 1; the input of a sample is {@code [height,
   *     width]}, or as many elements in another shape, or several such planes one after the other,
   *     which move together
   * @return an augmentation that changes nothing
   * @throws IllegalArgumentException if a number is below 1, or their product is above 2^31 - 1
   */
  public static ImageAugmentation of(int height, int width) {
    Require.atLeastOne(height, WHO, "height");
    Require.atLeastOne(width, WHO, "width");
    Require.that(
        (long) height * width <= Integer.MAX_VALUE,
        WHO,
        "images of at most " + Integer.MAX_VALUE + " pixels",
        height + " x " + width,
        "pass the height and width of one image");
    return new ImageAugmentation(height, width, 0, 0, 0, Elastic.NONE, 0);
  }

  /**
   * Adds a random shift.
   *
   * @param pixels the bound of both coordinates of {@code t}, which are uniform in {@code [−pixels,
   *     pixels]}; not more than half the shorter side of the image
   * @return a new augmentation
   * @throws IllegalArgumentException if it is negative or above half the shorter side
   */
  public ImageAugmentation shift(double pixels) {
    double most = Math.min(height, width) / 2.0;
    Require.that(pixels >= 0 && pixels <= most, WHO, "a shift of 0 to " + most + " pixels", pixels);
    return new ImageAugmentation(height, width, pixels, rotation, zoom, elastic, background);
  }

  /**
   * Adds a random rotation about the center.
   *
   * @param degrees the bound of {@code θ}, which is uniform in {@code [−degrees, degrees]}; from 0
   *     to 180
   * @return a new augmentation
   * @throws IllegalArgumentException if it is not from 0 to 180
   */
  public ImageAugmentation rotate(double degrees) {
    Require.that(degrees >= 0 && degrees <= 180, WHO, "a rotation of 0 to 180 degrees", degrees);
    return new ImageAugmentation(height, width, shift, degrees, zoom, elastic, background);
  }

  /**
   * Adds a random zoom.
   *
   * @param fraction the bound of {@code s}, which is uniform in {@code [1 − fraction, 1 +
   *     fraction]}; in [0, 1)
   * @return a new augmentation
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public ImageAugmentation zoom(double fraction) {
    Require.fraction(fraction, WHO, "zoom");
    return new ImageAugmentation(height, width, shift, rotation, fraction, elastic, background);
  }

  /**
   * Adds a random elastic distortion, in which neighboring pixels are displaced alike.
   *
   * <p>The displacement {@code d} is a random field of cubic B-splines {@code β} on a grid of
   * spacing {@code h = √3 smoothness} with a random origin {@code o}: in each coordinate
   *
   * <pre>
   * d(p) = Σᵢⱼ uᵢⱼ β(p₁/h + o₁ − i) β(p₂/h + o₂ − j)
   * </pre>
   *
   * <p>with independent uniform {@code u} of mean 0, scaled to the given standard deviation. Cubic
   * B-splines of that spacing have the variance {@code smoothness²}, so the field is nearly the one
   * of Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks Applied to
   * Visual Document Analysis" (ICDAR 2003), who smooth a displacement of each pixel with a Gaussian
   * of {@code σ = smoothness}, in a tenth of the time. Their {@code α} produces a displacement of
   * {@code α / (σ √(12π))}: {@code elastic(1.4, 4)} is their {@code σ = 4, α = 34}.
   *
   * @param displacement the standard deviation of the displacement of a pixel in each coordinate,
   *     in pixels; from 0 to the smoothness, beyond which the image would fold over
   * @param smoothness the distance over which pixels are displaced alike, in pixels; at least 1
   * @return a new augmentation
   * @throws IllegalArgumentException if a number is out of range
   */
  public ImageAugmentation elastic(double displacement, double smoothness) {
    Require.that(
        smoothness >= 1 && Double.isFinite(smoothness),
        WHO,
        "a smoothness of 1 pixel or more and finite",
        smoothness);
    Require.that(
        displacement >= 0 && displacement <= smoothness,
        WHO,
        "a displacement of 0 pixels to the smoothness, " + smoothness,
        displacement);
    Elastic distortion = new Elastic(height, width, displacement, smoothness);
    return new ImageAugmentation(height, width, shift, rotation, zoom, distortion, background);
  }

  /**
   * Sets the value beyond the edges.
   *
   * @param value of a pixel, in the units of the data, such as 1 for dark ink on white paper
   * @return a new augmentation
   * @throws IllegalArgumentException if it is not finite
   */
  public ImageAugmentation background(double value) {
    float finite = (float) Require.finite(value, WHO, "background");
    return new ImageAugmentation(height, width, shift, rotation, zoom, elastic, finite);
  }

  @Override
  public void requireFits(Shape input) {
    Require.notNull(input, "ImageAugmentation.requireFits", "input");
    long pixels = (long) height * width;
    Require.that(
        input.size() % pixels == 0,
        WHO,
        "samples of one or more images of " + height + " x " + width + " = " + pixels + " elements",
        "samples " + input,
        "create the augmentation with the height and width of the images");
  }

  @Override
  public void apply(float[] input, RandomGenerator random) {
    Require.notNull(input, "ImageAugmentation.apply", "input");
    Require.notNull(random, "ImageAugmentation.apply", "random");
    Warp warp = draw(random);
    for (int plane = 0; plane < input.length; plane += height * width) {
      warp.apply(input, plane, background);
    }
  }

  private Warp draw(RandomGenerator random) {
    double down = shift * UniformNumber.symmetric(random);
    double right = shift * UniformNumber.symmetric(random);
    double angle = StrictMath.toRadians(rotation * UniformNumber.symmetric(random));
    double scale = 1 + zoom * UniformNumber.symmetric(random);
    double cos = StrictMath.cos(angle) / scale;
    double sin = StrictMath.sin(angle) / scale;
    return new Warp(height, width, cos, sin, down, right, elastic.draw(random));
  }

  @Override
  public String toString() {
    return "ImageAugmentation("
        + (height + " x " + width)
        + (shift > 0 ? ", shift " + shift : "")
        + (rotation > 0 ? ", rotate " + rotation : "")
        + (zoom > 0 ? ", zoom " + zoom : "")
        + elastic
        + ")";
  }
}
