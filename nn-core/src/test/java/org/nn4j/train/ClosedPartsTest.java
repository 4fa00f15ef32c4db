package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.train.Callbacks.onEpochEnd;

import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.optim.RuleOptimizer;
import org.nn4j.optim.UpdateRule;
import org.nn4j.optim.schedule.Schedules;

/** Data sets, batches, trainers and optimizers that are closed: before, during and after use. */
class ClosedPartsTest {
  private static final String CLOSED_DATA =
      "Dataset: expected to be open, found closed; close a data set after"
          + " the last use of it and of its views";
  private static final String CLOSED_BATCHES =
      "Batches: expected to be open, found closed; close batches after" + " the last epoch";

  private static Dataset data() {
    return Dataset.ofLabels(new double[7][3], new int[] {0, 1, 0, 1, 0, 1, 0}, 2);
  }

  private static Network network() {
    return Network.builder(3).dense(2, softmax()).dataType(DOUBLE).seed(1).build();
  }

  @Test
  void aDataSetOfJavaNumbersOwnsItsArraysAndTheirCasts() {
    Dataset data = data();
    Dataset view = data.shuffle(1).take(3);
    assertThat(data.offHeapBytes()).isEqualTo(8 * 7 * (3 + 2));
    view.classes(); // as floats
    assertThat(data.offHeapBytes()).isEqualTo((8 + 4) * 7 * (3 + 2));
    assertThat(view.offHeapBytes()).isZero();
    view.close();
    assertThat(view.classes()).hasSize(3);

    data.close();
    data.close();
    assertThat(data.offHeapBytes()).isZero();
    assertThatIllegalStateException().isThrownBy(view::classes).withMessage(CLOSED_DATA);
    assertThatIllegalStateException().isThrownBy(data::classes).withMessage(CLOSED_DATA);
  }

  @Test
  void arraysOfTheProgramStayItsOwn() {
    INDArray x = Near.random(1, FLOAT, 5, 2, 2);
    INDArray y = Near.random(2, DOUBLE, 5, 2);
    Dataset data = Dataset.of(x, y);
    assertThat(data.offHeapBytes()).isZero();
    data.classes(); // casts the targets
    assertThat(data.offHeapBytes()).isEqualTo(4 * 5 * 2);
    data.close();
    assertThat(data.offHeapBytes()).isZero();
    assertThat(x.wasClosed() || y.wasClosed()).isFalse();
    assertThat(x.sumNumber().doubleValue()).isFinite();

    Dataset labeled = Dataset.ofLabels(x, new int[] {0, 1, 0, 1, 0}, 2);
    assertThat(labeled.offHeapBytes()).isEqualTo(4 * 5 * 2);
    labeled.close();
    assertThat(x.wasClosed()).isFalse();
  }

  @Test
  void batchesAreFreedByTheThreadThatGoesThroughThemAtOnce() {
    Batches batches = Batches.inOrder(data(), 2, FLOAT);
    assertThat(batches.offHeapBytes()).isEqualTo(4 * (2 + 1) * (3 + 2));
    Iterator<Batch> epoch = batches.epoch(1).iterator();
    Batch batch = epoch.next();
    batches.close();
    batches.close();
    assertThat(batch.inputs().wasClosed()).isTrue();
    assertThat(batches.offHeapBytes()).isZero();
    assertThatIllegalStateException().isThrownBy(epoch::next).withMessage(CLOSED_BATCHES);
    assertThatIllegalStateException()
        .isThrownBy(() -> batches.epoch(2))
        .withMessage(CLOSED_BATCHES);
  }

  @Test
  void batchesThatAnotherThreadClosesAreFreedWhenTheNextIsAskedFor() throws Exception {
    Dataset many = Dataset.ofLabels(new double[200][3], new int[200], 2);
    for (Batches batches :
        new Batches[] {
          Batches.inOrder(many, 2, FLOAT), Batches.inOrder(many, 2, FLOAT).gatherAhead()
        }) {
      try (Epoch epoch = batches.epoch(1)) {
        Iterator<Batch> iterator = epoch.iterator();
        Batch batch = iterator.next();
        Thread closing = new Thread(batches::close);
        closing.start();
        closing.join();
        assertThat(batch.inputs().wasClosed()).isFalse();
        assertThatIllegalStateException().isThrownBy(iterator::next).withMessage(CLOSED_BATCHES);
        assertThat(batch.inputs().wasClosed()).isTrue();
      }
    }
  }

  @Test
  void batchesThatWereGoneThroughAreFreedWhoeverClosesThem() throws Exception {
    Batches batches = Batches.shuffled(data(), 2, FLOAT, 1);
    Batch last = null;
    for (Batch batch : batches.epoch(1)) {
      last = batch;
    }
    Thread closing = new Thread(batches::close);
    closing.start();
    closing.join();
    assertThat(last).isNotNull();
    assertThat(batches.offHeapBytes()).isZero();
  }

  /** Counts steps for each parameter, in ND4J operations, whose state is outside the heap. */
  private static final class Counting extends RuleOptimizer {
    Counting() {
      super("Counting", Schedules.constant(1), 0, "count");
    }

    @Override
    protected UpdateRule rule(double eta, long t) {
      return (g, theta, state, scratch) -> state.get(0).addi(1);
    }

    @Override
    public String settings() {
      return "Counting()";
    }
  }

  @Test
  void aTrainerFreesItsBuffersAndItsOptimizer() {
    try (Network network = network();
        Dataset data = data()) {
      Optimizer optimizer = new Counting();
      Trainer trainer =
          Trainer.builder(network)
              .loss(crossEntropy())
              .optimizer(optimizer)
              .validation(data)
              .batchSize(2)
              .epochs(1)
              .build();
      long ofValidation = trainer.offHeapBytes();
      assertThat(ofValidation).isEqualTo(8 * 7 * (3 + 2));
      trainer.fit(data);
      assertThat(optimizer.offHeapBytes()).isEqualTo(8 * (3 * 2 + 2));
      assertThat(trainer.offHeapBytes()).isEqualTo(ofValidation + optimizer.offHeapBytes());

      trainer.close();
      trainer.close();
      assertThat(trainer.offHeapBytes()).isZero();
      assertThat(optimizer.offHeapBytes()).isZero();
      assertThatIllegalStateException()
          .isThrownBy(() -> trainer.fit(data))
          .withMessage(
              "Trainer: expected an open trainer, used by one call at a time, found a closed one;"
                  + " build a trainer for each run, and close it after its last fit");
      assertThatIllegalStateException()
          .isThrownBy(() -> optimizer.step(network.parameters()))
          .withMessage(
              "Counting: expected to be open, found closed; create an optimizer"
                  + " for each trainer");
      assertThat(Evaluator.of(network).evaluate(data)).isEqualTo(Evaluation.none());
    }
  }

  @Test
  void aTrainerThatIsClosedDuringAFitFreesItsBuffersAtTheEnd() {
    Network network = network();
    Dataset data = data();
    Trainer[] trainers = new Trainer[1];
    long[] during = new long[1];
    trainers[0] =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(new Counting())
            .batchSize(2)
            .epochs(2)
            .listener(
                onEpochEnd(
                    (end, training) -> {
                      assertThatIllegalStateException()
                          .isThrownBy(network::close)
                          .withMessageContaining("expected no training during close");
                      trainers[0].close();
                      during[0] = trainers[0].offHeapBytes();
                    }))
            .build();
    assertThat(trainers[0].fit(data).epochs()).hasSize(2);
    assertThat(during[0]).isPositive();
    assertThat(trainers[0].offHeapBytes()).isZero();
    network.close();
    data.close();
  }
}
