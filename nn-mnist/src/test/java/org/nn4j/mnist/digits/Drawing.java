package org.nn4j.mnist.digits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nn4j.SeededRandom;

/**
 * A digit as a paint program would draw it, by Java's own graphics; all measures in pixels.
 *
 * @param digit which one, 0 to 9
 * @param width of the picture
 * @param height of the picture
 * @param size height of the digit
 * @param left of the digit
 * @param top of the digit
 * @param pen width of the line
 * @param ink its color
 * @param paper the color behind it; null for a transparent one
 */
record Drawing(
    int digit,
    int width,
    int height,
    double size,
    double left,
    double top,
    double pen,
    Color ink,
    @Nullable Color paper) {

  /** Black on white in the middle of 280 x 280 pixels. */
  static Drawing of(int digit) {
    return new Drawing(digit, 280, 280, 200, 75, 40, 22, Color.BLACK, Color.WHITE);
  }

  Drawing pen(double pixels) {
    return new Drawing(digit, width, height, size, left, top, pixels, ink, paper);
  }

  Drawing colors(Color ink, @Nullable Color paper) {
    return new Drawing(digit, width, height, size, left, top, pen, ink, paper);
  }

  Drawing at(double left, double top) {
    return new Drawing(digit, width, height, size, left, top, pen, ink, paper);
  }

  Drawing times(double factor) {
    return new Drawing(
        digit,
        (int) Math.round(width * factor),
        (int) Math.round(height * factor),
        size * factor,
        left * factor,
        top * factor,
        pen * factor,
        ink,
        paper);
  }

  Drawing onSheet(int width, int height) {
    return new Drawing(digit, width, height, size, left, top, pen, ink, paper);
  }

  /** In one of the hands that digits are generated from, on 300 x 300 pixels. */
  static BufferedImage freehand(int digit, long seed) {
    SeededRandom random = new SeededRandom(seed);
    List<Glyph> hands = Glyph.of(digit);
    Glyph hand = hands.get(random.nextInt(hands.size()));
    BufferedImage picture = new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = picture.createGraphics();
    graphics.setStroke(
        new BasicStroke(random.nextInt(3, 30), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (Polyline line : new Handwriting(random).write(hand)) {
      Path2D path = new Path2D.Double();
      path.moveTo(150 + line.x(0), 150 + line.y(0));
      for (int i = 1; i < line.points(); i++) {
        path.lineTo(150 + line.x(i), 150 + line.y(i));
      }
      graphics.draw(path);
    }
    graphics.dispose();
    return picture;
  }

  /** With an alpha channel, whether it is used or not. */
  BufferedImage paint() {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = picture.createGraphics();
    if (paper != null) {
      graphics.setColor(paper);
      graphics.fillRect(0, 0, width, height);
    }
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(ink);
    graphics.setStroke(new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    AffineTransform place = new AffineTransform(size, 0, 0, size, left, top);
    graphics.draw(place.createTransformedShape(line()));
    graphics.dispose();
    return picture;
  }

  /** As {@link #paint()}, without an alpha channel. */
  BufferedImage paintOpaque() {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().drawImage(paint(), 0, 0, null);
    return picture;
  }

  /** With grains of a random gray, from {@code -strength} to {@code strength}, on each pixel. */
  BufferedImage paintWithGrain(int strength) {
    BufferedImage picture = paintOpaque();
    Random random = new Random(digit);
    for (int i = 0; i < width * height; i++) {
      int grain = random.nextInt(2 * strength + 1) - strength;
      Color color = new Color(picture.getRGB(i % width, i / width));
      int gray = Math.min(Math.max(color.getRed() + grain, 0), 255);
      picture.setRGB(i % width, i / width, new Color(gray, gray, gray).getRGB());
    }
    return picture;
  }

  /** With one of so many pixels turned to black or white. */
  BufferedImage paintWithSpecks(int oneOf) {
    BufferedImage picture = paintOpaque();
    Random random = new Random(digit);
    for (int i = 0; i < width * height; i++) {
      if (random.nextInt(oneOf) == 0) {
        picture.setRGB(i % width, i / width, random.nextBoolean() ? 0xffffff : 0);
      }
    }
    return picture;
  }

  /** In a square of side 1, about 0.65 wide. */
  private Path2D line() {
    Path2D path = new Path2D.Double();
    switch (digit) {
      case 0 -> path.append(new Ellipse2D.Double(0.02, 0, 0.62, 1), false);
      case 1 -> {
        path.moveTo(0.42, 0);
        path.lineTo(0.32, 1);
      }
      case 2 -> {
        path.moveTo(0.02, 0.25);
        path.curveTo(0.1, -0.1, 0.62, -0.08, 0.58, 0.27);
        path.curveTo(0.55, 0.55, 0.2, 0.7, 0, 0.98);
        path.lineTo(0.66, 0.98);
      }
      case 3 -> {
        path.moveTo(0.05, 0.1);
        path.curveTo(0.3, -0.1, 0.65, 0, 0.55, 0.28);
        path.curveTo(0.5, 0.42, 0.35, 0.46, 0.22, 0.47);
        path.curveTo(0.45, 0.46, 0.68, 0.55, 0.62, 0.78);
        path.curveTo(0.55, 1.05, 0.2, 1.05, 0, 0.9);
      }
      case 4 -> {
        path.moveTo(0.2, 0);
        path.lineTo(0.02, 0.52);
        path.lineTo(0.66, 0.48);
        path.moveTo(0.55, 0.08);
        path.lineTo(0.45, 1);
      }
      case 5 -> {
        path.moveTo(0.64, 0.02);
        path.lineTo(0.18, 0.04);
        path.lineTo(0.12, 0.45);
        path.curveTo(0.45, 0.32, 0.65, 0.5, 0.6, 0.72);
        path.curveTo(0.55, 1, 0.2, 1.05, 0, 0.9);
      }
      case 6 -> {
        path.moveTo(0.5, 0);
        path.curveTo(0.2, 0.2, 0.02, 0.5, 0.05, 0.75);
        path.curveTo(0.08, 1.1, 0.6, 1.05, 0.6, 0.75);
        path.curveTo(0.6, 0.5, 0.2, 0.5, 0.07, 0.78);
      }
      case 7 -> {
        path.moveTo(0, 0.06);
        path.lineTo(0.62, 0.02);
        path.curveTo(0.5, 0.35, 0.35, 0.6, 0.28, 1);
      }
      case 8 -> {
        path.moveTo(0.55, 0.12);
        path.curveTo(0.4, -0.08, 0.1, 0, 0.12, 0.22);
        path.curveTo(0.15, 0.45, 0.6, 0.5, 0.58, 0.78);
        path.curveTo(0.55, 1.08, 0.05, 1.05, 0.05, 0.78);
        path.curveTo(0.08, 0.5, 0.55, 0.4, 0.55, 0.12);
      }
      default -> {
        path.moveTo(0.58, 0.2);
        path.curveTo(0.5, -0.08, 0.08, -0.02, 0.08, 0.25);
        path.curveTo(0.1, 0.52, 0.5, 0.48, 0.58, 0.2);
        path.curveTo(0.58, 0.5, 0.5, 0.8, 0.45, 1);
      }
    }
    return path;
  }
}
