package org.nn4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colors of series in light and dark mode: they differ, and stand out from the page. */
class ColorTest {
  private static final double LEAST_DIFFERENCE = 15;
  private static final double LEAST_CONTRAST = 3;

  /**
   * Full color vision and the lack of each kind of cone, in linear RGB. Source: Machado, Oliveira,
   * Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009).
   */
  private static final List<double[][]> VISION =
      List.of(
          new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          new double[][] {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
          },
          new double[][] {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
          },
          new double[][] {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
          });

  /** sRGB to XYZ over that of white. */
  private static final double[][] XYZ = {
    {0.4339, 0.3762, 0.1899}, {0.2126, 0.7152, 0.0722}, {0.0177, 0.1095, 0.8727}
  };

  /** Colors of both modes, the light one first, after the color of the page. */
  private static List<Color> colors(int mode) throws IOException {
    String css;
    try (InputStream in = ColorTest.class.getResourceAsStream("report.css")) {
      css = new String(requireNonNull(in).readAllBytes(), UTF_8);
    }
    List<String> all =
        Pattern.compile("--(?:page|c\\d): #(\\w+);")
            .matcher(css)
            .results()
            .map((MatchResult color) -> color.group(1))
            .map(hex -> hex.length() == 3 ? hex.replaceAll("(\\w)", "$1$1") : hex)
            .toList();
    return all.subList(9 * mode, 9 * mode + 9).stream()
        .map(hex -> new Color(Integer.parseInt(hex, 16)))
        .toList();
  }

  private static double[] linear(Color color) {
    return IntStream.of(color.getRed(), color.getGreen(), color.getBlue())
        .mapToDouble(level -> level / 255.0)
        .map(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))
        .toArray();
  }

  private static double[] times(double[][] matrix, double... vector) {
    return DoubleStream.of(dot(matrix[0], vector), dot(matrix[1], vector), dot(matrix[2], vector))
        .map(v -> Math.min(1, Math.max(0, v)))
        .toArray();
  }

  private static double dot(double[] a, double... b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** Returns CIE L*a*b*. */
  private static double[] lab(Color color, double[][] vision) {
    double[] f =
        DoubleStream.of(times(XYZ, times(vision, linear(color))))
            .map(t -> t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116)
            .toArray();
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double contrast(Color a, Color b) {
    double first = dot(XYZ[1], linear(a)) + 0.05;
    double second = dot(XYZ[1], linear(b)) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void colorsDifferForColorBlindReaders(int mode) throws IOException {
    List<Color> series = colors(mode).subList(1, 9);
    for (double[][] vision : VISION) {
      for (int i = 0; i < series.size(); i++) {
        for (int j = 0; j < i; j++) {
          double[] a = lab(series.get(i), vision);
          double[] b = lab(series.get(j), vision);
          double difference =
              Math.sqrt(IntStream.range(0, 3).mapToDouble(k -> Math.pow(a[k] - b[k], 2)).sum());
          assertThat(difference)
              .as("%s and %s", series.get(i), series.get(j))
              .isGreaterThan(LEAST_DIFFERENCE);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void colorsStandOutFromThePage(int mode) throws IOException {
    List<Color> colors = colors(mode);
    assertThat(colors.subList(1, 9))
        .allMatch(color -> contrast(color, colors.get(0)) > LEAST_CONTRAST);
  }

  @Test
  void filesHaveTheColorsOfLightMode() throws IOException {
    assertThat(ChartFile.COLORS).isEqualTo(colors(0).subList(1, 9));
  }
}
