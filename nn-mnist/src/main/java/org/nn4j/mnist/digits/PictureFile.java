package org.nn4j.mnist.digits;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reader of a picture file with limits: its size is checked before a pixel is decoded, and a large
 * picture is reduced to every second, third ... pixel. A photograph is rotated to upright.
 */
final class PictureFile {
  /** Maximum number of pixels, enough for ordinary cameras. */
  private static final long MAX_PIXELS = 50_000_000;

  /** Maximum length of a side, because decoders allocate whole rows. */
  private static final int MAX_SIDE = 20_000;

  /** Pixels to keep; a digit needs no more. */
  private static final double MAX_KEPT_PIXELS = 2_000_000;

  private final String name;

  private PictureFile(String name) {
    this.name = name;
  }

  static BufferedImage read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DigitImageException(
          describe(file),
          "a PNG or JPEG file",
          Files.exists(file) ? "a folder or device" : "no such file",
          "pass the path of a picture");
    }
    // Not ImageIO.createImageInputStream, which may write a cache file.
    try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
      return new PictureFile(describe(file)).read(stream);
    }
  }

  static String describe(Path file) {
    return "picture " + file;
  }

  private BufferedImage read(ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    if (!readers.hasNext()) {
      throw notAPicture("another kind of file", null);
    }
    ImageReader reader = readers.next();
    try {
      ExifOrientation orientation = ExifOrientation.of(stream);
      reader.setInput(stream, true, true);
      return orientation.applyTo(decode(reader));
    } catch (DigitImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's readers also throw unchecked exceptions for damaged files.
      throw notAPicture("a damaged one: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  private BufferedImage decode(ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
      throw new DigitImageException(
          name,
          "at most " + MAX_PIXELS + " pixels and " + MAX_SIDE + " a side",
          width + " x " + height,
          "scale the picture down");
    }
    ImageReadParam parameters = reader.getDefaultReadParam();
    int step = step((int) width, (int) height);
    parameters.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, parameters);
  }

  /** Returns the distance of the rows and columns to keep. */
  static int step(int width, int height) {
    return (int) Math.ceil(Math.sqrt((double) width * height / MAX_KEPT_PIXELS));
  }

  private DigitImageException notAPicture(String found, @Nullable Exception cause) {
    return new DigitImageException(
        name, "a PNG or JPEG file", found, "save the picture as PNG", cause);
  }
}
