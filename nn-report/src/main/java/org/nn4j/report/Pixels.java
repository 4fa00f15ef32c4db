package org.nn4j.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.DoubleStream;
import org.nn4j.Shape;

/**
 * Picture as a PNG data URI. Large pictures are reduced to every n-th pixel.
 *
 * @param image the picture
 */
record Pixels(BufferedImage image) {
  private static final int MAX_SIDE = 48;
  private static final int LEVELS = 64;

  /** Blue below 0, white at 0, orange above: distinct with every kind of color blindness. */
  private static final int[] NEGATIVE = {0x05, 0x5a, 0x9e};

  private static final int[] POSITIVE = {0xc4, 0x4e, 0x00};

  /** Returns a gray or colored picture; values outside [0, 1] are scaled from least to largest. */
  static Pixels picture(double[] values, Shape form) {
    double least = Math.min(0, finite(values).min().orElse(0));
    double largest = Math.max(1, finite(values).max().orElse(1));
    int step = step(form);
    int rgbs = (int) form.dimension(0);
    BufferedImage image =
        new BufferedImage(width(form, step), height(form, step), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = 0;
        for (int plane = 0; plane < 3; plane++) {
          double v = values[index(form, Math.min(plane, rgbs - 1), y * step, x * step)];
          double level = Double.isFinite(v) ? (v - least) / (largest - least) : 0;
          rgb = (rgb << 8) | (int) Math.round(255 * level);
        }
        image.setRGB(x, y, rgb);
      }
    }
    return new Pixels(image);
  }

  /**
   * Returns the weights of units side by side, each scaled by its own largest; planes are added.
   */
  static Pixels weights(double[][] units, Shape form, int columns) {
    int step = step(form);
    int w = width(form, step);
    int h = height(form, step);
    int rows = (units.length + columns - 1) / columns;
    BufferedImage image =
        new BufferedImage(
            Math.min(columns, units.length) * (w + 1) - 1,
            rows * (h + 1) - 1,
            BufferedImage.TYPE_BYTE_INDEXED,
            diverging());
    Arrays.fill(
        ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) (2 * LEVELS + 1));
    for (int unit = 0; unit < units.length; unit++) {
      double largest = finite(units[unit]).map(Math::abs).max().orElse(0);
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          double sum = 0;
          for (int plane = 0; plane < form.dimension(0); plane++) {
            sum += units[unit][index(form, plane, y * step, x * step)];
          }
          double level = largest > 0 ? sum / largest / form.dimension(0) : 0;
          int color = LEVELS + (int) Math.round(LEVELS * (Double.isFinite(level) ? level : 0));
          image
              .getRaster()
              .setSample(unit % columns * (w + 1) + x, unit / columns * (h + 1) + y, 0, color);
        }
      }
    }
    return new Pixels(image);
  }

  private static DoubleStream finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite);
  }

  /** Returns −1 to 1 in 2 LEVELS + 1 colors, and a transparent one. */
  private static IndexColorModel diverging() {
    byte[][] planes = new byte[3][2 * LEVELS + 2];
    for (int i = 0; i <= 2 * LEVELS; i++) {
      double share = Math.abs(i - LEVELS) / (double) LEVELS;
      int[] end = i < LEVELS ? NEGATIVE : POSITIVE;
      for (int plane = 0; plane < 3; plane++) {
        planes[plane][i] = (byte) Math.round(255 + share * (end[plane] - 255));
      }
    }
    int colors = 2 * LEVELS + 2;
    return new IndexColorModel(8, colors, planes[0], planes[1], planes[2], colors - 1);
  }

  private static int step(Shape form) {
    long side = Math.max(form.dimension(1), form.dimension(2));
    return (int) Math.max(1, (side + MAX_SIDE - 1) / MAX_SIDE);
  }

  private static int height(Shape form, int step) {
    return (int) ((form.dimension(1) + step - 1) / step);
  }

  private static int width(Shape form, int step) {
    return (int) ((form.dimension(2) + step - 1) / step);
  }

  private static int index(Shape form, int plane, int y, int x) {
    return (int) ((plane * form.dimension(1) + y) * form.dimension(2) + x);
  }

  String dataUri() {
    try {
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(ChartFile.png(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
