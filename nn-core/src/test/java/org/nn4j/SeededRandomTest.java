package org.nn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void givesThePublishedNumbersOfSplitMix64() {
    // The first numbers of the reference implementation (Vigna, splitmix64.c) for the seed 1234567.
    SeededRandom random = new SeededRandom(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
  }

  @Test
  void goesOnFromItsState() {
    SeededRandom random = new SeededRandom(7);
    random.nextGaussian();
    SeededRandom resumed = new SeededRandom(random.state());
    assertThat(resumed.nextGaussian()).isEqualTo(random.nextGaussian());
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    SeededRandom random = new SeededRandom(3);
    double sum = 0;
    double squares = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      double g = random.nextGaussian();
      sum += g;
      squares += g * g;
    }
    assertThat(sum / n).isEqualTo(0, within(0.015));
    assertThat(squares / n).isEqualTo(1, within(0.02));
  }

  @Test
  void boundedNumbersAreUniform() {
    SeededRandom random = new SeededRandom(4);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
    assertThatThrownBy(() -> random.nextInt(0))
        .hasMessage("SeededRandom: expected a positive bound, found 0; pass 1 or more");
  }

  @Test
  void streamsOfOneSeedDiffer() {
    assertThat(SeededRandom.stream(1, 0).nextLong())
        .isNotEqualTo(SeededRandom.stream(1, 1).nextLong())
        .isNotEqualTo(SeededRandom.stream(2, 0).nextLong());
    assertThat(SeededRandom.stream(1, 5).nextLong())
        .isEqualTo(SeededRandom.stream(1, 5).nextLong());
  }
}
