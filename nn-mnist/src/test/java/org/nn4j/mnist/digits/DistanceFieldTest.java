package org.nn4j.mnist.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.nn4j.SeededRandom;

class DistanceFieldTest {
  private static final int SIDE = 17;

  @RepeatedTest(20)
  void distancesAreThoseOfASearchOverAllPixels(RepetitionInfo repetition) {
    SeededRandom random = new SeededRandom(repetition.getCurrentRepetition());
    boolean[] ink = new boolean[SIDE * SIDE];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = random.nextInt(20) < repetition.getCurrentRepetition() % 19 + 1;
    }
    double[] depth = new DistanceField(SIDE, ink).depth();
    for (int i = 0; i < ink.length; i++) {
      double expected = nearest(ink, i) - 0.5;
      assertThat(depth[i]).isEqualTo(ink[i] ? expected : -expected, within(1e-9));
    }
  }

  private static double nearest(boolean[] ink, int from) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int to = 0; to < ink.length; to++) {
      if (ink[to] != ink[from]) {
        int dx = to % SIDE - from % SIDE;
        int dy = to / SIDE - from / SIDE;
        nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy));
      }
    }
    return nearest;
  }

  /** Rows 0 to 5 are ink: the edge is at 6, where the depth is 0, and falls by 1 a pixel. */
  @Test
  void depthFallsEvenlyAcrossAnEdge() {
    boolean[] ink = new boolean[SIDE * SIDE];
    Arrays.fill(ink, 0, 6 * SIDE, true);
    DistanceField field = new DistanceField(SIDE, ink);
    assertThat(field.between(8, 6)).isEqualTo(0, within(1e-9));
    assertThat(field.between(8, 4.25)).isEqualTo(1.75, within(1e-9));
    assertThat(field.between(8, 9.5)).isEqualTo(-3.5, within(1e-9));
  }
}
