package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
  private static int[] places(Shares shares, int part) {
    int[] places = new int[shares.steps() + 1];
    for (int step = 0; step < places.length; step++) {
      places[step] = shares.place(part, step);
    }
    return places;
  }

  @Test
  void theLargestPartTakesABatchInEachStep() {
    Shares shares = Shares.ofBatches(new int[] {10, 0, 4, 8}, 4);

    assertThat(shares.steps()).isEqualTo(3);
    assertThat(places(shares, 0)).containsExactly(0, 4, 8, 10);
    assertThat(places(shares, 1)).containsExactly(0, 0, 0, 0);
    assertThat(places(shares, 2)).containsExactly(0, 0, 0, 4);
    assertThat(places(shares, 3)).containsExactly(0, 0, 4, 8);
  }

  @Test
  void globalBatchesTakeFromEachPartInProportion() {
    Shares shares = Shares.ofSamples(new int[] {9, 3}, 5);

    assertThat(shares.steps()).isEqualTo(3);
    assertThat(shares.samples()).isEqualTo(12);
    assertThat(places(shares, 0)).containsExactly(0, 3, 6, 9);
    assertThat(places(shares, 1)).containsExactly(0, 1, 2, 3);
  }
}
