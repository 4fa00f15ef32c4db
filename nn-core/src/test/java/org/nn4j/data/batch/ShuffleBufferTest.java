package org.nn4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

class ShuffleBufferTest {
  /** Sample i is (i, −i) with the target (2i). */
  private static BatchSource numbers(int count, int batchSize, DataType type) {
    return BatchSource.ofSamples(
        Shape.of(2),
        Shape.of(1),
        batchSize,
        type,
        epoch -> IntStream.range(0, count).mapToObj(i -> Sample.of(new double[] {i, -i}, 2.0 * i)));
  }

  /** The samples of an epoch in their order; each with its own target. */
  private static List<Integer> order(BatchSource source, int epoch) {
    List<Integer> order = new ArrayList<>();
    try (Epoch batches = source.epoch(epoch)) {
      for (Batch batch : batches) {
        for (int i = 0; i < batch.size(); i++) {
          int number = batch.inputs().getInt(i, 0);
          assertThat(batch.inputs().getInt(i, 1)).isEqualTo(-number);
          assertThat(batch.targets().getInt(i, 0)).isEqualTo(2 * number);
          order.add(number);
        }
      }
    }
    return order;
  }

  @Test
  void eachSampleComesOnceInAnOrderOfItsSeedAndEpoch() {
    for (int count : new int[] {1, 2, 9, 10, 11, 57}) {
      for (int batch : new int[] {1, 4, 10, 100}) {
        for (int buffer : new int[] {1, 2, 7, 10, 57, 1000}) {
          BatchSource source = numbers(count, batch, FLOAT).shuffled(buffer, 3);
          List<Integer> first = order(source, 1);
          assertThat(first)
              .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
          assertThat(order(source, 1)).as("again").isEqualTo(first);
          if (count > 9 && buffer > 6) {
            assertThat(order(source, 2)).as("another epoch").isNotEqualTo(first);
            assertThat(order(numbers(count, batch, DOUBLE).shuffled(buffer, 4), 1))
                .as("another seed")
                .isNotEqualTo(first);
          }
          for (int place = 0; place < count; place++) {
            assertThat(first.get(place)).as("early at most").isLessThan(place + buffer);
          }
          assertThat(order(numbers(count, 3, DOUBLE).shuffled(buffer, 3), 1))
              .as("whatever the batches")
              .isEqualTo(first);
        }
      }
    }
  }

  @Test
  void allOrdersAreEquallyLikelyWithABufferOfAll() {
    int[] times = new int[24];
    BatchSource source = numbers(4, 3, FLOAT).shuffled(4, 1);
    for (int epoch = 1; epoch <= 2400; epoch++) {
      List<Integer> order = order(source, epoch);
      int number = 0;
      for (int i = 0; i < 4; i++) {
        int place = order.get(i);
        number =
            number * (4 - i) + (int) order.stream().skip(i + 1L).filter(o -> o < place).count();
      }
      times[number]++;
    }
    assertThat(IntStream.of(times))
        .allMatch(n -> n > 60 && n < 140); // 100 each, four standard deviations
  }

  @Test
  void batchesHaveTheSizesTypesAndWeightsOfTheSource() {
    INDArray x = Nd4j.arange(12).reshape(6, 2).castTo(DOUBLE);
    BatchSource source =
        BatchSource.of(
            Shape.of(2),
            Shape.of(2),
            epoch -> () -> List.of(part(x, 0, 1), part(x, 1, 4), part(x, 4, 6)).iterator());
    List<Integer> sizes = new ArrayList<>();
    for (Batch batch : source.shuffled(4, 1).epoch(1)) {
      sizes.add(batch.size());
      assertThat(batch.inputs().dataType()).isEqualTo(DOUBLE);
      INDArray weights = Objects.requireNonNull(batch.weights());
      for (int i = 0; i < batch.size(); i++) {
        assertThat(weights.getDouble(i, 0)).isEqualTo(batch.inputs().getDouble(i, 0));
      }
    }
    assertThat(sizes).containsExactly(1, 3, 2);
    Dataset pictures = Dataset.of(Nd4j.rand(FLOAT, 7, 2, 3, 4), Nd4j.rand(FLOAT, 7, 1));
    BatchSource ofPictures = Batches.inOrder(pictures, 3, FLOAT).shuffled(5, 1);
    assertThat(ofPictures.batchesPerEpoch()).hasValue(3);
    assertThat(ofPictures.epoch(1).iterator().next().inputs().shape()).containsExactly(3, 2, 3, 4);
  }

  private static Batch part(INDArray x, int from, int to) {
    INDArray rows = Nd4j.vstack(IntStream.range(from, to).mapToObj(x::getRow).toList());
    return new Batch(rows, rows, rows.getColumn(0).reshape(to - from, 1));
  }

  /** At most the buffer and one batch are read ahead; leaving an epoch closes it. */
  @Test
  void noMoreThanTheBufferIsHeld() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    BatchSource endless =
        BatchSource.ofSamples(
            Shape.of(1),
            Shape.of(1),
            10,
            FLOAT,
            epoch ->
                IntStream.iterate(0, i -> i + 1)
                    .peek(i -> read.incrementAndGet())
                    .mapToObj(i -> Sample.of(new double[] {i}, i))
                    .onClose(closed::incrementAndGet));
    BatchSource shuffled = endless.shuffled(35, 1);
    Iterator<Batch> batches = shuffled.epoch(1).iterator();
    for (int given = 10; given <= 500; given += 10) {
      batches.next();
      assertThat(read.get()).isLessThanOrEqualTo(given + 35 + 10);
    }
    try (Epoch second = shuffled.epoch(2)) {
      assertThat(closed).hasValue(1);
      assertThat(second.iterator()).hasNext();
      assertThatThrownBy(second::iterator)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Epoch: expected one iterator, found a second one");
    }
    assertThat(closed).hasValue(2);
    assertThatThrownBy(() -> endless.shuffled(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BatchSource: expected a positive number of samples in the buffer, found 0; pass 1 or"
                + " more");
  }

  /** A run that is stopped in the middle of an epoch sees the rest of that epoch's order. */
  @Test
  void aRunIsResumedToTheSameBits() throws Exception {
    BatchSource sorted =
        BatchSource.ofSamples(
                Shape.of(2),
                Shape.of(2),
                5,
                FLOAT,
                epoch ->
                    IntStream.range(0, 60)
                        .mapToObj(i -> Sample.ofLabel(new double[] {i / 60.0, 1}, i / 30, 2)))
            .shuffled(20, 9);
    Network whole = network(1);
    trainer(whole).epochs(5).build().fit(sorted);
    Network stopped = network(1);
    Trainer early = trainer(stopped).steps(17).build(); // an epoch has 12
    early.fit(sorted);
    Network resumed = network(2);
    trainer(resumed).epochs(5).build().resume(early.checkpoint()).fit(sorted);
    assertThat(resumed.parameters().values().toFloatVector())
        .isEqualTo(whole.parameters().values().toFloatVector())
        .isNotEqualTo(stopped.parameters().values().toFloatVector());
  }

  private static Network network(long seed) {
    return Network.builder(2).dense(2, softmax()).seed(seed).build();
  }

  private static TrainerBuilder trainer(Network network) {
    return Trainer.builder(network).loss(crossEntropy()).optimizer(adam(0.01));
  }
}
