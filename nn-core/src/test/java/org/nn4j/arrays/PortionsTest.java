package org.nn4j.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.squaredError;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.LayerSpec;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.internal.memory.PortionSize;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;

/** What goes through data in pieces of its own choice holds about 1 MB of it at a time. */
class PortionsTest {
  private static final long MEGABYTE = 1 << 20;

  /** Samples without memory that record how many are gathered at a time. */
  private static final class Recording implements Dataset {
    private final int size;
    private final Shape inputs;
    private final Shape targets;
    private int mostRows;
    private long mostBytes;

    Recording(int size, Shape inputs, Shape targets) {
      this.size = size;
      this.inputs = inputs;
      this.targets = targets;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Shape inputShape() {
      return inputs;
    }

    @Override
    public Shape targetShape() {
      return targets;
    }

    @Override
    public void gather(int[] rows, INDArray x, INDArray y) {
      mostRows = Math.max(mostRows, rows.length);
      mostBytes = Math.max(mostBytes, (x.length() + y.length()) * x.dataType().width());
      x.assign(1);
      y.assign(1);
    }
  }

  private static Map<String, Consumer<Dataset>> readers(Network network) {
    Map<String, Consumer<Dataset>> readers = new LinkedHashMap<>();
    readers.put("InputStatistics", InputStatistics::of);
    readers.put("Dataset.classes", Dataset::classes);
    readers.put("Evaluator", data -> Evaluator.of(network).loss(squaredError()).evaluate(data));
    readers.put(
        "validation",
        data ->
            Trainer.builder(network)
                .loss(squaredError())
                .optimizer(Optimizers.sgd(1e-9))
                .epochs(1)
                .batchSize(1)
                .validation(data)
                .build()
                .fit(new Recording(1, data.inputShape(), data.targetShape())));
    return readers;
  }

  private static Recording read(Consumer<Dataset> reader, int size, Network network) {
    Recording data = new Recording(size, network.inputShape(), network.outputShape());
    reader.accept(data);
    return data;
  }

  @Test
  void largeSamplesAreReadFewAtATime() {
    Network network = Network.builder(3, 64, 64).flatten().dense(2).build();
    readers(network)
        .forEach(
            (name, reader) -> {
              Recording data = read(reader, 120, network);
              assertThat(data.mostBytes).as(name).isLessThanOrEqualTo(MEGABYTE);
              assertThat(data.mostRows).as(name).isGreaterThan(9);
            });
  }

  @Test
  void aSampleThatIsLargerThanAPortionIsReadAlone() {
    Network network = Network.builder(600, 500).flatten().dense(1).build();
    readers(network)
        .forEach(
            (name, reader) -> assertThat(read(reader, 3, network).mostRows).as(name).isEqualTo(1));
  }

  @Test
  void wideLayersAreEvaluatedForFewSamplesAtATime() {
    Network network = Network.builder(2).dense(100_000, tanh()).dense(1).build();
    Recording data =
        read(set -> Evaluator.of(network).metrics(Metrics.accuracy()).evaluate(set), 20, network);
    assertThat(data.mostRows).isEqualTo(2);
    Network nested = Network.builder(2).dense(3).layer(wide()).build();
    data = read(set -> Evaluator.of(nested).metrics(Metrics.accuracy()).evaluate(set), 20, nested);
    assertThat(data.mostRows).isEqualTo(2);
  }

  private static LayerSpec wide() {
    return Network.builder(3).dense(100_000, tanh()).dense(1).spec();
  }

  @Test
  void smallSamplesAreReadAThousandAtATime() {
    Network network = Network.builder(4).dense(3, tanh()).dense(2).build();
    readers(network)
        .forEach(
            (name, reader) ->
                assertThat(read(reader, 2500, network).mostRows).as(name).isEqualTo(1000));
  }

  @Test
  void predictionsKeepNoMoreThanAPortion() {
    Network network = Network.builder(2).dense(10_000, tanh()).dense(1).build();
    long before = network.offHeapBytes();
    network.predict(Nd4j.ones(FLOAT, 20, 2));
    assertThat(network.offHeapBytes() - before).isBetween(1L, MEGABYTE);
    network.predict(Nd4j.ones(FLOAT, 60, 2));
    assertThat(network.offHeapBytes() - before).isLessThanOrEqualTo(MEGABYTE);
  }

  @Test
  void aPortionHasAtLeastOneRow() {
    assertThat(PortionSize.rows(1L << 40)).isEqualTo(1);
    assertThat(PortionSize.rows(MEGABYTE)).isEqualTo(1);
    assertThat(PortionSize.rows(MEGABYTE / 2)).isEqualTo(2);
    assertThat(PortionSize.rows(1)).isEqualTo(1000);
    assertThat(PortionSize.rows(0)).isEqualTo(1000);
  }
}
