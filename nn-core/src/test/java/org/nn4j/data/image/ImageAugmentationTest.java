package org.nn4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;

class ImageAugmentationTest {
  private static final int HEIGHT = 11;
  private static final int WIDTH = 14;

  private static float[] image() {
    SeededRandom random = new SeededRandom(1);
    float[] pixels = new float[HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    return pixels;
  }

  private static float[] changed(ImageAugmentation augmentation, float[] pixels, long seed) {
    float[] copy = pixels.clone();
    augmentation.apply(copy, new SeededRandom(seed));
    return copy;
  }

  @Test
  void changesNothingUntilItIsToldTo() {
    ImageAugmentation none = ImageAugmentation.of(HEIGHT, WIDTH);
    assertThat(changed(none, image(), 1)).containsExactly(image());
    ImageAugmentation zeros = none.shift(0).rotate(0).zoom(0).elastic(0, 4);
    assertThat(changed(zeros, image(), 1)).containsExactly(image());
  }

  /** Worked out by hand: one row down, two columns to the right. */
  @Test
  void aShiftMovesThePixels() {
    float[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    new Warp(3, 3, 1, 0, 1, 2, null).apply(pixels, 0, 0);
    assertThat(pixels).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 4);
    float[] half = {0, 8, 0, 0};
    new Warp(1, 4, 1, 0, 0, 0.25, null).apply(half, 0, 4);
    assertThat(half).containsExactly(1, 6, 2, 0);
  }

  /** Worked out by hand: by 90 degrees, and to the double size about the center. */
  @Test
  void aTurnAndAScaleAreAboutTheCenter() {
    float[] turned = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    new Warp(3, 3, 0, 1, 0, 0, null).apply(turned, 0, 0);
    assertThat(turned).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
    float[] enlarged = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    new Warp(3, 3, 0.5, 0, 0, 0, null).apply(enlarged, 0, 0);
    assertThat(enlarged).containsExactly(3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7);
  }

  /** The equations of the Javadoc, in double precision, with the numbers that are drawn. */
  private static final class Equations {
    private final RandomGenerator random;
    private final float[] old;
    private final double background;

    Equations(float[] old, double background, long seed) {
      this.random = new SeededRandom(seed);
      this.old = old;
      this.background = background;
    }

    double uniform(double bound) {
      return bound * ((random.nextLong() >> 11) * 0x1p-52);
    }

    double[] apply(double shift, double degrees, double zoom, double displacement, double sigma) {
      double tY = uniform(shift);
      double tX = uniform(shift);
      double theta = Math.toRadians(uniform(degrees));
      double s = 1 + uniform(zoom);
      double h = Math.sqrt(3) * sigma;
      double oY = 0.5 * (1 + uniform(1));
      double oX = 0.5 * (1 + uniform(1));
      double bound = displacement * Math.sqrt(3) / (151.0 / 315);
      double[][] down = grid(h, oY, oX, bound);
      double[][] right = grid(h, oY, oX, bound);
      double cY = (HEIGHT - 1) / 2.0;
      double cX = (WIDTH - 1) / 2.0;
      double[] result = new double[old.length];
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double pY = y - cY - tY;
          double pX = x - cX - tX;
          double qY = cY + (-Math.sin(theta) * pX + Math.cos(theta) * pY) / s;
          double qX = cX + (Math.cos(theta) * pX + Math.sin(theta) * pY) / s;
          result[y * WIDTH + x] =
              at(
                  qY + field(down, y / h + oY, x / h + oX),
                  qX + field(right, y / h + oY, x / h + oX));
        }
      }
      return result;
    }

    private double[][] grid(double h, double oY, double oX, double bound) {
      double[][] u = new double[(int) ((HEIGHT - 1) / h + oY) + 4][];
      for (int i = 0; i < u.length; i++) {
        u[i] = new double[(int) ((WIDTH - 1) / h + oX) + 4];
        Arrays.setAll(u[i], j -> uniform(bound));
      }
      return u;
    }

    private static double field(double[][] u, double y, double x) {
      double sum = 0;
      for (int i = 0; i < u.length; i++) {
        for (int j = 0; j < u[i].length; j++) {
          sum += u[i][j] * spline(y + 1 - i) * spline(x + 1 - j);
        }
      }
      return sum;
    }

    /** The cubic B-spline around 0. */
    static double spline(double x) {
      double a = Math.abs(x);
      return a >= 2 ? 0 : a >= 1 ? Math.pow(2 - a, 3) / 6 : (4 - 6 * a * a + 3 * a * a * a) / 6;
    }

    private double at(double y, double x) {
      double sum = 0;
      for (int row = (int) Math.floor(y); row <= Math.floor(y) + 1; row++) {
        for (int column = (int) Math.floor(x); column <= Math.floor(x) + 1; column++) {
          boolean inside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
          double pixel = inside ? old[row * WIDTH + column] : background;
          sum += pixel * (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
        }
      }
      return sum;
    }
  }

  @Test
  void aChangedImageIsThatOfTheEquations() {
    ImageAugmentation all =
        ImageAugmentation.of(HEIGHT, WIDTH)
            .shift(3)
            .rotate(180)
            .zoom(0.5)
            .elastic(1.2, 2)
            .background(0.5);
    for (int seed = 0; seed < 50; seed++) {
      double[] expected = new Equations(image(), 0.5, seed).apply(3, 180, 0.5, 1.2, 2);
      float[] actual = changed(all, image(), seed);
      for (int i = 0; i < actual.length; i++) {
        assertThat((double) actual[i])
            .as("seed %s, pixel %s", seed, i)
            .isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  private static double mean(int n, DoubleUnaryOperator ofSeed) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += ofSeed.applyAsDouble(i);
    }
    return sum / n;
  }

  /** Both the mean of squares and the correlation at a distance, of the field that is described. */
  @Test
  void theElasticDisplacementHasItsStandardDeviationAndSmoothness() {
    Elastic elastic = new Elastic(20, 20, 1.5, 4);
    int n = 4000;
    double[] square = new double[2];
    double product =
        mean(
            n,
            seed -> {
              Displacement displacement =
                  Objects.requireNonNull(elastic.draw(new SeededRandom((long) seed)));

              float[] x = new float[20];
              float[] y = new float[20];
              displacement.addTo(10, x, y);
              square[0] += x[7] * x[7];
              square[1] += y[7] * y[7];
              return x[7] * x[11];
            });
    assertThat(Math.sqrt(square[0] / n)).isCloseTo(1.5, within(0.06));
    assertThat(Math.sqrt(square[1] / n)).isCloseTo(1.5, within(0.06));
    // Noise smoothed by a Gaussian of σ correlates at a distance of σ by exp(−1/4) = 0.78.
    assertThat(product * n / square[0]).isCloseTo(Math.exp(-0.25), within(0.04));
  }

  @Test
  void shiftsReachTheirBoundsEvenly() {
    ImageAugmentation shift = ImageAugmentation.of(9, 9).shift(2);
    float[] dot = new float[81];
    dot[40] = 1;
    double[] least = {9, 9};
    double[] most = {0, 0};
    double mean =
        mean(
            2000,
            seed -> {
              float[] pixels = changed(shift, dot, (long) seed);
              double x = 0;
              double y = 0;
              for (int i = 0; i < pixels.length; i++) {
                x += pixels[i] * (i % 9);
                y += pixels[i] * Math.floorDiv(i, 9);
              }
              least[0] = Math.min(least[0], x);
              least[1] = Math.min(least[1], y);
              most[0] = Math.max(most[0], x);
              most[1] = Math.max(most[1], y);
              return x + y;
            });
    assertThat(least).containsExactly(new double[] {2, 2}, within(0.02));
    assertThat(most).containsExactly(new double[] {6, 6}, within(0.02));
    assertThat(mean).isCloseTo(8, within(0.15));
  }

  @Test
  void allPlanesAreMovedAlike() {
    ImageAugmentation all =
        ImageAugmentation.of(HEIGHT, WIDTH).shift(2).rotate(30).zoom(0.2).elastic(1, 3);
    all.requireFits(Shape.of(2, HEIGHT, WIDTH));
    float[] one = changed(all, image(), 5);
    float[] two = Arrays.copyOf(image(), 2 * one.length);
    System.arraycopy(image(), 0, two, one.length, one.length);
    two = changed(all, two, 5);
    assertThat(Arrays.copyOf(two, one.length)).containsExactly(one);
    assertThat(Arrays.copyOfRange(two, one.length, two.length)).containsExactly(one);
  }

  /** Computed once on linux-x86_64 under JDK 17; all machines have to agree. */
  @Test
  void thePixelsAreTheSameEverywhere() throws Exception {
    ImageAugmentation all =
        ImageAugmentation.of(HEIGHT, WIDTH).shift(2).rotate(15).zoom(0.1).elastic(1.2, 4);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int seed = 0; seed < 100; seed++) {
      float[] pixels = changed(all, image(), seed);
      ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES);
      bytes.asFloatBuffer().put(pixels);
      digest.update(bytes);
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("8d9595680f535f3e13317be5d0a144886ca9c175874d654273dcadc48c5fcf4d");
  }

  @Test
  void saysWhatItDoes() {
    assertThat(ImageAugmentation.of(28, 28).shift(2).rotate(10).zoom(0.1).elastic(1.2, 4))
        .hasToString(
            "ImageAugmentation(28 x 28, shift 2.0, rotate 10.0, zoom 0.1, elastic 1.2 by 4.0)");
    assertThat(ImageAugmentation.of(28, 28)).hasToString("ImageAugmentation(28 x 28)");
  }

  @Test
  void refusesWhatMakesNoSense() {
    ImageAugmentation images = ImageAugmentation.of(28, 20);
    assertThatThrownBy(() -> ImageAugmentation.of(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageAugmentation: expected a positive height, found 0; pass 1 or more");
    assertThatThrownBy(() -> ImageAugmentation.of(5, 0)).hasMessageContaining("a positive width");
    assertThatThrownBy(() -> images.shift(-1))
        .hasMessage(
            "ImageAugmentation: expected a shift of 0 to 10.0 pixels, found -1.0; correct the argument");
    assertThatThrownBy(() -> images.shift(11)).hasMessageContaining("found 11.0");
    assertThatThrownBy(() -> images.rotate(-5))
        .hasMessage(
            "ImageAugmentation: expected a rotation of 0 to 180 degrees, found -5.0;"
                + " correct the argument");
    assertThatThrownBy(() -> images.rotate(Double.NaN)).hasMessageContaining("found NaN");
    assertThatThrownBy(() -> images.zoom(1))
        .hasMessage(
            "ImageAugmentation: expected a zoom in [0, 1), found 1.0; pass 0 or a fraction below 1");
    assertThatThrownBy(() -> images.elastic(1, 0.5))
        .hasMessage(
            "ImageAugmentation: expected a smoothness of 1 pixel or more and finite, found"
                + " 0.5; correct the argument");
    assertThatThrownBy(() -> images.elastic(5, 4))
        .hasMessage(
            "ImageAugmentation: expected a displacement of 0 pixels to the smoothness, 4.0,"
                + " found 5.0; correct the argument");
    assertThatThrownBy(() -> images.background(Double.POSITIVE_INFINITY))
        .hasMessageContaining("a finite background, found Infinity");
    assertThatThrownBy(() -> images.requireFits(Shape.of(784)))
        .hasMessage(
            "ImageAugmentation: expected samples of one or more images of 28 x 20 = 560 elements,"
                + " found samples [784]; create the augmentation with the height and width of the images");
  }
}
