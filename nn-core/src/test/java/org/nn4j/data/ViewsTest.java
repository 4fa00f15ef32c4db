package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;

class ViewsTest {
  /** Sample i has the inputs i and −i, and the target 10 i. */
  private static Dataset numbers(int from, int to) {
    double[][] x =
        IntStream.range(from, to).mapToObj(i -> new double[] {i, -i}).toArray(double[][]::new);
    double[][] y =
        IntStream.range(from, to).mapToObj(i -> new double[] {10 * i}).toArray(double[][]::new);
    return Dataset.of(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
  }

  private static Batch batch(Dataset data, DataType type, int... rows) {
    INDArray x = Nd4j.create(type, data.inputShape().withBatch(rows.length));
    INDArray y = Nd4j.create(type, data.targetShape().withBatch(rows.length));
    data.gather(rows, x, y);
    return new Batch(x, y);
  }

  private static double[] targets(Dataset data) {
    int[] rows = IntStream.range(0, data.size()).toArray();
    return doubles(batch(data, DOUBLE, rows).targets());
  }

  @Test
  void takesTheFirst() {
    assertThat(targets(numbers(0, 5).take(3))).containsExactly(0, 10, 20);
    assertThatThrownBy(() -> numbers(0, 5).take(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dataset: expected to take 1 to 5, found 6; take fewer samples");
    assertThatThrownBy(() -> numbers(0, 5).take(0)).hasMessageContaining("found 0");
  }

  @Test
  void aShuffleIsAnOrderOfTheSeed() {
    double[] inOrder = targets(numbers(0, 50));
    double[] shuffled = targets(numbers(0, 50).shuffle(1));
    assertThat(shuffled).containsExactlyInAnyOrder(inOrder).isNotEqualTo(inOrder);
    assertThat(targets(numbers(0, 50).shuffle(1))).isEqualTo(shuffled);
    assertThat(targets(numbers(0, 50).shuffle(2))).isNotEqualTo(shuffled);
  }

  @Test
  void setsAreJoinedInOrder() {
    Dataset joined = numbers(0, 3).concat(numbers(7, 9)).concat(numbers(3, 4));
    assertThat(targets(joined)).containsExactly(0, 10, 20, 70, 80, 30);
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Batch batch = batch(joined, type, 5, 0, 3, 5, 4, 2);
      assertThat(doubles(batch.inputs())).containsExactly(3, -3, 0, 0, 7, -7, 3, -3, 8, -8, 2, -2);
      assertThat(doubles(batch.targets())).containsExactly(30, 0, 70, 30, 80, 20);
    }
    assertThatThrownBy(() -> batch(joined, FLOAT, 6))
        .hasMessage("Dataset: expected rows from 0 to 5, found 6; correct the argument");
  }

  @Test
  void joinedSetsKeepWeightsClassesAndShapes() {
    Dataset first = Dataset.ofLabels(Nd4j.create(FLOAT, 2, 2, 3), new int[] {1, 0}, 2);
    Dataset second = Dataset.ofLabels(Nd4j.ones(FLOAT, 1, 2, 3), new int[] {1}, 2);
    Dataset joined = first.withWeights(1, 2).concat(second.withWeights(3));
    assertThat(joined.classes()).containsExactly(1, 0, 1);
    assertThat(joined.inputShape()).isEqualTo(Shape.of(2, 3));
    Batch batch = Batches.inOrder(joined.subset(2, 0), 2, FLOAT).epoch(1).iterator().next();
    assertThat(doubles(Objects.requireNonNull(batch.weights()))).containsExactly(3, 1);
    assertThat(doubles(batch.inputs())).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    assertThatThrownBy(() -> first.concat(second.withWeights(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset.concat: expected weights in all sets or in none, found both; weight the samples"
                + " of the others by 1");
    assertThatThrownBy(() -> first.concat(numbers(0, 2)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Dataset.concat: expected samples [2, 3] -> [2], found [2] -> [1]; reshape one of the"
                + " sets");
  }

  @Test
  void partsThatAreJoinedAreStillAugmented() {
    Augmentation nines = (x, random) -> Arrays.fill(x, 9);
    Dataset joined = numbers(0, 2).augment(nines, 1).concat(numbers(2, 3));
    assertThat(doubles(batch(joined.inEpoch(1), FLOAT, 0, 2).inputs()))
        .containsExactly(9, 9, 2, -2);
    assertThat(doubles(batch(joined, FLOAT, 1, 2).inputs())).containsExactly(1, -1, 2, -2);
  }

  @Test
  void functionsOfInputsAndTargetsAreTakenWhenGathered() {
    Dataset data = numbers(1, 4).mapInputs(x -> x.mul(2)).mapTargets(y -> y.divi(10));
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Batch batch = batch(data, type, 2, 0);
      assertThat(doubles(batch.inputs())).containsExactly(6, -6, 2, -2);
      assertThat(doubles(batch.targets())).containsExactly(3, 1);
    }
    assertThat(doubles(batch(numbers(1, 4).mapInputs(Transforms::abs), DOUBLE, 1).inputs()))
        .containsExactly(2, 2);
  }

  @Test
  void aFunctionMayReturnAViewOfItsArgument() {
    INDArray squares = Nd4j.createFromArray(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
    Dataset data = Dataset.of(squares.reshape(2, 2, 2), squares);
    Dataset turned = data.mapInputs(x -> x.permute(0, 2, 1));
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      for (int epoch = 0; epoch < 2; epoch++) { // computed, then kept
        INDArray x = batch(turned, type, 1, 0).inputs();
        assertThat(doubles(x)).containsExactly(5, 7, 6, 8, 1, 3, 2, 4);
      }
    }
  }

  @Test
  void functionsMayChangeTheShape() {
    Dataset sums = numbers(1, 4).mapInputs(x -> Nd4j.concat(1, x, x.mul(x).sum(true, 1)));
    assertThat(sums.inputShape()).isEqualTo(Shape.of(3));
    assertThat(doubles(batch(sums, DOUBLE, 1, 2).inputs())).containsExactly(2, -2, 8, 3, -3, 18);
    Dataset rows = numbers(1, 4).mapInputs(x -> x.reshape(x.size(0), 1, 2));
    assertThat(rows.inputShape()).isEqualTo(Shape.of(1, 2));
    assertThat(doubles(batch(rows, FLOAT, 1).inputs())).containsExactly(2, -2);
    Dataset oneHot =
        numbers(0, 2)
            .mapTargets(
                y -> Nd4j.concat(1, y.eq(0).castTo(y.dataType()), y.neq(0).castTo(y.dataType())));
    assertThat(oneHot.classes()).containsExactly(0, 1);
    assertThat(oneHot.mapInputs(x -> x).classes()).containsExactly(0, 1);
  }

  @Test
  void mappedSamplesKeepWeightsAndAreStillAugmented() {
    Dataset data =
        numbers(0, 2)
            .augment((x, random) -> x[0] = 5, 1)
            .withWeights(2, 3)
            .mapInputs(x -> x.mul(2));
    Batch batch = Batches.inOrder(data, 2, DOUBLE).epoch(1).iterator().next();
    assertThat(doubles(batch.inputs())).containsExactly(10, 0, 10, -2);
    assertThat(doubles(Objects.requireNonNull(batch.weights()))).containsExactly(2, 3);
  }

  @Test
  void refusesFunctionsThatGiveNoRowForEachRow() {
    assertThatThrownBy(() -> numbers(0, 3).mapInputs(x -> Nd4j.create(FLOAT, 2, 2)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Dataset.mapInputs: expected a function that returns [1, ...] of one row [1, 2], found [2,"
                + " 2]; return one row for each row, all of one shape");
    Dataset first = numbers(0, 3).mapTargets(y -> Nd4j.create(FLOAT, 1, 1));
    assertThatThrownBy(() -> batch(first, FLOAT, 0, 1))
        .hasMessageStartingWith(
            "Dataset.mapTargets: expected a function that returns [2, 1], found [1, 1];");
  }

  @Test
  void allPrintTheirSizeAndShapes() {
    Dataset data =
        Dataset.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}, new double[][] {{1}, {0}, {1}});
    String text = "Dataset(3 samples, [2] -> [1])";
    for (Dataset each :
        new Dataset[] {
          data,
          data.shuffle(1),
          data.take(2).concat(data.take(1)),
          data.normalize(InputScaling.divideBy(2)),
          data.mapInputs(x -> x),
          data.augment((input, random) -> {}, 1),
          data.augment((input, random) -> {}, 1).inEpoch(1)
        }) {
      assertThat(each).hasToString(text);
    }
    assertThat(data.take(2)).hasToString("Dataset(2 samples, [2] -> [1])");
    assertThat(data.withWeights(1, 1, 1)).hasToString("Dataset(3 weighted samples, [2] -> [1])");
    assertThat(Dataset.ofPixels(new byte[4], Shape.of(2, 2), new int[1], 2))
        .hasToString("Dataset(1 samples, [2, 2] -> [2])");
  }
}
