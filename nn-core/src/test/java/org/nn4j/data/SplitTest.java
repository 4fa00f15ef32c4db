package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;

class SplitTest {
  /** Sample i is the number i; its class is given. */
  private static Dataset numbered(int... labels) {
    INDArray x = Nd4j.arange(labels.length).castTo(FLOAT).reshape(labels.length, 1);
    return Dataset.ofLabels(x, labels, 1 + Arrays.stream(labels).max().orElse(0));
  }

  private static List<Integer> numbers(Dataset data) {
    List<Integer> numbers = new ArrayList<>();
    for (Batch batch : Batches.inOrder(data, 7, FLOAT).evaluation()) {
      for (double number : doubles(batch.inputs())) {
        numbers.add((int) number);
      }
    }
    return numbers;
  }

  @Test
  void aSplitTakesEachSampleOnceBySeed() {
    Dataset data = numbered(new int[103]);
    Split split = data.split(0.2, 5);
    assertThat(split.validation().size()).isEqualTo(21);
    assertThat(split.training().size()).isEqualTo(82);
    List<Integer> all = new ArrayList<>(numbers(split.training()));
    all.addAll(numbers(split.validation()));
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 103).boxed().toList());
    assertThat(numbers(split.training())).isSorted();
    assertThat(numbers(data.split(0.2, 5).validation())).isEqualTo(numbers(split.validation()));
    assertThat(numbers(data.split(0.2, 6).validation())).isNotEqualTo(numbers(split.validation()));
  }

  @Test
  void eachSampleIsAsLikelyAsAnyOther() {
    Dataset data = numbered(new int[10]);
    int[] count = new int[10];
    for (int seed = 0; seed < 2000; seed++) {
      numbers(data.split(0.3, seed).validation()).forEach(i -> count[i]++);
    }
    // 600 expected, standard deviation √(2000 · 0.3 · 0.7) ≈ 20
    assertThat(Arrays.stream(count).boxed()).allMatch(n -> n > 500 && n < 700);
  }

  @Test
  void aStratifiedSplitKeepsTheSharesOfTheClasses() {
    // 60 of class 0, 30 of class 1, 10 of class 2
    int[] labels = IntStream.range(0, 100).map(i -> i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2).toArray();
    Split split = numbered(labels).splitStratified(0.25, 3);
    int[] counts = new int[3];
    for (int label : split.validation().classes()) {
      counts[label]++;
    }
    // Shares 15, 7.5 and 2.5: the total of 25 leaves one to the larger rest, the first of equal
    // ones.
    assertThat(counts).containsExactly(15, 8, 2);
    assertThat(split.training().size()).isEqualTo(75);
    assertThat(numbers(split.training())).doesNotContainAnyElementsOf(numbers(split.validation()));
  }

  @Test
  void refusesASplitThatLeavesAPartEmpty() {
    assertThatThrownBy(() -> numbered(0, 0, 0).split(0.1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset: expected at least one sample in each part, found 0.1 of 3 samples, which is 0;"
                + " take another fraction or more samples");
    assertThatThrownBy(() -> numbered(0, 0).split(1, 1))
        .hasMessage(
            "Dataset: expected validation fraction in (0, 1), found 1.0; correct the argument");
    Dataset images = Dataset.of(Nd4j.create(FLOAT, 4, 1), Nd4j.create(FLOAT, 4, 2, 2));
    assertThatThrownBy(() -> images.splitStratified(0.5, 1))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("expected targets [N, classes], found targets [B, 2, 2]");
  }

  @Test
  void subsetsAreViewsInTheirOwnOrder() {
    Dataset data = numbered(0, 1, 2, 1, 0).withWeights(1, 2, 3, 4, 5);
    Dataset some = data.subset(3, 0, 3);
    assertThat(numbers(some)).containsExactly(3, 0, 3);
    assertThat(some.classes()).containsExactly(1, 0, 1);
    assertThat(numbers(some.subset(1))).containsExactly(0);
    Batch batch = Batches.inOrder(some, 3, DOUBLE).evaluation().iterator().next();
    assertThat(batch.weights()).isNotNull();
    assertThat(doubles(Objects.requireNonNull(batch.weights()))).containsExactly(4, 1, 4);
    assertThatThrownBy(() -> data.subset(5)).hasMessageContaining("rows from 0 to 4, found 5");
    assertThatThrownBy(data::subset).hasMessageContaining("number of rows in a subset");
    assertThatThrownBy(
            () -> some.gather(new int[] {3}, Nd4j.create(FLOAT, 1, 1), Nd4j.create(FLOAT, 1, 3)))
        .hasMessageContaining("rows from 0 to 2, found 3");
  }

  @Test
  void classesAreReadFromTargets() {
    Dataset pixels = Dataset.ofPixels(new byte[3], Shape.of(1), new int[] {2, 0, 1}, 3);
    assertThat(pixels.classes()).containsExactly(2, 0, 1);
    assertThat(numbered(2, 0, 1).classes()).containsExactly(2, 0, 1);
    INDArray x = Nd4j.create(FLOAT, 3, 1);
    INDArray binary = Nd4j.createFromArray(new float[][] {{0}, {1}, {Float.NaN}});
    assertThat(Dataset.of(x, binary).classes()).containsExactly(0, 1, Labels.NO_CLASS);
  }

  @Test
  void weightsComeWithTheBatches() {
    Dataset data = numbered(0, 1, 1).withClassWeights(0.5, 2);
    for (var type : List.of(FLOAT, DOUBLE)) {
      Batch batch = Batches.inOrder(data, 3, type).evaluation().iterator().next();
      assertThat(doubles(Objects.requireNonNull(batch.weights()))).containsExactly(0.5, 2, 2);
    }
    assertThat(Batches.inOrder(numbered(0), 1, FLOAT).evaluation().iterator().next().weights())
        .isNull();
    INDArray ones = Nd4j.create(FLOAT, 1, 1);
    numbered(0).gatherWeights(new int[] {0}, ones);
    assertThat(doubles(ones)).containsExactly(1);
  }

  @Test
  void refusesToGatherWeightsOfRowsThatAreNotThereOrWithoutRoom() {
    Dataset data = numbered(0, 1).withWeights(1, 2);
    assertThatThrownBy(() -> data.gatherWeights(new int[] {2}, Nd4j.create(FLOAT, 1, 1)))
        .hasMessageContaining("rows from 0 to 1, found 2");
    assertThatThrownBy(() -> data.gatherWeights(new int[] {0, 1}, Nd4j.create(FLOAT, 1, 1)))
        .hasMessageContaining("for the weights a row-major array [2, 1]");
  }

  @Test
  void refusesWeightsThatAreNone() {
    assertThatThrownBy(() -> numbered(0, 1).withWeights(1))
        .hasMessage(
            "Dataset: expected one weight for each of 2 samples, found 1 weights; pass an array of that length");
    assertThatThrownBy(() -> numbered(0, 1).withWeights(1, -1))
        .hasMessageContaining("weights of 0 or more and finite, found -1.0 at index 1");
    assertThatThrownBy(() -> numbered(0, 1).withWeights(0, 0))
        .hasMessage(
            "Dataset: expected a weight above 0, found 2 weights of 0; correct the argument");
    assertThatThrownBy(() -> numbered(0, 1).withClassWeights(0, 0))
        .hasMessageContaining("a weight above 0, found 2 weights of 0");
    assertThat(numbered(1, 1).withClassWeights(1, 0).isWeighted())
        .as("a part of the data may have samples of weight 0 only")
        .isTrue();
    assertThatThrownBy(() -> numbered(0, 1).withWeights(1, 1).withClassWeights(1, 1))
        .hasMessage(
            "Dataset: expected samples without weights, found samples that have weights already;"
                + " multiply the weights and pass them once");
  }

  @Test
  void theLastSamplesThatFillNoGroupCanBeLeftOut() {
    Batches batches = Batches.shuffled(numbered(new int[11]), 2, FLOAT, 1).dropLast(4);
    List<Double> seen = new ArrayList<>();
    for (Batch batch : batches.epoch(3)) {
      assertThat(batch.size()).isEqualTo(2);
      for (double number : doubles(batch.inputs())) {
        seen.add(number);
      }
    }
    assertThat(seen).hasSize(8).doesNotHaveDuplicates();
    assertThat(batches.perEpoch()).isEqualTo(4);
    assertThat(batches.batchesPerEpoch()).hasValue(4);
    assertThatThrownBy(() -> batches.dropLast(3))
        .hasMessage(
            "Batches: expected groups of a multiple of 2 samples, and at most 11 as the data set has, found"
                + " 3; take smaller groups, or keep the last samples");
  }
}
