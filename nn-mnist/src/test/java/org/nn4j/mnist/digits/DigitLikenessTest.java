package org.nn4j.mnist.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitLikenessTest {
  private static DigitImage drawn(int pen, Consumer<Graphics2D> shape) throws DigitImageException {
    BufferedImage picture = new BufferedImage(280, 280, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 280, 280);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    shape.accept(graphics);
    graphics.dispose();
    return DigitImage.of(picture);
  }

  private static Consumer<Graphics2D> line(int... xy) {
    return graphics -> {
      for (int i = 0; i + 3 < xy.length; i += 2) {
        graphics.drawLine(xy[i], xy[i + 1], xy[i + 2], xy[i + 3]);
      }
    };
  }

  private static Consumer<Graphics2D> checkerboard(int fields) {
    int side = 160 / fields;
    return graphics -> {
      for (int i = 0; i < fields * fields; i += 1) {
        if ((i / fields + i % fields) % 2 == 0) {
          graphics.fillRect(60 + side * (i / fields), 60 + side * (i % fields), side, side);
        }
      }
    };
  }

  private static void face(Graphics2D graphics) {
    graphics.fillOval(105, 110, 20, 20);
    graphics.fillOval(155, 110, 20, 20);
    graphics.drawArc(95, 100, 90, 80, 200, 140);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 12, 18, 24})
  void whatIsNoDigitIsDoubted(int pen) throws DigitImageException {
    assertThat(drawn(pen, DigitLikenessTest::face).doubt())
        .contains("there are 3 pieces of ink, and a digit has one or two");
    assertThat(drawn(pen, line(60, 220, 70, 60, 140, 160, 210, 60, 220, 220)).doubt())
        .as("M")
        .contains("there are more strokes side by side than in a digit");
    assertThat(drawn(pen, line(60, 60, 90, 220, 140, 100, 190, 220, 220, 60)).doubt())
        .as("W")
        .contains("there are more strokes side by side than in a digit");
    assertThat(
            drawn(pen, line(60, 220, 140, 60, 220, 220).andThen(line(95, 155, 185, 155))).doubt())
        .as("A")
        .contains("no digit is similar");
    assertThat(drawn(pen, line(140, 50, 190, 220, 50, 110, 230, 110, 90, 220, 140, 50)).doubt())
        .as("star")
        .isPresent();
    Consumer<Graphics2D> outline = graphics -> graphics.drawOval(60, 60, 160, 160);
    assertThat(drawn(pen, outline.andThen(DigitLikenessTest::face)).doubt())
        .as("smiley")
        .isPresent();
  }

  @Test
  void surfacesAndPatternsAreDoubted() throws DigitImageException {
    assertThat(drawn(1, graphics -> graphics.fillRect(60, 60, 160, 160)).doubt())
        .contains("there is more ink than in a digit");
    assertThat(drawn(1, graphics -> graphics.fillOval(60, 60, 160, 160)).doubt()).isPresent();
    for (int fields = 3; fields <= 10; fields++) {
      assertThat(drawn(1, checkerboard(fields)).doubt()).as("%d fields", fields).isPresent();
    }
  }

  @Test
  void blankImagesAndHolesAreDoubted() {
    assertThat(DigitLikeness.doubt(new byte[784])).contains("no digit is similar");
    byte[] grid = new byte[784];
    for (int i = 0; i < grid.length; i++) {
      boolean inside = i / 28 >= 4 && i / 28 <= 22 && i % 28 >= 4 && i % 28 <= 10;
      grid[i] = (byte) (inside && (i / 28 % 6 == 4 || i % 28 % 6 == 4) ? 255 : 0);
    }
    assertThat(DigitLikeness.doubt(grid))
        .contains("the ink has 3 holes, and a digit has two at most");
  }

  /** The references are of seed 1. */
  @Test
  void digitsAreHardlyEverDoubted() throws DigitImageException {
    int count = 500;
    byte[] pixels = SyntheticDigits.generate(count, 2).pixels();
    int doubted = 0;
    for (int i = 0; i < count; i++) {
      byte[] image = Arrays.copyOfRange(pixels, 784 * i, 784 * (i + 1));
      doubted += DigitLikeness.doubt(image).isPresent() ? 1 : 0;
    }
    assertThat(doubted).isLessThan(count / 50);
    int doubtedOfDrawn = 0;
    for (int i = 0; i < 100; i++) {
      DigitImage digit = DigitImage.of(Drawing.freehand(i % 10, i));
      doubtedOfDrawn += digit.doubt().isPresent() ? 1 : 0;
    }
    assertThat(doubtedOfDrawn).isLessThan(2);
    for (int digit = 0; digit < 10; digit++) {
      for (int pen : new int[] {6, 14, 22, 40}) {
        assertThat(DigitImage.of(Drawing.of(digit).pen(pen).paint()).doubt())
            .as("%d, pen %d", digit, pen)
            .isEmpty();
      }
    }
  }
}
