package org.nn4j.mnist.digits;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Difference of each pixel of a picture from the paper, from 0 (paper) to 1 (black on white, or
 * white on black).
 *
 * <p>The paper's color is the median of the picture's border. So ink may be darker or lighter than
 * the paper, or of the same brightness in another color. On transparent paper, opaque pixels of any
 * color are ink.
 */
final class InkField {
  private static final int OPAQUE = 255;

  /** Bins of the histogram for the threshold. */
  private static final int BINS = 1024;

  private final int width;
  private final int height;
  private final float[] ink;

  /** Creates a field of an array with one row after the other, not copied. */
  private InkField(int width, int height, float[] ink) {
    this.width = width;
    this.height = height;
    this.ink = ink;
  }

  /** Returns the field of a picture, of every second, third ... row and column if it is large. */
  static InkField of(BufferedImage picture) {
    int step = PictureFile.step(picture.getWidth(), picture.getHeight());
    int width = (picture.getWidth() - 1) / step + 1;
    int height = (picture.getHeight() - 1) / step + 1;
    int[] paper = paper(picture);
    float[] ink = new float[width * height];
    int[] row = new int[picture.getWidth()];
    for (int y = 0; y < height; y++) {
      picture.getRGB(0, y * step, row.length, 1, row, 0, row.length);
      for (int x = 0; x < width; x++) {
        ink[y * width + x] = difference(row[x * step], paper);
      }
    }
    return new InkField(width, height, ink);
  }

  private static float difference(int argb, int[] paper) {
    float cover = alpha(argb) / (float) OPAQUE;
    if (paper[0] <= OPAQUE / 2) {
      return cover;
    }
    float red = channel(argb, 1) - paper[1];
    float green = channel(argb, 2) - paper[2];
    float blue = channel(argb, 3) - paper[3];
    double distance = Math.sqrt((red * red + green * green + blue * blue) / 3);
    return cover * (float) distance / OPAQUE;
  }

  private static int alpha(int argb) {
    return channel(argb, 0);
  }

  /** Returns a channel: 0 for alpha, 1 to 3 for red, green, blue. */
  private static int channel(int argb, int index) {
    return argb >>> (24 - 8 * index) & 0xff;
  }

  /** Returns the median of the border in each channel. */
  private static int[] paper(BufferedImage picture) {
    int[] border = border(picture);
    int[] paper = new int[4];
    for (int i = 0; i < paper.length; i++) {
      int index = i;
      int[] values = Arrays.stream(border).map(argb -> channel(argb, index)).sorted().toArray();
      paper[i] = values[values.length / 2];
    }
    return paper;
  }

  private static int[] border(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] border = new int[2 * (width + height)];
    picture.getRGB(0, 0, width, 1, border, 0, width);
    picture.getRGB(0, height - 1, width, 1, border, width, width);
    picture.getRGB(0, 0, 1, height, border, 2 * width, 1);
    picture.getRGB(width - 1, 0, 1, height, border, 2 * width + height, 1);
    return border;
  }

  int width() {
    return width;
  }

  int pixels() {
    return ink.length;
  }

  float at(int pixel) {
    return ink[pixel];
  }

  /** Returns a field of the same size with other values. */
  InkField with(float[] values) {
    return new InkField(width, height, values);
  }

  /** Interpolates at a point in pixels from the upper left corner; 0 outside. */
  double between(double x, double y) {
    int left = (int) Math.floor(x - 0.5);
    int top = (int) Math.floor(y - 0.5);
    double right = x - 0.5 - left;
    double down = y - 0.5 - top;
    double above = orPaper(left, top) * (1 - right) + orPaper(left + 1, top) * right;
    double below = orPaper(left, top + 1) * (1 - right) + orPaper(left + 1, top + 1) * right;
    return above * (1 - down) + below * down;
  }

  private float orPaper(int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : ink[y * width + x];
  }

  /** Returns the maximum of the means of 3 x 3 pixels: the strongest ink larger than a speck. */
  double strongest() {
    double strongest = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < 9; i++) {
          sum += orPaper(x + i % 3 - 1, y + i / 3 - 1);
        }
        strongest = Math.max(strongest, sum / 9);
      }
    }
    return strongest;
  }

  /**
   * Level between paper and ink.
   *
   * @param level pixels above it are ink
   * @param contrast the difference between the means of ink and paper; 0 if there is no ink
   */
  record Threshold(double level, double contrast) {}

  /**
   * Returns the level halfway between the mean of the pixels above it and the mean of those below.
   *
   * <p>Source: Ridler and Calvard, "Picture Thresholding Using an Iterative Selection Method"
   * (1978). Unlike Otsu's method it works where ink covers little of a large sheet, as it starts
   * from the strongest ink that is larger than a speck.
   */
  Threshold threshold() {
    long[] counts = new long[BINS];
    for (int i = 0; i < ink.length; i++) {
      counts[(int) Math.min(ink[i] * BINS, BINS - 1)]++;
    }
    int bin = (int) Math.min(strongest() / 2 * BINS, BINS - 2);
    // Each level separates the bins better than the one before, so none repeats and the loop ends.
    for (int round = 0; round < BINS; round++) {
      double below = mean(counts, 0, bin);
      double above = mean(counts, bin + 1, BINS - 1);
      if (Double.isNaN(below) || Double.isNaN(above)) {
        break;
      }
      int next = (int) ((below + above) / 2);
      if (next == bin) {
        return new Threshold((bin + 1.0) / BINS, (above - below) / BINS);
      }
      bin = next;
    }
    return new Threshold(1, 0);
  }

  /** Returns the mean of the bins' indices; NaN if they are empty. */
  private static double mean(long[] counts, int first, int last) {
    double sum = 0;
    double count = 0;
    for (int bin = first; bin <= last; bin++) {
      sum += (double) bin * counts[bin];
      count += counts[bin];
    }
    return sum / count;
  }
}
