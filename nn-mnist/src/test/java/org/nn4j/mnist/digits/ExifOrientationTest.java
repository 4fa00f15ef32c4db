package org.nn4j.mnist.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.SeededRandom;

class ExifOrientationTest {
  /** Two rows of three pixels, whose colors are their numbers. */
  private static BufferedImage numbered() {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 3, 2, new int[] {1, 2, 3, 4, 5, 6}, 0, 3);
    return picture;
  }

  /** By the standard: which side of what is seen the first row and the first column are. */
  @ParameterizedTest
  @CsvSource({
    "1, 123456, the top and the left",
    "2, 321654, the top and the right",
    "3, 654321, the bottom and the right",
    "4, 456123, the bottom and the left",
    "5, 142536, the left and the top",
    "6, 415263, the right and the top",
    "7, 635241, the right and the bottom",
    "8, 362514, the left and the bottom"
  })
  void turnsAsTheStandardSays(int code, String rows, String firstRowAndColumn) {
    BufferedImage upright = new ExifOrientation(code).applyTo(numbered());
    StringBuilder seen = new StringBuilder();
    for (int y = 0; y < upright.getHeight(); y++) {
      for (int x = 0; x < upright.getWidth(); x++) {
        seen.append(upright.getRGB(x, y) & 0xff);
      }
    }
    assertThat(seen).as("first row and column are %s", firstRowAndColumn).hasToString(rows);
    assertThat(upright.getWidth()).isEqualTo(code < 5 ? 3 : 2);
  }

  /** A segment as cameras write it, with another entry before the one that counts. */
  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer segment = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 2 * 12 + 4);
    segment.putShort((short) 0xffe1).putShort((short) (segment.capacity() - 2));
    segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).order(order);
    segment.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949));
    segment.putShort((short) 42).putInt(8);
    segment.putShort((short) 2);
    segment.putShort((short) 256).putShort((short) 4).putInt(1).putInt(280);
    segment.putShort((short) 274).putShort((short) 3).putInt(1);
    segment.putShort((short) orientation).putShort((short) 0);
    return segment.putInt(0).array();
  }

  /** The segment after what ImageIO writes first, or before it, as cameras do. */
  private static byte[] photograph(BufferedImage picture, byte[] segment, boolean first)
      throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", jpeg);
    byte[] plain = jpeg.toByteArray();
    int afterJfif = 2 + 2 + ByteBuffer.wrap(plain).getShort(4);
    int place = first ? 2 : afterJfif;
    return ByteBuffer.allocate(plain.length + segment.length)
        .put(plain, 0, place)
        .put(segment)
        .put(plain, place, plain.length - place)
        .array();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPhotographIsReadAsItIsSeen(int code, @TempDir Path folder) throws IOException {
    BufferedImage seen = Drawing.of(4).paintOpaque();
    byte[] expected = DigitImage.of(seen).pixels();
    int inverse = code == 6 ? 8 : code == 8 ? 6 : code;
    BufferedImage onSensor = new BufferedImage(280, 280, BufferedImage.TYPE_INT_RGB);
    onSensor.createGraphics().drawImage(new ExifOrientation(inverse).applyTo(seen), 0, 0, null);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (boolean first : new boolean[] {true, false}) {
        Path file = folder.resolve("photograph.jpg");
        Files.write(file, photograph(onSensor, exif(code, order), first));
        assertThat(MnistForm.difference(expected, DigitImage.read(file).pixels()))
            .as("%s, %s", order, first)
            .isLessThan(0.05);
      }
    }
  }

  private static ExifOrientation of(byte[] file) throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ExifOrientation orientation = ExifOrientation.of(stream);
      assertThat(stream.getStreamPosition()).isZero();
      assertThat(stream.getByteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
      return orientation;
    }
  }

  @Test
  void aDamagedNoteIsAsNone() throws IOException {
    byte[] sound = photograph(numbered(), exif(6, ByteOrder.LITTLE_ENDIAN), true);
    assertThat(of(sound).code()).isEqualTo(6);
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(sound, i % 2 == 0 ? sound.length : random.nextInt(64));
      for (int flips = i % 4; flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(Math.min(damaged.length, 64))] ^= (byte) (1 << random.nextInt(8));
      }
      assertThat(of(damaged).code()).isBetween(1, 8);
    }
    assertThat(of(photograph(numbered(), exif(0, ByteOrder.BIG_ENDIAN), true)).code()).isEqualTo(1);
    assertThat(of(photograph(numbered(), exif(9, ByteOrder.BIG_ENDIAN), true)).code()).isEqualTo(1);
    assertThat(of(photograph(numbered(), new byte[0], true)).code()).isEqualTo(1);
    assertThat(of("a PNG file, perhaps".getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(1);
  }
}
