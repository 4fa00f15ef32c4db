package org.nn4j.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {
  private final AtomicInteger freed = new AtomicInteger();

  @Test
  void admitsOneAndAgainOnlyWhoAsksForThat() {
    Gate gate = new Gate(freed::incrementAndGet);
    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isFalse();
    assertThat(gate.found()).isEqualTo("a call from within another call on the same thread");
    assertThat(gate.enterAgain()).isTrue();
    gate.leave();
    assertThat(gate.isInside()).isTrue();
    gate.close();
    assertThat(freed).hasValue(0);
    gate.leave();
    assertThat(freed).hasValue(1);
    assertThat(gate.enterAgain()).isFalse();
    gate.close();
    assertThat(freed).hasValue(1);
  }

  @Test
  void whateverTheOrderOfThreadsMemoryIsFreedOnceAndNeverWhileOneIsInside() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 200; round++) {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger frees = new AtomicInteger();
        Runnable free =
            () -> {
              wrong.addAndGet(inside.get());
              frees.incrementAndGet();
            };
        Gate gate = new Gate(free);
        UseCount usage = new UseCount(free);
        Runnable work =
            () -> {
              for (int i = 0; i < 20; i++) {
                if (gate.enterAgain()) {
                  wrong.addAndGet(inside.getAndIncrement());
                  inside.getAndDecrement();
                  gate.leave();
                }
                if (usage.begin()) {
                  wrong.addAndGet(frees.get() > 1 ? 1 : 0);
                  usage.end();
                }
              }
            };
        var first = threads.submit(work);
        var second = threads.submit(work);
        var closing = threads.submit(gate::close);
        first.get();
        second.get();
        closing.get();
        usage.close();
        usage.close();
        assertThat(wrong).hasValue(0);
        assertThat(frees).hasValue(2);
        assertThat(gate.enter()).isFalse();
        assertThat(usage.begin()).isFalse();
        assertThat(usage.isClosed()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aCallMayEndOnAnotherThread() throws Exception {
    UseCount usage = new UseCount(freed::incrementAndGet);
    assertThat(usage.begin()).isTrue();
    usage.close();
    assertThat(freed).hasValue(0);
    Thread ending = new Thread(usage::end);
    ending.start();
    ending.join();
    assertThat(freed).hasValue(1);
  }
}
