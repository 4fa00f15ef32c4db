package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;

class SamplesTest {
  private static Stream<Sample> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> Sample.of(new double[] {i, 0.1 * i}, i % 2));
  }

  private static Batch all(Dataset data, DataType type) {
    return Batches.inOrder(data, data.size(), type).evaluation().iterator().next();
  }

  @Test
  void javaArraysAreDataSets() {
    double[][] x = {{0.1, 2}, {3, 4}, {5, 6}};
    Dataset regression = Dataset.of(x, new double[][] {{7}, {8}, {9}});
    x[0][0] = 99;
    assertThat(doubles(all(regression, DOUBLE).inputs())).containsExactly(0.1, 2, 3, 4, 5, 6);
    assertThat(doubles(all(regression, FLOAT).targets())).containsExactly(7, 8, 9);
    Dataset classes = Dataset.ofLabels(x, new int[] {2, 0, 1}, 3);
    assertThat(doubles(all(classes, FLOAT).targets())).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
  }

  @Test
  void iteratorsAreReadIntoMemory() {
    Dataset data = Dataset.ofSamples(numbers(5).iterator());
    assertThat(data.size()).isEqualTo(5);
    assertThat(data.classes()).containsExactly(0, 1, 0, 1, 0);
    assertThat(doubles(all(data.subset(4), DOUBLE).inputs())).containsExactly(4, 0.4);
    Dataset labeled =
        Dataset.ofSamples(
            List.of(Sample.ofLabel(new double[] {1}, 2, 3), Sample.ofLabel(new double[] {2}, 0, 3))
                .iterator());
    assertThat(doubles(all(labeled, FLOAT).targets())).containsExactly(0, 0, 1, 1, 0, 0);
  }

  @Test
  void streamsAreCutIntoBatches() {
    AtomicInteger open = new AtomicInteger();
    BatchSource source =
        BatchSource.ofSamples(
            Shape.of(1, 2),
            Shape.of(1),
            2,
            FLOAT,
            epoch -> {
              open.incrementAndGet();
              return numbers(4 + epoch).onClose(open::decrementAndGet);
            });
    for (int number = 1; number <= 2; number++) {
      List<double[]> inputs = new ArrayList<>();
      try (Epoch epoch = source.epoch(number)) {
        for (Batch batch : epoch) {
          assertThat(batch.inputs().shape()).containsExactly(batch.size(), 1, 2);
          assertThat(batch.inputs().dataType()).isEqualTo(FLOAT);
          assertThat(batch.targets().dataType()).isEqualTo(FLOAT);
          inputs.add(doubles(batch.inputs().castTo(DOUBLE)));
        }
        assertThat(open).hasValue(1);
      }
      assertThat(open).hasValue(0);
      assertThat(inputs).hasSize(3);
      assertThat(inputs.get(2)).hasSize(number == 1 ? 2 : 4).startsWith(4);
    }
    assertThat(source.batchesPerEpoch()).isEmpty();
  }

  @Test
  void aNetworkIsTrainedOnAStreamAsOnTheDataSet() {
    double[][] parameters = new double[2][];
    for (int way = 0; way < 2; way++) {
      Network network = Network.builder(2).dense(1).dataType(DOUBLE).seed(1).build();
      var builder = Trainer.builder(network).loss(squaredError()).optimizer(sgd(0.001)).epochs(3);
      if (way == 0) {
        Dataset data = Dataset.ofSamples(numbers(20).iterator());
        builder.batchSize(6).shuffle(false).build().fit(data);
      } else {
        builder
            .build()
            .fit(BatchSource.ofSamples(Shape.of(2), Shape.of(1), 6, DOUBLE, epoch -> numbers(20)));
      }
      parameters[way] = doubles(network.parameters().values());
    }
    assertThat(parameters[1]).containsExactly(parameters[0]);
  }

  @Test
  void refusesSamplesThatDiffer() {
    assertThatThrownBy(() -> Dataset.of(new double[][] {{1, 2}, {3}}, new double[][] {{1}, {1}}))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Dataset: expected 2 inputs in each sample, found 1 in sample 1; pass samples of one"
                + " length");
    assertThatThrownBy(() -> Dataset.of(new double[0][], new double[0][]))
        .hasMessage("Dataset: expected a positive number of samples, found 0; pass 1 or more");
    assertThatThrownBy(() -> Dataset.ofSamples(Collections.emptyIterator()))
        .hasMessageContaining("a positive number of samples, found 0");
    assertThatThrownBy(() -> Dataset.of(new double[][] {{1}, {2}}, new double[][] {{1}}))
        .hasMessageContaining("with the same N, found [2, 1] and [1, 1]");
    assertThatThrownBy(() -> Sample.of(new double[0], 1))
        .hasMessage("Sample: expected a positive number of inputs, found 0; pass 1 or more");
    assertThatThrownBy(() -> Sample.of(new double[1]))
        .hasMessageContaining("a positive number of targets");
    assertThatThrownBy(() -> Sample.ofLabel(new double[1], 3, 3))
        .hasMessageContaining("labels from 0 to 2, found 3");
  }

  @Test
  void refusesSamplesOfAStreamThatDoNotFit() {
    BatchSource source =
        BatchSource.ofSamples(
            Shape.of(2),
            Shape.of(1),
            2,
            DOUBLE,
            epoch -> Stream.concat(numbers(2), Stream.of(Sample.of(new double[3], 1))));
    try (Epoch epoch = source.epoch(1)) {
      Iterator<Batch> batches = epoch.iterator();
      batches.next();
      assertThatThrownBy(batches::next)
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith(
              "Dataset: expected 2 inputs in each sample, found 3 in sample 2; pass samples of one"
                  + " length");
    }
    try (Epoch epoch =
        BatchSource.ofSamples(Shape.of(2), Shape.of(1), 9, DOUBLE, e -> numbers(2)).epoch(1)) {
      Iterator<Batch> batches = epoch.iterator();
      batches.next();
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThatThrownBy(
            () -> BatchSource.ofSamples(Shape.of(2), Shape.of(1), 0, DOUBLE, e -> numbers(2)))
        .hasMessage("BatchSource: expected a positive batch size, found 0; pass 1 or more");
  }
}
