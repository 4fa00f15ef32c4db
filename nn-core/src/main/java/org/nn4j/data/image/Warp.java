package org.nn4j.data.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Origin of each pixel of an image: see {@link ImageAugmentation}. */
final class Warp {
  /** Pixels of background above and to the left of an image. */
  private static final int BEFORE = 1;

  /** Pixels of background below and to the right, where interpolation reads one pixel further. */
  private static final int AFTER = 2;

  private final int height;
  private final int width;
  private final double cos;
  private final double sin;
  private final double down;
  private final double right;
  private final @Nullable Displacement displacement;

  /**
   * Creates a warp of a rotation divided by the scale, a shift in pixels, and an optional
   * displacement.
   */
  Warp(
      int height,
      int width,
      double cos,
      double sin,
      double down,
      double right,
      @Nullable Displacement displacement) {
    this.height = height;
    this.width = width;
    this.cos = cos;
    this.sin = sin;
    this.down = down;
    this.right = right;
    this.displacement = displacement;
  }

  /** Changes the image that begins at an index. */
  void apply(float[] pixels, int from, float background) {
    int stride = BEFORE + width + AFTER;
    float[] framed = framed(pixels, from, background);
    float[] x = new float[width];
    float[] y = new float[width];
    for (int row = 0; row < height; row++) {
      origins(row, x, y);
      for (int column = 0; column < width; column++) {
        pixels[from + row * width + column] = between(framed, stride, x[column], y[column]);
      }
    }
  }

  private float[] framed(float[] pixels, int from, float background) {
    int stride = BEFORE + width + AFTER;
    float[] framed = new float[(BEFORE + height + AFTER) * stride];
    if (background != 0) {
      Arrays.fill(framed, background);
    }
    for (int row = 0; row < height; row++) {
      System.arraycopy(pixels, from + row * width, framed, (row + BEFORE) * stride + BEFORE, width);
    }
    return framed;
  }

  /** Computes the origins of a row of pixels, within the frame. */
  private void origins(int row, float[] x, float[] y) {
    double centerX = (width - 1) / 2.0;
    double centerY = (height - 1) / 2.0;
    double dY = row - centerY - down;
    double dX = -centerX - right;
    float firstX = (float) (centerX + cos * dX + sin * dY + BEFORE);
    float firstY = (float) (centerY - sin * dX + cos * dY + BEFORE);
    float stepX = (float) cos;
    float stepY = (float) -sin;
    for (int column = 0; column < width; column++) {
      x[column] = firstX + stepX * column;
      y[column] = firstY + stepY * column;
    }
    if (displacement != null) {
      displacement.addTo(row, x, y);
    }
    clamp(x, BEFORE + width);
    clamp(y, BEFORE + height);
  }

  /** Limits coordinates to the frame; beyond it is background too. */
  private static void clamp(float[] coordinates, float most) {
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = Math.max(0, Math.min(most, coordinates[i]));
    }
  }

  private static float between(float[] framed, int stride, float x, float y) {
    int column = (int) x;
    int row = (int) y;
    float toRight = x - column;
    float toBottom = y - row;
    int at = row * stride + column;
    float above = framed[at] + toRight * (framed[at + 1] - framed[at]);
    float below = framed[at + stride] + toRight * (framed[at + stride + 1] - framed[at + stride]);
    return above + toBottom * (below - above);
  }
}
