package org.nn4j.examples;

import java.util.List;
import java.util.stream.Stream;
import org.nn4j.examples.server.Drawing;

/** Digits as a person draws them: the strokes of each, on a board of 280 units. */
final class DrawnDigits {
  private static final List<String> STROKES =
      List.of(
          "140,50 105,65 85,105 80,150 90,195 115,225 145,230 175,215 195,175 198,130 190,90 170,60 140,50",
          "142,45 141,90 140,140 139,190 138,235",
          "90,90 105,62 140,52 175,65 185,95 170,130 135,170 95,220 140,218 200,220",
          "92,70 125,52 165,58 182,85 165,118 130,132 168,142 190,172 180,208 145,230 105,226 82,208",
          "100,50 92,100 85,150 130,152 200,150 / 165,95 162,150 158,200 155,240",
          "185,55 140,56 102,58 98,95 94,130 130,118 170,128 190,160 185,200 155,228 115,228 88,212",
          "165,48 130,80 105,125 92,175 102,215 135,235 170,222 185,190 172,160 140,148 112,160 95,185",
          "85,62 130,62 195,60 175,105 150,155 132,200 120,240",
          "180,75 150,52 112,62 100,92 125,125 165,152 185,190 165,225 128,232 98,212 102,175 135,138"
              + " 170,108 180,75",
          "180,85 155,58 118,60 95,88 100,122 130,138 162,125 180,85 178,130 172,180 165,240");

  /** Steps between two points of a stroke. */
  private static final int STEPS = 4;

  private DrawnDigits() {}

  /** Returns the strokes of a digit, each with its coordinates as in a {@link Drawing}. */
  static List<double[]> of(int digit) {
    return Stream.of(STROKES.get(digit).split(" / ", -1)).map(DrawnDigits::stroke).toList();
  }

  private static double[] stroke(String points) {
    double[] corners =
        Stream.of(points.split("[ ,]", -1)).mapToDouble(Double::parseDouble).toArray();
    int steps = STEPS * (corners.length / 2 - 1);
    double[] stroke = new double[2 * (steps + 1)];
    for (int i = 0; i < stroke.length; i++) {
      int step = i / 2;
      int corner = Math.min(step / STEPS, corners.length / 2 - 2);
      int from = 2 * corner + i % 2;
      double share = (double) (step - STEPS * corner) / STEPS;
      stroke[i] = corners[from] + share * (corners[from + 2] - corners[from]);
    }
    return stroke;
  }
}
