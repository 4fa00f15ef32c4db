package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.binaryCrossEntropy;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.sigmoidBinaryCrossEntropy;
import static org.nn4j.loss.Losses.softmaxCrossEntropy;
import static org.nn4j.optim.Optimizers.sgd;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/** A loss refuses targets that it is not defined for. */
class TargetDomainTest {
  private static final String TARGETS_IN_RANGE =
      "expected targets from 0 to 1, found %s in row 0, column %s of the batch; %s";
  private static final String NEGATIVE =
      "turn -1 and 1 into 0 and 1, data.mapTargets(y -> y.add(1).div(2)), or use"
          + " squaredError() for a regression";
  private static final String LARGE =
      "divide pixels by 255, data.mapTargets(y -> y.div(255)), convert class indices with"
          + " Dataset.ofLabels(inputs, labels, classes), or use squaredError() for a"
          + " regression";

  /** Targets of a row, the losses that refuse it, and the end of the message. */
  static Stream<Arguments> targets() {
    List<Loss> all = OutputDomainTest.losses();
    List<Loss> ofClasses = List.of(crossEntropy(), softmaxCrossEntropy());
    List<Loss> ofProbabilities =
        List.of(
            crossEntropy(),
            softmaxCrossEntropy(),
            binaryCrossEntropy(),
            sigmoidBinaryCrossEntropy());
    String finite =
        "expected finite targets, found %s in row 0, column 1 of the batch; correct or leave out"
            + " this sample";
    String sum =
        "expected one-hot targets, or soft ones that sum to 1 within 0.01, found a sum of %s in"
            + " row 0 of the batch; %s";
    String none =
        "assign a class to each sample; for one that should not count, set weight 0 with"
            + " data.withWeights(...)";
    String several =
        "for several labels a sample use binaryCrossEntropy() after dense(3, sigmoid())";
    return Stream.of(
        arguments(new double[] {0, Double.NaN, 1}, all, finite.formatted("NaN")),
        arguments(new double[] {0, Double.POSITIVE_INFINITY, 1}, all, finite.formatted("Infinity")),
        arguments(
            new double[] {Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
            all,
            null),
        arguments(
            new double[] {1, -1, -1},
            ofProbabilities,
            TARGETS_IN_RANGE.formatted("-1.0", 1, NEGATIVE)),
        arguments(
            new double[] {0, 255, 0},
            ofProbabilities,
            TARGETS_IN_RANGE.formatted("255.0", 1, LARGE)),
        arguments(
            new double[] {2, 0, 1}, ofProbabilities, TARGETS_IN_RANGE.formatted("2.0", 0, LARGE)),
        arguments(new double[] {1, 0, 1}, ofClasses, sum.formatted("2.0", several)),
        arguments(new double[] {0, 0, 0}, ofClasses, sum.formatted("0.0", none)),
        arguments(new double[] {0.5, 0.25, 0.125}, ofClasses, sum.formatted("0.875", none)),
        arguments(new double[] {0, 1, 0}, List.of(), null),
        arguments(new double[] {0.33, 0.33, 0.33}, List.of(), null),
        arguments(new double[] {0.1f + 0.2f, 0.7f, -1e-7}, List.of(), null));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void refusesTargetsOutsideOfItsDomain(double[] row, List<Loss> refusing, String message) {
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      INDArray targets = Nd4j.createFromArray(new double[][] {row}).castTo(type);
      INDArray wide = Nd4j.zeros(type, 1, 6);
      INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 6));
      view.assign(targets);
      INDArray predictions = Nd4j.createFromArray(new double[][] {{0.2, 0.3, 0.5}}).castTo(type);
      for (INDArray form : List.of(targets, targets.dup('f'), view)) {
        for (Loss loss : OutputDomainTest.losses()) {
          Pass pass = Pass.training();
          if (refusing.contains(loss)) {
            for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                    () -> loss.forward(predictions, form, pass),
                    () -> loss.perSample(predictions, form))) {
              assertThatThrownBy(call)
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageStartingWith(loss + ": expected ")
                  .hasMessageEndingWith(message == null ? "" : message);
            }
          } else {
            assertThat(loss.forward(predictions, form, pass)).as(loss.toString()).isNotNaN();
          }
        }
      }
    }
  }

  private static Dataset badFrom(int row, int rows) {
    INDArray targets = Nd4j.zeros(FLOAT, rows, 1);
    targets.putScalar(row, 0, 2);
    return Dataset.of(random(1, FLOAT, rows, 2), targets);
  }

  private static Network binary() {
    return Network.builder(2).dense(1, sigmoid()).seed(1).build();
  }

  private static TrainerBuilder trainer(Network network) {
    return Trainer.builder(network).loss(binaryCrossEntropy()).optimizer(sgd(0.1)).batchSize(4);
  }

  @Test
  void aWrongTargetIsFoundInAnyBatch() {
    for (int row : new int[] {0, 5, 19}) {
      Network network = binary();
      double[] before = doubles(network.parameters().values());
      Trainer trainer = trainer(network).shuffle(false).epochs(1).build();
      assertThatThrownBy(() -> trainer.fit(badFrom(row, 20)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 2.0 in row " + row % 4 + ", column 0 of the batch");
      assertThat(trainer.progress().steps()).isEqualTo(row / 4);
      if (row == 0) {
        assertThat(doubles(network.parameters().values())).containsExactly(before);
      }
    }
  }

  @Test
  void aWrongTargetOfASourceIsFoundInAnyEpoch() {
    BatchSource source =
        BatchSource.of(
            Shape.of(2),
            Shape.of(1),
            epoch ->
                Batches.inOrder(badFrom(epoch == 2 ? 3 : 4, 5).take(4), 4, FLOAT).evaluation());
    Trainer trainer =
        Trainer.builder(binary()).loss(binaryCrossEntropy()).optimizer(sgd(0.1)).epochs(3).build();
    assertThatThrownBy(() -> trainer.fit(source)).hasMessageContaining("found 2.0 in row 3");
    assertThat(trainer.progress().steps()).isEqualTo(1);
  }

  @Test
  void validationDataIsLookedAtBeforeTheFirstStep() {
    Network network = binary();
    Trainer trainer = trainer(network).validation(badFrom(3, 4)).build();
    Dataset good = Dataset.of(random(1, FLOAT, 8, 2), Nd4j.ones(FLOAT, 8, 1));
    assertThatThrownBy(() -> trainer.fit(good)).hasMessageContaining("found 2.0 in row 3");
    assertThat(trainer.progress().steps()).isZero();
    assertThatThrownBy(
            () -> Evaluator.of(network).loss(binaryCrossEntropy()).evaluate(badFrom(0, 4)))
        .hasMessageContaining("found 2.0");
  }

  @Test
  void classIndicesInPlaceOfRowsAreRecognized() {
    Dataset indices = Dataset.of(random(1, FLOAT, 4, 2), Nd4j.ones(FLOAT, 4, 1));
    Network network = Network.builder(2).dense(3, softmax()).build();
    Trainer trainer = Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.1)).build();
    String remedy =
        "found [1]; convert class indices with Dataset.ofLabels(inputs, labels, 3), or"
            + " build the network for the data";
    assertThatThrownBy(() -> trainer.fit(indices)).hasMessageContaining(remedy);
    assertThatThrownBy(() -> Evaluator.of(network).evaluate(indices)).hasMessageContaining(remedy);
    for (long[] shape : new long[][] {{4}, {4, 1}}) {
      INDArray labels = Nd4j.ones(FLOAT, shape);
      assertThatThrownBy(
              () -> crossEntropy().forward(Nd4j.ones(FLOAT, 4, 3), labels, Pass.training()))
          .hasMessageStartingWith(
              "cross-entropy: expected targets [4, 3], found "
                  + Arrays.toString(shape)
                  + "; pass targets of that shape; convert class indices with"
                  + " Labels.oneHot(labels, 3, DataType.FLOAT)");
    }
  }
}
