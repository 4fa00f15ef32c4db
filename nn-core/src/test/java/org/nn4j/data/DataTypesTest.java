package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.nd4j.linalg.api.buffer.DataType.BOOL;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.api.buffer.DataType.INT32;
import static org.nd4j.linalg.api.buffer.DataType.UNKNOWN;
import static org.nd4j.linalg.api.buffer.DataType.UTF8;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.init.Initializers;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;

/** Data types and shapes that no batch can have are refused where they enter. */
class DataTypesTest {
  private static final Dataset DATA =
      Dataset.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}, new double[][] {{1}, {0}, {1}});

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(message);
  }

  @Test
  void stringsAreNoNumbers() {
    INDArray strings = Nd4j.create("a", "b").reshape(2, 1);
    INDArray numbers = Nd4j.zeros(FLOAT, 2, 1);
    String message = "Dataset: expected an array of numbers, found UTF8; convert its elements to";
    refused(() -> Dataset.of(strings, numbers), message);
    refused(() -> Dataset.of(numbers, strings), message);
    refused(() -> Dataset.ofLabels(strings, new int[] {0, 1}, 2), message);
    refused(() -> new Batch(strings, numbers), "Batch: expected an array of numbers, found UTF8;");
    refused(() -> new Batch(numbers, strings), "Batch: expected an array of numbers, found UTF8;");
    refused(
        () -> Metrics.accuracy().update(strings, strings),
        "accuracy: expected an array of numbers, found UTF8;");
    refused(
        () -> Losses.squaredError().requireTargets(strings),
        "squared error (sum over outputs): expected an array of numbers, found UTF8;");
    refused(() -> DATA.mapInputs(x -> strings), "Dataset.mapInputs: expected ");
    refused(() -> Initializers.given(strings), "Given: expected an array of numbers, found UTF8;");
    Network network = Network.builder(1).dense(1).build();
    refused(
        () -> network.parameters().setValues(strings.reshape(2)),
        "ParameterVector: expected an array of numbers, found UTF8;");
    refused(
        () -> network.parameters().setGradients(strings.reshape(2)),
        "ParameterVector: expected an array of numbers, found UTF8;");
    assertThat(DATA.mapInputs(x -> x.castTo(INT32)).inputShape()).isEqualTo(Shape.of(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"UTF8", "BOOL", "INT", "UNKNOWN", "HALF"})
  void batchesAreOfFloatsOrDoubles(DataType type) {
    String message =
        ": expected data type FLOAT or DOUBLE, found "
            + type
            + "; pass the data type of the network";
    refused(() -> Batches.inOrder(DATA, 2, type), "Batches.inOrder" + message);
    refused(() -> Batches.shuffled(DATA, 2, type, 1), "Batches.shuffled" + message);
    refused(
        () ->
            BatchSource.ofSamples(
                Shape.of(2), Shape.of(1), 4, type, epoch -> Stream.<Sample>empty()),
        "BatchSource.ofSamples" + message);
  }

  @Test
  void oneHotRowsAreNumbers() {
    for (DataType type : new DataType[] {UTF8, UNKNOWN}) {
      refused(
          () -> Labels.oneHot(new int[] {0, 1}, 2, type),
          "Labels.oneHot: expected an array of numbers, found " + type);
    }
    for (DataType type : new DataType[] {FLOAT, DOUBLE, INT32, BOOL}) {
      assertThat(Near.doubles(Labels.oneHot(new int[] {1}, 2, type))).containsExactly(0, 1);
    }
  }

  @Test
  void rowsAreGatheredIntoFloatsOrDoubles() {
    int[] rows = {0, 1};
    INDArray x = Nd4j.zeros(FLOAT, 2, 2);
    INDArray y = Nd4j.zeros(FLOAT, 2, 1);
    for (Dataset data : List.of(DATA, DATA.take(2), DATA.withWeights(1, 2, 3))) {
      refused(
          () -> data.gather(rows, x.castTo(INT32), y),
          "Dataset: expected inputs of data type FLOAT or DOUBLE, found INT");
      refused(
          () -> data.gather(rows, x, y.castTo(INT32)),
          "Dataset: expected targets of data type FLOAT or DOUBLE, found INT");
      refused(() -> data.gather(new int[0], x, y), "Dataset: expected a positive number of rows");
    }
  }

  @Test
  void theArraysOfABatchHaveOneRowForEachSample() {
    INDArray two = Nd4j.zeros(FLOAT, 2, 2);
    for (INDArray other :
        new INDArray[] {
          Nd4j.zeros(FLOAT, 3, 2),
          Nd4j.zeros(FLOAT, 2),
          Nd4j.create(FLOAT, 0, 2),
          Nd4j.scalar(1f),
          Nd4j.empty(FLOAT)
        }) {
      refused(
          () -> new Batch(two, other), "Batch: expected targets with a row for each sample of 2");
      refused(() -> new Batch(two, two, other), "Batch: expected weights with a row for each");
    }
    refused(
        () -> new Batch(Nd4j.create(FLOAT, 0, 2), Nd4j.create(FLOAT, 0, 2)),
        "Batch: expected inputs with a row for each sample, found [0, 2]; pass arrays [B, ...] with");
  }

  @Test
  void aShuffledSourceReturnsTheShapesAndTypesThatItStates() {
    INDArray x = Nd4j.zeros(FLOAT, 2, 2);
    INDArray y = Nd4j.zeros(FLOAT, 2, 1);
    assertThat(first(new Batch(x, y)).size()).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> first(new Batch(Nd4j.zeros(FLOAT, 2, 3), y)))
        .isInstanceOf(ShapeMismatchException.class)
        .withMessageStartingWith(
            "BatchSource: expected inputs [B, 2], found [2, 3]; return batches of the shapes");
    refused(
        () -> first(new Batch(x, x)), "BatchSource: expected targets [B, 1], found [2, 2]; return");
    refused(
        () -> first(new Batch(x, y), new Batch(x.castTo(DOUBLE), y.castTo(DOUBLE))),
        "BatchSource: expected batches of data type FLOAT and targets of FLOAT as the first, found");
  }

  private static Batch first(Batch... batches) {
    BatchSource source =
        BatchSource.of(Shape.of(2), Shape.of(1), epoch -> () -> List.of(batches).iterator());
    Iterator<Batch> shuffled = source.shuffled(10, 1).epoch(1).iterator();
    return shuffled.next();
  }

  @Test
  void anEmptyDataSetIsRefused() {
    Dataset empty =
        new Dataset() {
          @Override
          public int size() {
            return 0;
          }

          @Override
          public Shape inputShape() {
            return Shape.of(2);
          }

          @Override
          public Shape targetShape() {
            return Shape.of(1);
          }

          @Override
          public void gather(int[] rows, INDArray inputs, INDArray targets) {}
        };
    String message =
        "Batches: expected a data set of at least one sample, found 0; check the source of the data";
    Network network = Network.builder(2).dense(1).build();
    refused(() -> Batches.inOrder(empty, 3, FLOAT), message);
    refused(() -> Batches.shuffled(empty, 3, FLOAT, 1), message);
    refused(() -> InputStatistics.of(empty), message);
    refused(() -> Evaluator.of(network).evaluate(empty), message);
    refused(() -> empty.take(1), "Dataset: expected to take 1 to 0");
  }
}
