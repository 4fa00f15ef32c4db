package org.nn4j.mnist.digits;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * Exif orientation of a photograph: cameras store pixels in the order of their sensor, and the
 * rotation in a tag.
 *
 * <p>Source: Exif 2.32 (CIPA DC-008-2019), section 4.6.4, tag 274, and 4.7.2 for its place in a
 * JPEG file: the segment APP1.
 *
 * @param code 1 to 8 as in the standard; 1 is upright
 */
record ExifOrientation(int code) {
  private static final ExifOrientation UPRIGHT = new ExifOrientation(1);

  private static final int START_OF_IMAGE = 0xffd8;
  private static final int START_OF_SCAN = 0xffda;
  private static final int APP1 = 0xffe1;
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final long EXIF = 0x45786966_0000L;
  private static final int EXIF_BYTES = 6;
  private static final int ENTRY_BYTES = 12;
  private static final int TAG = 274;
  private static final int UNSIGNED_SHORT = 3;

  /** Returns whether rows become columns. */
  private boolean isTransposed() {
    return code >= 5;
  }

  /**
   * Reads the tag of a JPEG file; a missing or damaged tag is upright.
   *
   * @param stream at its beginning, to which it is reset
   */
  static ExifOrientation of(ImageInputStream stream) throws IOException {
    ByteOrder before = stream.getByteOrder();
    stream.mark();
    try {
      stream.setByteOrder(ByteOrder.BIG_ENDIAN);
      return find(stream);
    } catch (IOException | IndexOutOfBoundsException damaged) {
      return UPRIGHT;
    } finally {
      stream.setByteOrder(before);
      stream.reset();
    }
  }

  private static ExifOrientation find(ImageInputStream stream) throws IOException {
    if (stream.readUnsignedShort() != START_OF_IMAGE) {
      return UPRIGHT;
    }
    for (int marker = stream.readUnsignedShort();
        marker > 0xff00 && marker != START_OF_SCAN;
        marker = stream.readUnsignedShort()) {
      long segment = stream.getStreamPosition();
      int length = stream.readUnsignedShort();
      if (marker == APP1 && ((long) stream.readInt() << 16 | stream.readUnsignedShort()) == EXIF) {
        return inDirectory(stream, segment + Short.BYTES + EXIF_BYTES);
      }
      stream.seek(segment + length);
    }
    return UPRIGHT;
  }

  /** Searches the first directory of a TIFF structure that begins at {@code tiff}. */
  private static ExifOrientation inDirectory(ImageInputStream stream, long tiff)
      throws IOException {
    stream.seek(tiff);
    if (stream.readUnsignedShort() == LITTLE_ENDIAN) {
      stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    }
    stream.skipBytes(Short.BYTES);
    long directory = tiff + stream.readUnsignedInt();
    stream.seek(directory);
    int entries = stream.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      stream.seek(directory + Short.BYTES + (long) i * ENTRY_BYTES);
      if (stream.readUnsignedShort() == TAG) {
        int type = stream.readUnsignedShort();
        stream.skipBytes(Integer.BYTES);
        int code = stream.readUnsignedShort();
        return type == UNSIGNED_SHORT && code >= 1 && code <= 8
            ? new ExifOrientation(code)
            : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /**
   * Rotates a picture to upright.
   *
   * @return the picture itself if it is upright, else a new one
   */
  BufferedImage applyTo(BufferedImage picture) {
    if (code == 1) {
      return picture;
    }
    int width = isTransposed() ? picture.getHeight() : picture.getWidth();
    int height = isTransposed() ? picture.getWidth() : picture.getHeight();
    int right = picture.getWidth() - 1;
    int bottom = picture.getHeight() - 1;
    BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb =
            switch (code) {
              case 2 -> picture.getRGB(right - x, y);
              case 3 -> picture.getRGB(right - x, bottom - y);
              case 4 -> picture.getRGB(x, bottom - y);
              case 5 -> picture.getRGB(y, x);
              case 6 -> picture.getRGB(y, bottom - x);
              case 7 -> picture.getRGB(right - y, bottom - x);
              default -> picture.getRGB(right - y, x);
            };
        upright.setRGB(x, y, rgb);
      }
    }
    return upright;
  }
}
