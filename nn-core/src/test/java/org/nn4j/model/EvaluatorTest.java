package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.loss.Losses;
import org.nn4j.loss.SumOrMean;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

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
    Metric atOnce = Metrics.accuracy();
    INDArray predictions = network.predict(X);
    atOnce.update(predictions, Y);
    double loss =
        crossEntropy().perSample(predictions, Y).castTo(DOUBLE).meanNumber().doubleValue();

    List<Long> done = new ArrayList<>();
    Evaluation evaluation =
        Evaluator.of(network)
            .loss(crossEntropy())
            .metrics(Metrics.accuracy(), Metrics.mse())
            .progress(done::add)
            .evaluate(Dataset.of(X, Y));
    assertThat(evaluation.figures()).containsOnlyKeys("loss", "accuracy", Metrics.mse().name());
    assertThat(evaluation.value(accuracy())).isEqualTo(atOnce.value());
    assertThat(evaluation.loss()).isCloseTo(loss, within(1e-6));
    assertThat(done).containsExactly(1000L, 2000L, 2300L);

    Metric mine = Metrics.accuracy();
    mine.update(Y.rsub(1), Y);
    assertThat(Evaluator.of(network).metrics(mine).evaluate(Dataset.of(X, Y)).figures())
        .isEqualTo(Map.of("accuracy", mine.value()));
    assertThat(mine.value()).as("without the batch before").isEqualTo(atOnce.value());
  }

  @Test
  void aSourceThatIsNeverInMemoryIsEvaluatedToo() {
    BatchSource source =
        BatchSource.of(
            Shape.of(2),
            Shape.of(3),
            epoch -> Batches.inOrder(Dataset.of(X, Y), 7, FLOAT).evaluation());
    Evaluation streamed = Evaluator.of(network()).metrics(Metrics.accuracy()).evaluate(source);
    assertThat(streamed)
        .isEqualTo(Evaluator.of(network()).metrics(Metrics.accuracy()).evaluate(Dataset.of(X, Y)));
    BatchSource empty =
        BatchSource.of(Shape.of(2), Shape.of(3), epoch -> () -> List.<Batch>of().iterator());
    assertThatThrownBy(() -> Evaluator.of(network()).evaluate(empty))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Evaluator: expected at least one sample, found none; return all batches of the source"
                + " in each evaluation");
  }

  @Test
  void weightsCountInTheLossAndNotInTheMetrics() {
    double[] weights = new double[N];
    weights[0] = N;
    Network network = network();
    Evaluation evaluation =
        Evaluator.of(network)
            .loss(crossEntropy())
            .metrics(Metrics.accuracy())
            .evaluate(Dataset.of(X, Y).withWeights(weights));
    double first = crossEntropy().perSample(network.predict(X), Y).getDouble(0);
    assertThat(evaluation.loss()).isCloseTo(first, within(1e-4));
    assertThat(evaluation.value(accuracy()))
        .isEqualTo(
            Evaluator.of(network).metrics(accuracy()).evaluate(Dataset.of(X, Y)).value(accuracy()));
  }

  @Test
  void refusesDataThatDoesNotFit() {
    Dataset wrong = Dataset.of(Y, Y);
    assertThatThrownBy(() -> Evaluator.of(network()).evaluate(wrong))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Evaluator, inputs: expected samples of the network's shape [2], found [3]; reshape the"
                + " data with mapInputs or mapTargets, or build the network for it");
    assertThatThrownBy(() -> Evaluator.of(network()).evaluate(Dataset.of(X, X)))
        .hasMessageStartingWith("Evaluator, targets: expected");
  }

  @Test
  void figuresAreFoundByTheirMetric() {
    Evaluation evaluation =
        Evaluator.of(network())
            .loss(crossEntropy())
            .metrics(accuracy(), Metrics.topKAccuracy(2))
            .evaluate(Dataset.of(X, Y));
    assertThat(evaluation.value(Metrics.topKAccuracy(2)))
        .isGreaterThan(evaluation.value(accuracy()));
    assertThat(evaluation.figures().keySet()).containsExactly("loss", "accuracy", "top-2 accuracy");
    assertThat(evaluation.toString())
        .matches("loss \\d\\.\\d{4}, accuracy 0\\.\\d{4}, top-2 accuracy 0\\.\\d{4}");
    assertThatThrownBy(() -> evaluation.value(Metrics.topKAccuracy(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Evaluation: expected the metric 'top-3 accuracy', found only [loss, accuracy, top-2"
                + " accuracy]; add the metric to the evaluator or the trainer");
    assertThatThrownBy(() -> evaluation.figures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Evaluation.none().loss())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Evaluation: expected a loss, found no figures; add a loss to the evaluator");
  }

  @Test
  void aLogitIsNoProbability() {
    Network network = Network.builder(1).dense(1).build();
    Network sigmoid = Network.builder(1).dense(1, Activations.sigmoid()).build();
    for (SumOrMean over : SumOrMean.values()) {
      Loss loss = Losses.sigmoidBinaryCrossEntropy(over);
      for (Metric metric :
          new Metric[] {
            Metrics.accuracy(),
            Metrics.confusionMatrix(2),
            Metrics.mcc(),
            Metrics.logLoss(),
            Metrics.brierScore(),
            Metrics.calibrationError(),
            Metrics.hammingLoss()
          }) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Evaluator.of(network).loss(loss).metrics(metric))
            .withMessage(
                "Evaluator: expected probabilities as outputs, for the metric '"
                    + metric.name()
                    + "', found logits, by the loss "
                    + loss
                    + "; end the network in sigmoid() and use binaryCrossEntropy(), or measure a"
                    + " multi-label metric with threshold(0), such as"
                    + " binaryAccuracy().threshold(0)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Evaluator.of(network).metrics(metric).loss(loss));
        TrainerBuilder builder = Trainer.builder(network).loss(loss).optimizer(Optimizers.sgd(0.1));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> builder.trainingMetric(metric).build());
        Evaluator.of(sigmoid).loss(Losses.binaryCrossEntropy(over)).metrics(metric);
        Evaluator.of(network).loss(Losses.squaredError()).metrics(metric);
        Evaluator.of(network).metrics(metric);
      }
      Evaluator.of(network).loss(loss).metrics(Metrics.binaryAccuracy().threshold(0));
      Evaluator two = Evaluator.of(Network.builder(1).dense(2).build()).loss(loss);
      two.metrics(Metrics.accuracy(), Metrics.mcc(), Metrics.rocAuc());
      two.metrics(Metrics.exactMatchRatio().threshold(0.5));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> two.metrics(Metrics.exactMatchRatio()))
          .withMessageContaining("for the metric 'exact match ratio', found logits");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Evaluator.of(Network.builder(1).dense(3).build())
                    .loss(Losses.softmaxCrossEntropy())
                    .metrics(Metrics.accuracy(), Metrics.logLoss()))
        .withMessageEndingWith("; end the network in softmax() and use crossEntropy()");
  }
}
