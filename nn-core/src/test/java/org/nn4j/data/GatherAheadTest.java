package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(60)
class GatherAheadTest {
  private static final int SAMPLES = 1003;

  private static Dataset numbers() {
    INDArray x = Nd4j.arange(2 * SAMPLES).castTo(FLOAT).reshape(SAMPLES, 2);
    return Dataset.of(x, x.dup());
  }

  private static List<INDArray> copies(Iterable<Batch> batches) {
    List<INDArray> copies = new ArrayList<>();
    batches.forEach(batch -> copies.add(batch.inputs().dup()));
    return copies;
  }

  private static List<String> gatheringThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.equals("nn4j-gather"))
        .toList();
  }

  @Test
  void givesTheBatchesOfTheEpochAndNoneIsOverwrittenWhileInUse() {
    Batches inline = Batches.shuffled(numbers(), 10, FLOAT, 4);
    Batches batches = Batches.shuffled(numbers(), 10, FLOAT, 4).gatherAhead();
    for (int epoch = 1; epoch <= 20; epoch++) {
      List<INDArray> expected = copies(inline.epoch(epoch));
      try (Epoch ahead = batches.epoch(epoch)) {
        assertThat(copies(ahead)).isEqualTo(expected);
      }
    }
    assertThat(gatheringThreads()).isEmpty();
  }

  @Test
  void whoeverIsSlowIsWaitedFor() {
    for (int slow = 0; slow < 2; slow++) {
      AtomicInteger gathered = new AtomicInteger();
      boolean slowGathering = slow == 0;
      try (GatherAhead ahead =
          new GatherAhead(
              50,
              4,
              i -> {
                pause(slowGathering);
                gathered.set(i + 1);
              })) {
        for (int i = 0; i < 50; i++) {
          ahead.await(i);
          assertThat(gathered.get()).isBetween(i + 1, i + 4);
          pause(!slowGathering);
        }
      }
    }
  }

  private static void pause(boolean really) {
    if (really) {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aFailureReachesTheOneWhoAsks() {
    try (GatherAhead ahead =
        new GatherAhead(
            50,
            4,
            i -> {
              if (i == 7) {
                throw new IllegalStateException("row 7 is torn");
              }
            })) {
      for (int i = 0; i < 7; i++) {
        ahead.await(i);
      }
      assertThatThrownBy(() -> ahead.await(7)).hasMessage("row 7 is torn");
    }
  }

  @Test
  void closingHalfwayEndsTheThread() {
    Batches batches = Batches.inOrder(numbers(), 10, FLOAT).gatherAhead();
    try (Epoch ahead = batches.epoch(1)) {
      ahead.iterator().next();
    }
    assertThat(gatheringThreads()).isEmpty();
  }

  /** Of batches so large that few of them fill the ring. */
  private static Dataset large(int samples) {
    INDArray x = Nd4j.arange(samples * 40_000.0).castTo(FLOAT).reshape(samples, 40_000);
    return Dataset.of(x, Nd4j.arange(samples).castTo(FLOAT).reshape(samples, 1));
  }

  @Test
  void largeBatchesAreGatheredWhenTheyAreAskedFor() {
    Batches inline = Batches.shuffled(large(67), 2, FLOAT, 4);
    try (Epoch ahead = Batches.shuffled(large(67), 2, FLOAT, 4).gatherAhead().epoch(2)) {
      Iterator<Batch> expected = inline.epoch(2).iterator();
      for (Batch batch : ahead) {
        assertThat(batch.inputs()).isEqualTo(expected.next().inputs());
        assertThat(gatheringThreads()).isEmpty();
      }
      assertThat(expected.hasNext()).isFalse();
    }
  }

  @Test
  void eachBatchIsGatheredOnceWhicheverThreadIsFaster() {
    int batches = 20_000;
    AtomicIntegerArray gathered = new AtomicIntegerArray(batches);
    try (GatherAhead ahead = new GatherAhead(batches, 2, gathered::incrementAndGet)) {
      for (int i = 0; i < batches; i++) {
        ahead.await(i);
        assertThat(gathered.get(i)).isEqualTo(1);
      }
    }
    assertThat(IntStream.range(0, batches).map(gathered::get)).containsOnly(1);
  }

  @Test
  void aFailureOnEitherThreadStays() {
    try (GatherAhead ahead =
        new GatherAhead(
            5,
            2,
            i -> {
              if (i == 2) {
                throw new IllegalStateException("row 2 is torn");
              }
            })) {
      ahead.await(0);
      ahead.await(1);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> ahead.await(2)).hasMessage("row 2 is torn");
      }
    }
  }

  @Test
  void theNextEpochEndsOneThatWasLeftOpen() {
    Batches inline = Batches.shuffled(numbers(), 10, FLOAT, 4);
    Batches batches = Batches.shuffled(numbers(), 10, FLOAT, 4).gatherAhead();
    batches.epoch(1).iterator().next();
    try (Epoch second = batches.epoch(2)) {
      assertThat(copies(second)).isEqualTo(copies(inline.epoch(2)));
    }
    assertThat(gatheringThreads()).isEmpty();
  }

  @Test
  void anEpochIsGoneThroughOnce() {
    try (Epoch ahead = Batches.inOrder(numbers(), 10, FLOAT).gatherAhead().epoch(1)) {
      ahead.iterator().next();
      assertThatThrownBy(ahead::iterator)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("an epoch to be gone through once");
    }
  }
}
