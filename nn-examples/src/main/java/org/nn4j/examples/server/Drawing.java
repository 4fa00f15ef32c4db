package org.nn4j.examples.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.nn4j.Require;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.mnist.digits.DigitImageException;

/**
 * Strokes of a pen on a square board. As JSON they are an array with an array of coordinates for
 * each stroke: {@code [[x, y, x, y, ...], ...]}, from the upper left corner.
 */
public final class Drawing {
  /** Units of a side of the board. */
  static final int SIDE = 280;

  private static final float PEN = 20;

  /** Paper around the board, so that ink never covers the border of the picture. */
  private static final int MARGIN = 20;

  /** Units of a pixel; a finer picture takes longer, and the result has 28 x 28 pixels. */
  private static final int PIXEL = 2;

  private static final JsonFactory JSON = new JsonFactory();

  private final Path2D strokes = new Path2D.Double();

  private Drawing() {}

  /**
   * Reads strokes.
   *
   * @throws IllegalArgumentException if they are something else, or leave the board
   */
  public static Drawing read(byte[] body) {
    Drawing drawing = new Drawing();
    try (JsonParser json = JSON.createParser(body)) {
      require(json.nextToken() == JsonToken.START_ARRAY, json);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken() == JsonToken.START_ARRAY, json);
        drawing.addStroke(json);
      }
      require(json.nextToken() == null, json);
    } catch (JsonProcessingException e) {
      throw refused(e.getOriginalMessage());
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    return drawing;
  }

  private void addStroke(JsonParser json) throws IOException {
    for (int point = 0; json.nextToken() != JsonToken.END_ARRAY; point++) {
      double x = coordinate(json);
      json.nextToken();
      double y = coordinate(json);
      if (point == 0) {
        strokes.moveTo(x, y);
      }
      strokes.lineTo(x, y);
    }
  }

  private static double coordinate(JsonParser json) throws IOException {
    require(json.currentToken() != null && json.currentToken().isNumeric(), json);
    double coordinate = json.getDoubleValue();
    require(coordinate >= 0 && coordinate <= SIDE, json);
    return coordinate;
  }

  private static void require(boolean holds, JsonParser json) throws IOException {
    if (!holds) {
      JsonToken token = json.currentToken();
      throw refused(token != null && token.isNumeric() ? json.getText() : String.valueOf(token));
    }
  }

  private static IllegalArgumentException refused(String found) {
    return new IllegalArgumentException(
        Require.message(
            "drawing",
            "strokes such as [[x, y, x, y], [x, y]] of numbers from 0 to " + SIDE,
            found,
            "send an array of coordinates for each stroke"));
  }

  /**
   * Returns the digit in MNIST's form.
   *
   * @throws IllegalArgumentException if there is no ink
   */
  public DigitImage digit() {
    int side = (SIDE + 2 * MARGIN) / PIXEL;
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = picture.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setStroke(new BasicStroke(PEN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.scale(1.0 / PIXEL, 1.0 / PIXEL);
    pen.translate(MARGIN, MARGIN);
    pen.draw(strokes);
    pen.dispose();
    try {
      return DigitImage.of(picture);
    } catch (DigitImageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
