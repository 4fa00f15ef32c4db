package org.nn4j.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {
  private static final int SIDE = 28;

  private static float[] pixels(String json) {
    return Drawing.read(json.getBytes(UTF_8)).digit().toFloats();
  }

  private static int at(int index, boolean column) {
    return column ? index % SIDE : index / SIDE;
  }

  /** Returns the row or column of the center of mass of the ink, counted from 0. */
  private static double center(float[] pixels, boolean column) {
    double moment = 0;
    double mass = 0;
    for (int i = 0; i < pixels.length; i++) {
      moment += pixels[i] * at(i, column);
      mass += pixels[i];
    }
    return moment / mass;
  }

  /** Returns the number of rows or columns from the first with ink to the last. */
  private static int extent(float[] pixels, boolean column) {
    int first = SIDE;
    int last = -1;
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] > 0) {
        first = Math.min(first, at(i, column));
        last = Math.max(last, at(i, column));
      }
    }
    return last - first + 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[20, 20, 20, 120]]",
        "[[240, 150, 260, 270]]",
        "[[0, 0, 100, 0, 40, 170, 0, 280]]",
        "[[140, 140, 150, 140], [145, 100, 145, 260]]"
      })
  void theDigitIsTwentyPixelsLongWithItsMassInTheMiddle(String json) {
    float[] pixels = pixels(json);
    assertThat(pixels).hasSize(SIDE * SIDE);
    assertThat(Math.max(extent(pixels, true), extent(pixels, false))).isBetween(20, 21);
    // The image moves by whole pixels.
    assertThat(center(pixels, true)).isCloseTo(14, within(0.51));
    assertThat(center(pixels, false)).isCloseTo(14, within(0.51));
  }

  @Test
  void thePlaceOnTheBoardDoesNotMatter() {
    assertThat(pixels("[[10.0, 10, 10, 110, 60, 110]]"))
        .isEqualTo(pixels("[[210, 150, 210, 250, 260, 250]]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[140, 140]]", "[[0, 0]]", "[[280, 280, 280, 280]]"})
  void aPointIsADot(String json) {
    assertThat(extent(pixels(json), true)).isGreaterThan(15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | null
          {}                  | START_OBJECT
          12                  | 12
          null                | VALUE_NULL
          [1, 2]              | 1
          [{}]                | START_OBJECT
          [["a", 1]]          | VALUE_STRING
          [[1, null]]         | VALUE_NULL
          [[1, 2, 3]]         | END_ARRAY
          [[1, [2, 3]]]       | START_ARRAY
          [[1, 280.5]]        | 280.5
          [[-1, 2]]           | -1
          [[1e999, 2]]        | 1e999
          [[1, 2]] []         | START_ARRAY
          """)
  void whatIsNoDrawingIsRefused(String json, String found) {
    assertThatThrownBy(() -> pixels(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "drawing: expected strokes such as [[x, y, x, y], [x, y]] of numbers from 0 to 280, found "
                + found
                + "; send an array of coordinates for each stroke");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[1, 2", "[[1,,2]]", "[[NaN, 1]]", "strokes", "[[1 2]]", "\u0000"})
  void whatIsNoJsonIsRefused(String json) {
    assertThatThrownBy(() -> pixels(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("drawing: expected strokes such as ")
        .hasMessageEndingWith("; send an array of coordinates for each stroke");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[[]]"})
  void anEmptyBoardIsRefused(String json) {
    assertThatThrownBy(() -> pixels(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            ": expected a digit in clear contrast to the paper around it, found hardly anything that"
                + " differs from its border; draw one digit with a margin around it");
  }
}
