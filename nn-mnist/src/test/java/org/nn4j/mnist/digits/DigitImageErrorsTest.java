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
import java.util.Locale;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.SeededRandom;

class DigitImageErrorsTest {
  private static final String NO_DIGIT =
      ": expected a digit in clear contrast to the paper around it, found %s; draw one digit with"
          + " a margin around it";

  private static byte[] encode(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, format, bytes);
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
        ": expected a PNG or JPEG file, found no such file; pass the path of a picture");
    assertRefused(
        directory,
        ": expected a PNG or JPEG file, found a folder or device; pass the path of a picture");
  }

  @Test
  void fileOfAnotherKindIsRefused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("three.png");
    for (String content : new String[] {"", "3", "not a picture at all"}) {
      Files.writeString(file, content);
      assertRefused(
          file,
          ": expected a PNG or JPEG file, found another kind of file; save the picture as PNG");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void damagedPictureEndsInAnImageOrOneException(String format, @TempDir Path directory)
      throws IOException {
    byte[] sound = encode(Drawing.of(3).times(0.3).paintOpaque(), format);
    Path file = directory.resolve("three." + format);
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = sound.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      int length = i % 2 == 0 ? sound.length : random.nextInt(sound.length) + 1;
      Files.write(file, Arrays.copyOf(damaged, length));
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
    byte[] sound = encode(Drawing.of(3).paint(), "png");
    Path file = directory.resolve("three.png");
    Files.write(file, Arrays.copyOf(sound, sound.length / 2));
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.read(file))
        .withMessageStartingWith(
            "picture " + file + ": expected a PNG or JPEG file, found a damaged one: ");
  }

  /** A PNG whose header alone is there: decoding the first would take 14 GB. */
  @ParameterizedTest
  @CsvSource({"60000, 60001", "5000, 10001", "20001, 1", "1, 2147483647"})
  void hugePictureIsRefusedBeforeItIsDecoded(int width, int height, @TempDir Path directory)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(US_ASCII)).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 6, 0, 0, 0});
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array());
    ByteBuffer file = ByteBuffer.allocate(33);
    file.putLong(0x89504e470d0a1a0aL).putInt(13).put(chunk.array());
    file.putInt((int) checksum.getValue());
    Path path = directory.resolve("huge.png");
    Files.write(path, file.array());
    assertRefused(
        path,
        String.format(
            Locale.ROOT,
            ": expected at most 50000000 pixels and 20000 a side, found %d x %d; scale the picture"
                + " down",
            width,
            height));
  }

  @Test
  void emptySheetShowsNoDigit(@TempDir Path directory) throws IOException {
    BufferedImage sheet = new BufferedImage(100, 80, BufferedImage.TYPE_INT_ARGB);
    String found = "hardly anything that differs from its border";
    assertThatExceptionOfType(DigitImageException.class)
        .isThrownBy(() -> DigitImage.of(sheet))
        .withMessage("picture of 100 x 80" + NO_DIGIT, found);
    Path file = directory.resolve("empty.png");
    Files.write(file, encode(sheet, "png"));
    assertRefused(file, String.format(Locale.ROOT, NO_DIGIT, found));
  }

  @Test
  void grainOfThePaperIsNotADigit() {
    BufferedImage grain =
        Drawing.of(1).colors(Color.WHITE, Color.WHITE).times(0.5).paintWithGrain(15);
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
