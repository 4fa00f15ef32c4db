package org.nn4j.mnist.digits;

import java.util.Arrays;
import java.util.Optional;

/**
 * Test whether an image could be a handwritten digit, by its amount of ink, its pieces and holes,
 * the strokes that straight lines cross, and the most similar of generated digits.
 */
final class DigitLikeness {
  private static final int SIDE = InkBox.IMAGE_SIDE;
  private static final int PIXELS = InkBox.IMAGE_PIXELS;
  private static final int FULL_INK = 255;

  /** Smallest value of a pixel that counts as ink, of 255. */
  private static final int INK = 80;

  /** Maximum ink in black pixels; one of 1,000 generated digits has more. */
  private static final int MAX_INK = 240;

  /** Pixels of the smallest piece of ink, or hole, that counts. */
  private static final int SMALLEST = 3;

  private static final int MAX_PIECES = 2;
  private static final int MAX_HOLES = 2;

  /** Rows that cross three strokes or more. */
  private static final int MAX_ROWS_OF_THREE = 6;

  /** Rows that cross four strokes or more. */
  private static final int MAX_ROWS_OF_FOUR = 1;

  /** Columns that cross four strokes or more. */
  private static final int MAX_COLUMNS_OF_FOUR = 3;

  private static final int REFERENCES = 10_000;
  private static final long REFERENCE_SEED = 1;
  private static final double MIN_CORRELATION = 0.6;

  private DigitLikeness() {}

  /** Returns the difference from a digit, for a message. */
  static Optional<String> doubt(byte[] image) {
    double ink = 0;
    for (byte pixel : image) {
      ink += (double) (pixel & 0xff) / FULL_INK;
    }
    if (ink > MAX_INK) {
      return Optional.of("there is more ink than in a digit");
    }
    // A margin makes the paper around the ink one region.
    int width = SIDE + 2;
    boolean[] dark = new boolean[width * width];
    boolean[] light = new boolean[width * width];
    for (int i = 0; i < dark.length; i++) {
      int row = i / width - 1;
      int column = i % width - 1;
      boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
      dark[i] = inside && (image[row * SIDE + column] & 0xff) >= INK;
      light[i] = !dark[i];
    }
    int pieces = new Regions(width, dark, true).count(SMALLEST);
    if (pieces > MAX_PIECES) {
      return Optional.of("there are " + pieces + " pieces of ink, and a digit has one or two");
    }
    int holes = new Regions(width, light, false).count(SMALLEST) - 1;
    if (holes > MAX_HOLES) {
      return Optional.of("the ink has " + holes + " holes, and a digit has two at most");
    }
    if (lines(dark, width, 1, 3) > MAX_ROWS_OF_THREE
        || lines(dark, width, 1, 4) > MAX_ROWS_OF_FOUR
        || lines(dark, width, width, 4) > MAX_COLUMNS_OF_FOUR) {
      return Optional.of("there are more strokes side by side than in a digit");
    }
    return References.ALL.haveSimilar(image)
        ? Optional.empty()
        : Optional.of("no digit is similar");
  }

  /** Counts rows (step 1) or columns (step width) that cross a number of strokes or more. */
  private static int lines(boolean[] dark, int width, int step, int strokes) {
    int lines = 0;
    for (int line = 1; line < width; line++) {
      int start = step == 1 ? line * width : line;
      int crossed = 0;
      for (int i = 1; i < width; i++) {
        crossed += dark[start + i * step] && !dark[start + (i - 1) * step] ? 1 : 0;
      }
      lines += crossed >= strokes ? 1 : 0;
    }
    return lines;
  }

  /** Generated digits, blurred, minus their mean, each of length 1. */
  private static final class References {
    static final References ALL = new References();

    private final float[] mean = new float[PIXELS];
    private final float[][] digits = new float[REFERENCES][];

    private References() {
      byte[] pixels = SyntheticDigits.generate(REFERENCES, REFERENCE_SEED).pixels();
      for (int i = 0; i < REFERENCES; i++) {
        digits[i] = blurred(pixels, i * PIXELS);
        for (int p = 0; p < PIXELS; p++) {
          mean[p] += digits[i][p] / REFERENCES;
        }
      }
      for (float[] digit : digits) {
        center(digit);
      }
    }

    /** Returns whether one of them correlates enough; a blank image is NaN, which none does. */
    boolean haveSimilar(byte[] image) {
      float[] wanted = blurred(image, 0);
      center(wanted);
      return Arrays.stream(digits).anyMatch(digit -> product(digit, wanted) >= MIN_CORRELATION);
    }

    private static double product(float[] a, float[] b) {
      double sum = 0;
      for (int p = 0; p < PIXELS; p++) {
        sum += (double) a[p] * b[p];
      }
      return sum;
    }

    private void center(float[] image) {
      for (int p = 0; p < PIXELS; p++) {
        image[p] -= mean[p];
      }
      normalize(image);
    }
  }

  /** Returns the image filtered with 1 2 1, 2 4 2, 1 2 1, scaled to length 1. */
  private static float[] blurred(byte[] pixels, int from) {
    float[] blurred = new float[PIXELS];
    for (int i = 0; i < 9 * PIXELS; i++) {
      int dy = i / PIXELS / 3 - 1;
      int dx = i / PIXELS % 3 - 1;
      int row = i % PIXELS / SIDE + dy;
      int column = i % SIDE + dx;
      if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
        int weight = (2 - Math.abs(dy)) * (2 - Math.abs(dx));
        blurred[i % PIXELS] += weight * (pixels[from + row * SIDE + column] & 0xff);
      }
    }
    normalize(blurred);
    return blurred;
  }

  private static void normalize(float[] image) {
    double squares = 0;
    for (float number : image) {
      squares += (double) number * number;
    }
    float length = (float) Math.sqrt(squares);
    for (int p = 0; p < image.length; p++) {
      image[p] /= length;
    }
  }
}
