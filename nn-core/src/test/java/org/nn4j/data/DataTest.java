package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;

class DataTest {
  private static Dataset numbers(int n) {
    double[][] x = new double[n][];
    double[][] y = new double[n][];
    for (int i = 0; i < n; i++) {
      x[i] = new double[] {i, -i};
      y[i] = new double[] {10 * i};
    }
    return Dataset.of(Nd4j.createFromArray(x), Nd4j.createFromArray(y));
  }

  private static List<Double> firstColumn(Iterable<Batch> batches) {
    List<Double> seen = new ArrayList<>();
    for (Batch batch : batches) {
      double[][] x = batch.inputs().toDoubleMatrix();
      double[][] y = batch.targets().toDoubleMatrix();
      for (int i = 0; i < batch.size(); i++) {
        assertThat(x[i][1]).isEqualTo(-x[i][0]);
        assertThat(y[i][0]).isEqualTo(10 * x[i][0]);
        seen.add(x[i][0]);
      }
    }
    return seen;
  }

  @Test
  void batchesInOrderHoldEverySampleOnceAndTheLastWhatIsLeft() {
    Batches batches = Batches.inOrder(numbers(7), 3, FLOAT);
    assertThat(batches.perEpoch()).isEqualTo(3);
    assertThat(firstColumn(batches.epoch(1))).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    List<Integer> sizes = new ArrayList<>();
    batches.epoch(2).forEach(batch -> sizes.add(batch.size()));
    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(batches.epoch(3).iterator().next().inputs().dataType()).isEqualTo(FLOAT);
  }

  @Test
  void shuffledEpochsHoldEverySampleOnceInAnOrderOfTheirOwn() {
    Batches batches = Batches.shuffled(numbers(100), 8, DOUBLE, 5);
    List<Double> first = firstColumn(batches.epoch(1));
    List<Double> second = firstColumn(batches.epoch(2));
    assertThat(first).doesNotHaveDuplicates().hasSize(100);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    assertThat(firstColumn(batches.epoch(1))).isEqualTo(first);
    assertThat(firstColumn(Batches.shuffled(numbers(100), 9, DOUBLE, 5).epoch(1))).isEqualTo(first);
    assertThat(firstColumn(Batches.shuffled(numbers(100), 8, DOUBLE, 6).epoch(1)))
        .isNotEqualTo(first);
  }

  @Test
  void aBatchLargerThanTheDataHoldsAllOfIt() {
    assertThat(Batches.inOrder(numbers(3), 100, DOUBLE).perEpoch()).isEqualTo(1);
    Iterator<Batch> batches = Batches.inOrder(numbers(3), 100, DOUBLE).evaluation().iterator();
    assertThat(batches.next().size()).isEqualTo(3);
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void samplesOfAnyShapeAreGathered() {
    INDArray images = Nd4j.arange(24).castTo(DOUBLE).reshape('c', 4, 2, 3);
    Dataset data = Dataset.of(images, Nd4j.create(DOUBLE, 4, 1));
    assertThat(data.inputShape()).isEqualTo(Shape.of(2, 3));
    INDArray rows = Nd4j.create(FLOAT, 2, 2, 3);
    data.gather(new int[] {3, 0}, rows, Nd4j.create(FLOAT, 2, 1));
    assertThat(doubles(rows)).containsExactly(18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5);
  }

  @Test
  void arraysOfAnySizeAreGatheredInAnyType() {
    for (int samples : new int[] {10, (1 << 21) + 1}) {
      INDArray x = Nd4j.create(DOUBLE, samples, 2);
      x.putScalar(samples - 1, 1, 1e-9 + 1);
      INDArray labels = Nd4j.ones(FLOAT, samples, 1);
      Dataset data = Dataset.of(x, labels);
      for (var type : List.of(FLOAT, DOUBLE, FLOAT)) {
        INDArray rows = Nd4j.create(type, 2, 2);
        INDArray targets = Nd4j.create(type, 2, 1);
        data.gather(new int[] {samples - 1, 0}, rows, targets);
        assertThat(doubles(rows)).containsExactly(0, type == FLOAT ? 1 : 1e-9 + 1, 0, 0);
        assertThat(doubles(targets)).containsExactly(1, 1);
      }
    }
  }

  @Test
  void pixelsAreScaledAndLabelsOneHot() {
    byte[] pixels = {0, (byte) 255, 51, (byte) 204};
    Dataset data = Dataset.ofPixels(pixels, Shape.of(2), new int[] {2, 0}, 3);
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.targetShape()).isEqualTo(Shape.of(3));
    INDArray x = Nd4j.create(DOUBLE, 2, 2);
    INDArray y = Nd4j.ones(DOUBLE, 2, 3);
    data.gather(new int[] {1, 0}, x, y);
    assertThat(doubles(x)).containsExactly(51 / 255.0, 204 / 255.0, 0, 1);
    assertThat(doubles(y)).containsExactly(1, 0, 0, 0, 0, 1);
  }

  @Test
  void labelsBecomeOneHotRows() {
    assertThat(doubles(Labels.oneHot(new int[] {1, 0}, 2, FLOAT))).containsExactly(0, 1, 1, 0);
  }

  @Test
  void refusesDataThatIsNone() {
    assertThatThrownBy(() -> Dataset.of(Nd4j.create(3, 2), Nd4j.create(4, 1)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Dataset: expected inputs [N, in...] and targets [N, out...] with the same N, found [3,"
                + " 2] and [4, 1]; pass one target row for each input row");
    assertThatThrownBy(() -> Dataset.of(Nd4j.create(FLOAT, 0, 2), Nd4j.create(FLOAT, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset: expected at least one sample, found none; check the source of the data");
    assertThatThrownBy(() -> Batches.inOrder(numbers(3), 0, FLOAT))
        .hasMessage("Batches: expected a positive batch size, found 0; pass 1 or more");
    assertThatThrownBy(() -> Labels.oneHot(new int[] {0, 10}, 10, FLOAT))
        .hasMessage(
            "Labels: expected labels from 0 to 9, found 10 at index 1; count classes from 0, or raise"
                + " the number of classes");
    assertThatThrownBy(() -> Labels.oneHot(new int[] {-1}, 10, FLOAT))
        .hasMessageContaining("found -1 at index 0");
    assertThatThrownBy(() -> Labels.oneHot(new int[0], 10, FLOAT))
        .hasMessage("Labels: expected a positive number of labels, found 0; pass 1 or more");
    assertThatThrownBy(() -> Dataset.ofPixels(new byte[5], Shape.of(2), new int[] {0, 1}, 2))
        .hasMessage(
            "Dataset: expected 4 pixels for 2 labels and images [2], found 5 pixels; pass the pixels of one image for each label");
  }

  @Test
  void integerLabelsMakeTargets() {
    Dataset data = Dataset.ofLabels(Nd4j.create(FLOAT, 2, 5), new int[] {1, 2}, 3);
    INDArray targets = Nd4j.create(FLOAT, 2, 3);
    data.gather(new int[] {0, 1}, Nd4j.create(FLOAT, 2, 5), targets);
    assertThat(doubles(targets)).containsExactly(0, 1, 0, 0, 0, 1);
  }

  @Test
  void refusesToGatherWhatDoesNotExistOrFit() {
    Dataset data = numbers(3);
    Dataset pixels = Dataset.ofPixels(new byte[6], Shape.of(2), new int[3], 2);
    for (Dataset any : new Dataset[] {data, pixels}) {
      INDArray x = Nd4j.create(FLOAT, 1, 2);
      INDArray y = Nd4j.create(FLOAT, any.targetShape().withBatch(1));
      assertThatThrownBy(() -> any.gather(new int[] {3}, x, y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Dataset: expected rows from 0 to 2, found 3; correct the argument");
      assertThatThrownBy(() -> any.gather(new int[] {0, 1}, x, y))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith(
              "Dataset: expected for the inputs a row-major array [2, 2], found [1, 2] of order c;"
                  + " pass an array made with Nd4j.create for these rows");
    }
    Dataset images = Dataset.of(Nd4j.create(FLOAT, 2, 2, 2), Nd4j.create(FLOAT, 2, 1));
    INDArray columns = Nd4j.create(FLOAT, new long[] {1, 2, 2}, 'f');
    assertThatThrownBy(() -> images.gather(new int[] {0}, columns, Nd4j.create(FLOAT, 1, 1)))
        .hasMessageContaining("of order f");
  }
}
