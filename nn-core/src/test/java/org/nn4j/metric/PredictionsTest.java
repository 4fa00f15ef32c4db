package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.ShapeMismatchException;
import org.nn4j.metric.Predictions.ClassProbability;
import org.nn4j.metric.Predictions.LabelProbability;

class PredictionsTest {
  private static final INDArray ROWS =
      Nd4j.createFromArray(
          new double[][] {
            {0.1, 0.7, 0.2}, {0.5, 0, 0.5}, {-3, -2, -1}, {0.1, Double.NaN, 0.9}, {-0.0, 0, 0}
          });

  @Test
  void theClassIsTheFirstOfTheLargest() {
    assertThat(Predictions.classIndices(ROWS)).containsExactly(1, 0, 2, -1, 0);
    assertThat(Predictions.classIndices(ROWS.castTo(DataType.FLOAT)))
        .containsExactly(1, 0, 2, -1, 0);
    INDArray oneOutput = Nd4j.createFromArray(new double[][] {{0.51}, {0.5}, {Double.NaN}});
    assertThat(Predictions.classIndices(oneOutput)).containsExactly(1, 0, -1);
    assertThat(Predictions.classIndices(oneOutput.transpose())).containsExactly(-1);
  }

  @Test
  void viewsAreReadAsTheyLook() {
    INDArray columns = Nd4j.createFromArray(new double[][] {{1, 5}, {3, 4}, {2, 6}});
    assertThat(Predictions.classIndices(columns.transpose())).containsExactly(1, 2);
    assertThat(Predictions.classIndices(columns.dup('f'))).containsExactly(1, 1, 1);
  }

  @Test
  void oneHotIsOneAtTheClass() {
    INDArray before = ROWS.dup();
    INDArray oneHot = Predictions.oneHot(ROWS.castTo(DataType.FLOAT));
    assertThat(oneHot.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(oneHot.shape()).containsExactly(5, 3);
    assertThat(doubles(oneHot)).containsExactly(0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
    assertThat(doubles(ROWS)).containsExactly(doubles(before));
    INDArray oneOutput = Nd4j.createFromArray(new double[][] {{0.51}, {0.5}, {Double.NaN}});
    assertThat(doubles(Predictions.oneHot(oneOutput))).containsExactly(1, 0, 0);
  }

  @Test
  void topKAreTheLargestDownwards() {
    assertThat(Predictions.topK(ROWS, 2))
        .containsExactly(
            List.of(new ClassProbability(1, 0.7), new ClassProbability(2, 0.2)),
            List.of(new ClassProbability(0, 0.5), new ClassProbability(2, 0.5)),
            List.of(new ClassProbability(2, -1), new ClassProbability(1, -2)),
            List.of(),
            List.of(new ClassProbability(0, -0.0), new ClassProbability(1, 0)));
  }

  @Test
  void labelsComeWithTheirProbabilitiesTheMostProbableFirst() {
    List<String> labels = List.of("cat", "dog", "cow");
    List<LabelProbability> expected =
        List.of(
            new LabelProbability("dog", 0.7),
            new LabelProbability("cow", 0.2),
            new LabelProbability("cat", 0.1));
    assertThat(Predictions.withLabels(ROWS.getRow(0), labels)).isEqualTo(expected);
    assertThat(Predictions.withLabels(ROWS.getRow(0, true), labels)).isEqualTo(expected);
    assertThat(Predictions.withLabels(ROWS.getRow(3), labels)).isEmpty();
  }

  @Test
  void refusesBadArguments() {
    assertThatThrownBy(() -> Predictions.classIndices(Nd4j.create(DataType.FLOAT, 3)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Predictions: expected predictions [B, out], found [3]; pass a matrix with one row for"
                + " each sample");
    assertThatThrownBy(() -> Predictions.topK(ROWS, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Predictions: expected k from 1 to 3, the classes, found 4; correct the argument");
    assertThatThrownBy(() -> Predictions.topK(ROWS, 0))
        .hasMessage(
            "Predictions: expected k from 1 to 3, the classes, found 0; correct the argument");
    assertThatThrownBy(() -> Predictions.withLabels(ROWS.getRow(0), List.of("cat", "dog")))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Predictions: expected one row [2], an output for each label, found [3]; pass one"
                + " sample's prediction and all labels");
    assertThatThrownBy(() -> Predictions.withLabels(ROWS, List.of("cat", "dog", "cow")))
        .hasMessageStartingWith("Predictions: expected one row [3]");
  }

  @Test
  void oneOutputHasOneLabelOrTwo() {
    INDArray row = Nd4j.createFromArray(new double[][] {{0.75}});
    assertThat(Predictions.withLabels(row, List.of("no", "yes")))
        .containsExactly(new LabelProbability("yes", 0.75), new LabelProbability("no", 0.25));
    assertThat(Predictions.withLabels(row, List.of("price")))
        .containsExactly(new LabelProbability("price", 0.75));
    assertThat(Predictions.withLabels(Nd4j.createFromArray(Double.NaN), List.of("no", "yes")))
        .isEmpty();
  }
}
