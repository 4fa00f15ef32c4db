package org.nn4j.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At least 1,000 bytes in 30 s, on a clock that this test sets. */
class TimedBodyTest {
  private final TestClock clock = new TestClock();
  private final TimedBody body =
      new TimedBody(
          new TimeLimits(
              Duration.ofDays(1), Duration.ofDays(1), Duration.ofSeconds(30), 1_000, clock));

  /** Time passes for who waits, and when the test says so. */
  private static final class TestClock implements TimeLimits.Clock {
    private long nanos = Long.MAX_VALUE; // a clock may overflow

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, long most) {
      T element = queue.poll();
      nanos += element == null ? most : 0;
      return element;
    }

    void pass(int seconds) {
      nanos += Duration.ofSeconds(seconds).toNanos();
    }
  }

  @BeforeEach
  void subscribe() {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
  }

  private void comes(int bytes, int after) {
    body.onNext(List.of(ByteBuffer.allocate(bytes)));
    clock.pass(after);
  }

  @Test
  void enoughBytesInEachWindowAreTaken() throws IOException {
    for (int i = 0; i < 20; i++) {
      comes(999, 29);
      assertThat(body.next()).hasSize(1);
      comes(1, 0);
      assertThat(body.next()).hasSize(1);
    }
    body.onComplete();
    assertThat(body.next()).isNull();
  }

  @Test
  void bytesThatDripAreLeftAtTheEndOfTheWindow() throws IOException {
    for (int i = 0; i < 30; i++) {
      comes(1, 1);
      assertThat(body.next()).hasSize(1);
    }
    assertThatExceptionOfType(HttpTimeoutException.class)
        .isThrownBy(body::next)
        .withMessage("fewer than 1000 bytes in 30000 ms");
  }

  @Test
  void whatHasComeIsTakenThoughItIsLate() throws IOException {
    comes(1_000, 31);
    assertThat(body.next()).hasSize(1);
    comes(1_000, 29);
    assertThat(body.next()).hasSize(1);
  }
}
