package org.nn4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Sample;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD) // against hanging alone
class GatherAheadTest {
  private static final int SAMPLES = 1003;

  /** With these there is a ring, on a machine with one processor too. */
  private static final int PROCESSORS = 2;

  /** Those that another test has left. */
  private final List<Thread> threadsBefore = gatheringThreads();

  private static Dataset numbers() {
    INDArray x = Nd4j.arange(2 * SAMPLES).castTo(FLOAT).reshape(SAMPLES, 2);
    return Dataset.of(x, x.dup());
  }

  private static List<INDArray> copies(Iterable<Batch> batches) {
    List<INDArray> copies = new ArrayList<>();
    batches.forEach(batch -> copies.add(batch.inputs().dup()));
    return copies;
  }

  private static List<Thread> gatheringThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("nn4j-gather"))
        .toList();
  }

  private void assertNoThreadIsLeft() {
    assertThat(gatheringThreads()).isSubsetOf(threadsBefore);
  }

  @Test
  void givesTheBatchesOfTheEpochAndNoneIsOverwrittenWhileInUse() {
    Batches inline = Batches.shuffled(numbers(), 10, FLOAT, 4);
    Batches batches = Batches.shuffled(numbers(), 10, FLOAT, 4).gatherAhead(PROCESSORS);
    for (int epoch = 1; epoch <= 20; epoch++) {
      List<INDArray> expected = copies(inline.epoch(epoch));
      try (Epoch ahead = batches.epoch(epoch)) {
        assertThat(copies(ahead)).isEqualTo(expected);
      }
    }
    assertNoThreadIsLeft();
  }

  /** For every schedule: an awaited batch is complete, and one in use is not overwritten. */
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

  /** The gathering thread holds batch 5 until it is awaited, so the caller blocks. */
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
    Batches batches = Batches.inOrder(numbers(), 10, FLOAT).gatherAhead(PROCESSORS);
    try (Epoch ahead = batches.epoch(1)) {
      ahead.iterator().next();
    }
    assertNoThreadIsLeft();
  }

  /** Of batches so large that few of them fill the ring. */
  private static Dataset large(int samples) {
    INDArray x = Nd4j.arange(samples * 40_000.0).castTo(FLOAT).reshape(samples, 40_000);
    return Dataset.of(x, Nd4j.arange(samples).castTo(FLOAT).reshape(samples, 1));
  }

  @Test
  void largeBatchesAreGatheredWhenTheyAreAskedFor() {
    Batches inline = Batches.shuffled(large(67), 2, FLOAT, 4);
    try (Epoch ahead = Batches.shuffled(large(67), 2, FLOAT, 4).gatherAhead(PROCESSORS).epoch(2)) {
      assertNoThreadIsLeft();
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
    Batches batches = Batches.shuffled(numbers(), 10, FLOAT, 4).gatherAhead(PROCESSORS);
    batches.epoch(1).iterator().next();
    try (Epoch second = batches.epoch(2)) {
      assertThat(copies(second)).isEqualTo(copies(inline.epoch(2)));
    }
    assertNoThreadIsLeft();
  }

  /** Batches of every kind, on machines of every kind: small, large, few and many. */
  private static Stream<Batches> kinds() {
    return IntStream.of(1, 2, 64)
        .boxed()
        .flatMap(
            processors ->
                Stream.of(
                    Batches.inOrder(numbers(), 10, FLOAT).gatherAhead(processors),
                    Batches.shuffled(numbers(), 10, FLOAT, 4).gatherAhead(processors),
                    Batches.shuffled(numbers(), 500, FLOAT, 4).gatherAhead(processors),
                    Batches.inOrder(large(34), 1, FLOAT).gatherAhead(processors),
                    Batches.inOrder(numbers().take(2), 1, FLOAT).gatherAhead(processors)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anEpochHasOneIterator(Batches batches) {
    try (Epoch epoch = batches.epoch(1)) {
      Iterator<Batch> first = epoch.iterator();
      assertOneIterator(epoch);
      first.next();
      assertOneIterator(epoch);
    }
    assertNoThreadIsLeft();
  }

  private static void assertOneIterator(Epoch epoch) {
    assertThatThrownBy(epoch::iterator)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Epoch: expected one iterator, found a second one; call epoch(n) again");
  }

  @Test
  void anEpochOfAnySourceHasOneIterator() {
    Batches batches = Batches.inOrder(numbers(), 10, FLOAT);
    Shape two = Shape.of(2);
    List<BatchSource> sources =
        List.of(
            batches,
            batches.normalize(InputScaling.divideBy(255)),
            batches.shuffled(3, 1),
            BatchSource.of(two, two, epoch -> List.<Batch>of()::iterator),
            BatchSource.ofSamples(
                two, two, 3, FLOAT, epoch -> Stream.of(Sample.of(new double[2], 1, 2))));
    for (BatchSource source : sources) {
      try (Epoch epoch = source.epoch(1)) {
        assertThat(epoch.iterator()).isNotNull();
        assertOneIterator(epoch);
      }
    }
  }

  /** The first read of its sample 20 fails. */
  private static Dataset broken() {
    AtomicBoolean thrown = new AtomicBoolean();
    return numbers()
        .mapInputs(
            x -> {
              if (x.getDouble(0) == 40 && !thrown.getAndSet(true)) {
                GatherAheadTest.<RuntimeException>throwUndeclared(new IOException("torn"));
              }
              return x;
            });
  }

  @SuppressWarnings("unchecked") // as code in languages without checked exceptions does
  private static <E extends Exception> void throwUndeclared(Exception thrown) throws E {
    throw (E) thrown;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void aFailureIsTheSameWithARingAndWithoutAndStays(int processors) {
    Batches batches = Batches.inOrder(broken(), 10, FLOAT).gatherAhead(processors);
    try (Epoch epoch = batches.epoch(1)) {
      Iterator<Batch> iterator = epoch.iterator();
      iterator.next();
      iterator.next();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(iterator::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a batch could not be gathered")
            .hasRootCauseInstanceOf(IOException.class);
      }
    }
    try (Epoch epoch = batches.epoch(2)) {
      assertThat(copies(epoch)).hasSize(101);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anEpochThatHasEndedGivesNoBatchOfAnother(Batches batches) {
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
