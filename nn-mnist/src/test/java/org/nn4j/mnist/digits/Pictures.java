package org.nn4j.mnist.digits;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What happens to a picture before it is read. */
final class Pictures {
  private Pictures() {}

  /** An image of MNIST, made so many times as large with soft edges. */
  static BufferedImage enlarged(byte[] image, int times) {
    BufferedImage small =
        new BufferedImage(DigitImage.SIDE, DigitImage.SIDE, BufferedImage.TYPE_BYTE_GRAY);
    small.getRaster().setDataElements(0, 0, DigitImage.SIDE, DigitImage.SIDE, image);
    int side = DigitImage.SIDE * times;
    BufferedImage large = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(small, 0, 0, side, side, null);
    graphics.dispose();
    return large;
  }

  /** Black or white, without shades. */
  static BufferedImage hardEdges(BufferedImage picture) {
    return eachPixel(picture, (x, y, gray) -> gray < 128 ? 0 : 255);
  }

  /** Each pixel the mean of a square of so many around it, twice. */
  static BufferedImage blurred(BufferedImage picture, int side) {
    BufferedImage blurred = picture;
    for (int times = 0; times < 2; times++) {
      BufferedImage from = blurred;
      blurred =
          eachPixel(
              from,
              (x, y, gray) -> {
                int sum = 0;
                for (int i = 0; i < side * side; i++) {
                  int fromX = inside(x + i % side - side / 2, from.getWidth());
                  int fromY = inside(y + i / side - side / 2, from.getHeight());
                  sum += from.getRGB(fromX, fromY) & 0xff;
                }
                return sum / (side * side);
              });
    }
    return blurred;
  }

  private static int inside(int place, int length) {
    return Math.min(Math.max(place, 0), length - 1);
  }

  /** Under a light from one side: the other side is darker by so much. */
  static BufferedImage shaded(BufferedImage picture, int strength) {
    return eachPixel(
        picture, (x, y, gray) -> gray * (255 - strength * x / picture.getWidth()) / 255);
  }

  static BufferedImage sheared(BufferedImage picture, double slant) {
    AffineTransform shear =
        AffineTransform.getTranslateInstance(slant * picture.getHeight() / 2, 0);
    shear.shear(-slant, 0);
    return drawn(picture, shear);
  }

  static BufferedImage turned(BufferedImage picture, double degrees) {
    return drawn(
        picture,
        AffineTransform.getRotateInstance(
            Math.toRadians(degrees), picture.getWidth() / 2.0, picture.getHeight() / 2.0));
  }

  private static BufferedImage drawn(BufferedImage picture, AffineTransform how) {
    BufferedImage drawn =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setColor(new Color(picture.getRGB(0, 0)));
    graphics.fillRect(0, 0, drawn.getWidth(), drawn.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, how, null);
    graphics.dispose();
    return drawn;
  }

  /** As it comes back from a JPEG file, with the blocks and rings of strong compression. */
  static BufferedImage jpeg(BufferedImage picture, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
      out.flush();
      return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }

  private interface Shade {
    int of(int x, int y, int gray);
  }

  private static BufferedImage eachPixel(BufferedImage picture, Shade shade) {
    BufferedImage changed =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int gray = Math.min(255, shade.of(x, y, picture.getRGB(x, y) & 0xff));
        changed.setRGB(x, y, gray * 0x010101);
      }
    }
    return changed;
  }
}
