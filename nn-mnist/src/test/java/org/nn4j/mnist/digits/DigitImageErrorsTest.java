package org.nn4j.mnist.digits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;

class DigitImageErrorsTest {
  private static final String NO_DIGIT =
      ": expected a digit in clear contrast to the paper around it, found %s; draw one digit with"
          + " a margin around it";

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private static void assertRefused(Path file, String rest) {
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.read(file))
        .withMessage("picture " + file + rest);
  }

  @Test
  void missingFileIsNamed(@TempDir Path directory) {
    assertRefused(
        directory.resolve("three.png"),
        ": expected a PNG or JPEG file, found no such file; give the path of a picture");
    assertRefused(
        directory,
        ": expected a PNG or JPEG file, found a folder or device; give the path of a picture");
  }

  @Test
  void fileOfAnotherKindIsRefused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("three.png");
    for (String content : new String[] {"", "3", "not a picture at all"}) {
      Files.writeString(file, content);
      assertRefused(
          file,
          ": expected a PNG or JPEG file, found a file of another kind; save the picture as PNG");
    }
  }

  @Test
  void damagedPictureEndsInAnImageOrOneException(@TempDir Path directory) throws IOException {
    byte[] sound = png(Drawing.of(3).times(0.3).paint());
    Path file = directory.resolve("three.png");
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length) + 1);
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      Throwable thrown = catchThrowable(() -> DigitImage.read(file));
      if (thrown != null) {
        assertThat(thrown)
            .isInstanceOf(DigitImageException.class)
            .hasMessageStartingWith("picture " + file + ": expected ");
      }
    }
  }

  @Test
  void truncatedPictureIsCalledBroken(@TempDir Path directory) throws IOException {
    byte[] sound = png(Drawing.of(3).paint());
    Path file = directory.resolve("three.png");
    Files.write(file, Arrays.copyOf(sound, sound.length / 2));
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.read(file))
        .withMessageStartingWith(
            "picture " + file + ": expected a PNG or JPEG file, found a broken one: ");
  }

  /** A PNG whose header alone is there: decoding it would take 14 GB. */
  @Test
  void hugePictureIsRefusedBeforeItIsDecoded(@TempDir Path directory) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk
        .put("IHDR".getBytes(US_ASCII))
        .putInt(60_000)
        .putInt(60_001)
        .put(new byte[] {8, 6, 0, 0, 0});
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array());
    ByteBuffer file = ByteBuffer.allocate(33);
    file.putLong(0x89504e470d0a1a0aL)
        .putInt(13)
        .put(chunk.array())
        .putInt((int) checksum.getValue());
    Path path = directory.resolve("huge.png");
    Files.write(path, file.array());
    assertRefused(
        path, ": expected at most 100000000 pixels, found 60000 x 60001; scale the picture down");
  }

  @Test
  void emptySheetShowsNoDigit(@TempDir Path directory) throws IOException {
    BufferedImage sheet = new BufferedImage(100, 80, BufferedImage.TYPE_INT_ARGB);
    String found = "hardly anything that differs from its border";
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.of(sheet))
        .withMessage("picture of 100 x 80" + NO_DIGIT, found);
    Path file = directory.resolve("empty.png");
    Files.write(file, png(sheet));
    assertRefused(file, String.format(NO_DIGIT, found));
  }

  @Test
  void grainOfThePaperIsNotADigit() {
    BufferedImage grain =
        Drawing.of(1).colours(Color.WHITE, Color.WHITE).times(0.5).paintWithGrain(15);
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.of(grain))
        .withMessageEndingWith(NO_DIGIT, "hardly anything that differs from its border");
  }

  @Test
  void speckIsNotADigit() {
    BufferedImage sheet = new BufferedImage(100, 80, BufferedImage.TYPE_BYTE_GRAY);
    sheet.setRGB(50, 40, 0xffffff);
    sheet.setRGB(51, 41, 0xffffff);
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.of(sheet))
        .withMessage("picture of 100 x 80" + NO_DIGIT, "specks of less than 5 pixels");
  }

  @Test
  void sheetOfOnePixelShowsNoDigit() {
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)));
  }
}
