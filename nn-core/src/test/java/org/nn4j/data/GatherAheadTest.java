package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
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

  /** For every schedule: what is asked for is there, and what is in use is not overwritten. */
  @Test
  void aBatchIsThereWhenItIsAskedForAndItsSlotIsNotTakenBefore() {
    int batches = 2_000;
    int slots = 4;
    AtomicIntegerArray gathered = new AtomicIntegerArray(batches);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger tooEarly = new AtomicInteger();
    IntConsumer gather =
        i -> {
          if (i - asked.get() >= slots) {
            tooEarly.incrementAndGet();
          }
          gathered.set(i, 1);
        };
    try (GatherAhead ahead = new GatherAhead(batches, slots, gather)) {
      for (int i = 0; i < batches; i++) {
        asked.set(i);
        ahead.await(i);
        assertThat(gathered.get(i)).isEqualTo(1);
      }
    }
    assertThat(tooEarly.get()).isZero();
  }

  /** The gathering thread holds batch 5 until it is asked for: the caller has to wait for it. */
  @Test
  void aBatchThatIsBeingGatheredIsWaitedFor() {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Thread caller = Thread.currentThread();
    IntConsumer gather =
        i -> {
          if (i == 5 && Thread.currentThread() != caller) {
            awaitOf(asked);
          }
          done.set(i);
        };
    try (GatherAhead ahead = new GatherAhead(50, 8, gather)) {
      for (int i = 0; i < 5; i++) {
        ahead.await(i);
      }
      asked.countDown();
      ahead.await(5);
      assertThat(done.get()).isGreaterThanOrEqualTo(5);
    }
  }

  private static void awaitOf(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
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
      assertThat(gatheringThreads()).isEmpty();
      Iterator<Batch> expected = inline.epoch(2).iterator();
      for (Batch batch : ahead) {
        assertThat(firstOfEachRow(batch)).containsExactly(firstOfEachRow(expected.next()));
      }
      assertThat(expected.hasNext()).isFalse();
    }
  }

  private static double[] firstOfEachRow(Batch batch) {
    return IntStream.range(0, batch.size())
        .mapToDouble(i -> batch.inputs().getDouble(i, 0) + batch.targets().getDouble(i, 0))
        .toArray();
  }

  @Test
  void eachBatchIsGatheredOnceWhicheverThreadIsFaster() {
    int batches = 5_000;
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

  /** Small data sets and large batches have no ring; one processor has none either. */
  @Test
  void anEpochIsGoneThroughOnceWithARingAndWithout() {
    List<Batches> kinds =
        List.of(
            Batches.inOrder(numbers(), 10, FLOAT).gatherAhead(),
            Batches.inOrder(numbers(), 10, FLOAT),
            Batches.inOrder(numbers(), SAMPLES, FLOAT).gatherAhead(),
            Batches.inOrder(large(3), 1, FLOAT).gatherAhead());
    for (Batches batches : kinds) {
      try (Epoch epoch = batches.epoch(1)) {
        epoch.iterator().next();
        assertThatThrownBy(epoch::iterator)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "Batches: expected one iterator of each epoch, found a second one; call epoch(n)"
                    + " again");
      }
    }
  }

  @Test
  void anEpochThatHasEndedGivesNoBatchOfAnother() {
    for (Batches batches :
        List.of(
            Batches.shuffled(numbers(), 10, FLOAT, 4).gatherAhead(),
            Batches.shuffled(numbers(), 10, FLOAT, 4))) {
      Iterator<Batch> first = batches.epoch(1).iterator();
      first.next();
      Epoch second = batches.epoch(2);
      assertThatThrownBy(first::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Batches: expected the epoch that was opened last, found one that has ended; call"
                  + " epoch(n) again");
      Iterator<Batch> open = second.iterator();
      open.next();
      second.close();
      assertThatThrownBy(open::next).isInstanceOf(IllegalStateException.class);
    }
  }
}
