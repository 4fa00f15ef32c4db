package org.nn4j.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD) // against hanging alone
class WorkerPoolTest {
  private static void assertEachDoneOnce(int parts) {
    AtomicIntegerArray done = new AtomicIntegerArray(parts);
    WorkerPool.run(parts, done::incrementAndGet);
    assertThat(IntStream.range(0, parts).map(done::get)).containsOnly(1);
  }

  @Test
  void eachPartIsDoneOnceBeforeRunReturns() {
    for (int round = 0; round < 5_000; round++) {
      assertEachDoneOnce(1 + round % 7);
    }
  }

  @Test
  void partsThatTakeLongerThanTheCallersOwnAreWaitedFor() {
    Thread caller = Thread.currentThread();
    for (int round = 0; round < 300; round++) {
      AtomicInteger done = new AtomicInteger();
      WorkerPool.run(
          4,
          part -> {
            if (Thread.currentThread() != caller) {
              LockSupport.parkNanos(300_000);
            }
            done.incrementAndGet();
          });
      assertThat(done.get()).isEqualTo(4);
    }
  }

  @Test
  void callersAtTheSameTimeDoNotMixUpTheirParts() throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread caller =
          new Thread(
              () -> {
                for (int round = 0; round < 1_000; round++) {
                  assertEachDoneOnce(1 + round % 5);
                  rounds.incrementAndGet();
                }
              });
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(rounds.get()).isEqualTo(4_000);
  }

  @Test
  void workInsideAPartIsDoneAsWell() {
    AtomicInteger done = new AtomicInteger();
    WorkerPool.run(4, outer -> WorkerPool.run(3, inner -> done.incrementAndGet()));
    assertThat(done.get()).isEqualTo(12);
  }

  @Test
  void aFailureReachesTheCallerWhenNobodyIsAtWorkAnyMore() {
    for (int failing = 0; failing < 4; failing++) {
      int bad = failing;
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger ended = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  WorkerPool.run(
                      4,
                      part -> {
                        begun.incrementAndGet();
                        if (part == bad) {
                          ended.incrementAndGet();
                          throw new IllegalStateException("part " + part);
                        }
                        ended.incrementAndGet();
                      }))
          .hasMessage("part " + bad);
      assertThat(ended.get()).isEqualTo(begun.get());
      assertEachDoneOnce(4);
    }
  }

  @Test
  void helpersDoNotKeepTheProgramAlive() {
    assertEachDoneOnce(WorkerPool.SIZE);
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("nn4j-helper")))
        .allMatch(Thread::isDaemon)
        .hasSizeLessThan(WorkerPool.SIZE);
  }

  @Test
  void aCheckedExceptionThatWasNotDeclaredReachesTheCallerToo() {
    for (int parts : new int[] {1, 3}) {
      assertThatThrownBy(
              () -> WorkerPool.run(parts, part -> WorkerPoolTest.<RuntimeException>sneak()))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseInstanceOf(IOException.class);
      assertEachDoneOnce(parts);
    }
    // Work inside a part has no helpers: the same way as on one processor.
    WorkerPool.run(
        2,
        outer ->
            assertThatThrownBy(
                    () -> WorkerPool.run(3, part -> WorkerPoolTest.<RuntimeException>sneak()))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(IOException.class));
  }

  @Test
  void ofSeveralFailuresTheCallerGetsThatOfTheFirstPartAndAllPartsAreDone() {
    AtomicInteger done = new AtomicInteger();
    Runnable failing =
        () ->
            WorkerPool.run(
                4,
                part -> {
                  done.incrementAndGet();
                  if (part > 0) {
                    throw new IllegalStateException("part " + part);
                  }
                });
    assertThatThrownBy(failing::run).hasMessage("part 1");
    assertThat(done.get()).isEqualTo(4);
    WorkerPool.run(2, outer -> assertThatThrownBy(failing::run).hasMessage("part 1"));
    assertThat(done.get()).isEqualTo(12);
  }

  @SuppressWarnings("unchecked") // as code in languages without checked exceptions does
  private static <E extends Exception> void sneak() throws E {
    throw (E) new IOException("torn");
  }
}
