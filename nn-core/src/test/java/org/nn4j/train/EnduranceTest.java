package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.onBatchEnd;
import static org.nn4j.train.Callbacks.onEpochEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;

/** What long runs need: memory that does not grow. */
class EnduranceTest {
  @Test
  void offHeapMemoryStaysFlatOverTwentyThousandSteps() {
    List<Long> bytes = new ArrayList<>();
    TrainingListener sampler =
        onBatchEnd(
            (event, training) -> {
              if (event.step() % 1000 == 0) {
                bytes.add(Pointer.totalBytes());
              }
            });
    Trainer trainer = trainer(network()).steps(20_000).listener(sampler).build();
    trainer.fit(quadrants(1, 16 * 1000 + 3));
    assertThat(bytes).hasSize(20);
    assertThat(bytes.get(19)).as("%s", bytes).isLessThanOrEqualTo(bytes.get(1));
  }

  /** A figure of 80 KB an epoch for what the evaluation works on, were it left to the collector. */
  @Test
  void validationAfterEachEpochLeavesNothingBehind() {
    List<Long> bytes = new ArrayList<>();
    TrainingListener sampler = onEpochEnd((event, training) -> bytes.add(Pointer.totalBytes()));
    trainer(network())
        .epochs(200)
        .validation(quadrants(2, 1100))
        .metric(Metrics.accuracy())
        .listener(sampler)
        .build()
        .fit(quadrants(1, 32));
    assertThat(bytes.get(199)).as("%s", bytes).isLessThan(bytes.get(1) + 200_000);
  }

  /**
   * What the layers, the loss and the optimizer make is theirs: the loop around them adds nothing.
   */
  @Test
  void aTrainerWithoutListenersMakesNoGarbageOfItsOwn() {
    int epochs = 10;
    Dataset data = quadrants(1, 16_000);
    Trainer trainer = trainer(network()).epochs(epochs).build();
    Network other = network();
    Batches batches = Batches.shuffled(data, 16, other.dataType(), 2);
    Optimizer optimizer = sgd(0.5);
    long most = 100;
    long difference = Long.MAX_VALUE;
    // More rounds until both are compiled, which takes longer on a busy machine.
    for (int round = 0; round < 50 && difference >= most; round++) {
      long byTrainer = garbage(() -> trainer.fit(data));
      long byHand = garbage(() -> fiveLines(other, optimizer, batches, epochs));
      difference = (byTrainer - byHand) / (epochs * 1000L);
    }
    assertThat(difference).isLessThan(most);
  }

  private static long garbage(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void fiveLines(Network network, Optimizer optimizer, Batches batches, int epochs) {
    Objective objective = Objective.of(network, crossEntropy());
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (Batch batch : batches.epoch(epoch)) {
        network.zeroGrad();
        objective.forward(batch);
        objective.backward();
        optimizer.step(network.parameters());
      }
    }
  }
}
