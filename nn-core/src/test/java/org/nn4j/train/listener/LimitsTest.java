package org.nn4j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;

class LimitsTest {
  @Test
  void limitsOfTimeAndLossStopTraining() {
    AtomicLong seconds = new AtomicLong();
    LongSupplier aSecondEachTime = () -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet());
    TimeLimit threeSeconds = new TimeLimit(Duration.ofSeconds(3), aSecondEachTime);
    Trainer timed = trainer(network()).listener(threeSeconds).build();
    assertThat(timed.fit(quadrants(1, 64)).stopReason()).hasToString("stopped: TimeLimit: PT3S");
    assertThat(timed.progress().steps()).isEqualTo(3);
    Trainer patient =
        trainer(network()).epochs(2).listener(TimeLimit.of(Duration.ofDays(1))).build();
    assertThat(patient.fit(quadrants(1, 64)).epochs()).hasSize(2);

    History history =
        trainer(network()).epochs(500).listener(LossLimit.of(0.9)).build().fit(quadrants(1, 64));
    assertThat(history.stopReason().text())
        .startsWith("LossLimit: loss 0.")
        .endsWith("reached 0.9");
    assertThat(history.last().loss()).isLessThanOrEqualTo(0.9);
    assertThat(history.epochs().subList(0, history.epochs().size() - 1))
        .allMatch(end -> end.loss() > 0.9);
    assertThatThrownBy(() -> TimeLimit.of(Duration.ZERO)).hasMessageContaining("a time above 0");
  }

  @Test
  void theLongestTimeIsNoLimit() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    History history =
        trainer(network()).epochs(2).listener(TimeLimit.of(longest)).build().fit(quadrants(1, 16));
    assertThat(history.stopReason().kind()).isEqualTo(StopReason.Kind.COMPLETED);
  }
}
