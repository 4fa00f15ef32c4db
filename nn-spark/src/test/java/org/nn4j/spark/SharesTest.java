package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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

  @Test
  void eachGlobalBatchHasTheSameNumberOfSamples() {
    for (int[] sizes :
        new int[][] {{8, 8, 8, 8, 8, 8, 8, 8}, {1, 1, 1, 1}, {100, 0, 3, 7, 50}, equal(40, 30)}) {
      for (int batchSize : new int[] {1, 4, 62, 128, Integer.MAX_VALUE}) {
        Shares shares = Shares.ofSamples(sizes, batchSize);
        long least = shares.samples() / shares.steps();
        long[] samples = new long[shares.steps()];
        for (int part = 0; part < sizes.length; part++) {
          int[] places = places(shares, part);
          assertThat(places[0]).isZero();
          assertThat(places[shares.steps()]).isEqualTo(sizes[part]);
          for (int step = 0; step < samples.length; step++) {
            assertThat(places[step + 1]).isGreaterThanOrEqualTo(places[step]);
            samples[step] += places[step + 1] - places[step];
          }
        }
        boolean divides = shares.samples() % shares.steps() == 0;
        assertThat(Arrays.stream(samples).boxed())
            .allMatch(n -> n == least || (!divides && n == least + 1));
      }
    }
  }

  private static int[] equal(int parts, int size) {
    int[] sizes = new int[parts];
    Arrays.fill(sizes, size);
    return sizes;
  }

  @Test
  void aBatchOfAllSamplesIsOneStep() {
    assertThat(Shares.ofBatches(new int[] {10, 3}, Integer.MAX_VALUE).steps()).isEqualTo(1);
    assertThat(places(Shares.ofBatches(new int[] {10, 3}, Integer.MAX_VALUE), 0))
        .containsExactly(0, 10);
  }
}
