package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Batch;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Batches;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;
import org.nn4j.metric.Accuracy;
import org.nn4j.metric.Metrics;

class EvaluatorTest {
  private static final int N = 2300;
  private static final INDArray X = random(1, FLOAT, N, 2);
  private static final INDArray Y =
      Labels.oneHot(IntStream.range(0, N).map(i -> i % 3).toArray(), 3, FLOAT);

  private static Network network() {
    return Network.builder(2).dense(5, tanh()).dense(3, softmax()).seed(1).build();
  }

  @Test
  void figuresInBatchesAreThoseOfAllAtOnce() {
    Network network = network();
    Accuracy atOnce = new Accuracy();
    INDArray predictions = network.predict(X);
    atOnce.update(predictions, Y);
    double loss =
        crossEntropy().perSample(predictions, Y).castTo(DOUBLE).meanNumber().doubleValue();

    List<Long> done = new ArrayList<>();
    Map<String, Double> figures =
        Evaluator.of(network)
            .loss(crossEntropy())
            .metrics(Metrics.accuracy(), Metrics.mse())
            .progress(done::add)
            .evaluate(Dataset.of(X, Y));
    assertThat(figures).containsOnlyKeys("loss", "accuracy", Metrics.mse().name());
    assertThat(figures.get("accuracy")).isEqualTo(atOnce.value());
    assertThat(figures.get("loss")).isCloseTo(loss, within(1e-6));
    assertThat(done).containsExactly(1000L, 2000L, 2300L);

    Accuracy mine = new Accuracy();
    mine.update(predictions, Y);
    assertThat(network.evaluate(Dataset.of(X, Y), mine))
        .isEqualTo(Map.of("accuracy", mine.value()));
    assertThat(mine.correct()).as("what was in it before is forgotten").isEqualTo(atOnce.correct());
  }

  @Test
  void aSourceThatIsNeverInMemoryIsEvaluatedToo() {
    BatchSource source =
        BatchSource.of(
            Shape.of(2),
            Shape.of(3),
            epoch -> Batches.inOrder(Dataset.of(X, Y), 7, FLOAT).evaluation());
    Map<String, Double> streamed = Evaluator.of(network()).metrics(new Accuracy()).evaluate(source);
    assertThat(streamed).isEqualTo(network().evaluate(Dataset.of(X, Y), new Accuracy()));
    BatchSource empty =
        BatchSource.of(Shape.of(2), Shape.of(3), epoch -> () -> List.<Batch>of().iterator());
    assertThatThrownBy(() -> Evaluator.of(network()).evaluate(empty))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Evaluator: expected at least one sample, found none; let the source give its batches"
                + " anew");
  }

  @Test
  void weightsCountInTheLossAndNotInTheMetrics() {
    double[] weights = new double[N];
    weights[0] = N;
    Network network = network();
    Map<String, Double> figures =
        Evaluator.of(network)
            .loss(crossEntropy())
            .metrics(new Accuracy())
            .evaluate(Dataset.of(X, Y).withWeights(weights));
    double first = crossEntropy().perSample(network.predict(X), Y).getDouble(0);
    assertThat(figures.get("loss")).isCloseTo(first, within(1e-4));
    assertThat(figures.get("accuracy"))
        .isEqualTo(network.evaluate(Dataset.of(X, Y), new Accuracy()).get("accuracy"));
  }

  @Test
  void refusesDataThatDoesNotFit() {
    Dataset wrong = Dataset.of(Y, Y);
    assertThatThrownBy(() -> network().evaluate(wrong, new Accuracy()))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Evaluator, inputs: expected samples of the network's shape [2], found [3]; reshape the"
                + " data or build the network for it");
    assertThatThrownBy(() -> network().evaluate(Dataset.of(X, X)))
        .hasMessageStartingWith("Evaluator, targets: expected");
  }

  @Test
  void predictionsOfAnIteratorAreComputedOneByOne() {
    Network network = network();
    INDArray shared = Nd4j.create(FLOAT, 200, 2);
    int[] taken = new int[1];
    Iterator<INDArray> batches =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return taken[0] < 5000;
          }

          @Override
          public INDArray next() {
            return shared.putScalar(0, taken[0]++ / 5000.0);
          }
        };
    Iterator<INDArray> answers = network.predict(batches);
    assertThat(taken[0]).as("nothing is read before it is asked for").isZero();
    INDArray first = answers.next();
    INDArray second = answers.next();
    assertThat(taken[0]).isEqualTo(2);
    assertNear(first, network.predict(Nd4j.create(FLOAT, 200, 2)), 0);
    assertThat(second).isNotEqualTo(first);
    long before = Pointer.totalBytes();
    while (answers.hasNext()) {
      answers.next().close();
    }
    // The answers alone are 12 MB.
    assertThat(Pointer.totalBytes()).isLessThan(before + 4_000_000);

    List<INDArray> answered = new ArrayList<>();
    network.predict(List.of(X, Y.get(all(), interval(0, 2)))).forEach(answered::add);
    assertThat(answered).hasSize(2);
    assertNear(answered.get(0), network.predict(X), 0);
  }
}
