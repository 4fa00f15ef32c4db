package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;

/** What counts classes refuses targets that name none or several. */
class ClassTargetsTest {
  private static final String REMEDY =
      "; measure exactMatchRatio(), binaryAccuracy(), hammingLoss() or f1Score(...) of samples with"
          + " several labels, rSquared() or toleranceAccuracy(...) of a regression";

  static List<double[]> none() {
    return List.of(
        new double[] {1, 0, 1},
        new double[] {0, 0, 0},
        new double[] {1, 1, -1},
        new double[] {-1, -1, -1},
        new double[] {0, 255, 0},
        new double[] {0.2, 0.7, 0.3},
        new double[] {3, -1, -1},
        new double[] {2.5, 0, 1},
        new double[] {0.5, 0.5, Double.NaN},
        new double[] {1, 0, Double.POSITIVE_INFINITY});
  }

  static List<Supplier<Metric>> metrics() {
    return List.of(
        Metrics::accuracy, () -> Metrics.topKAccuracy(2), () -> Metrics.confusionMatrix(3));
  }

  @ParameterizedTest
  @MethodSource("none")
  void rowsThatNameNoClassAreRefusedByAll(double[] row) {
    assertThat(Labels.classOfTarget(row)).isEqualTo(Labels.NO_CLASS);
    INDArray good = Nd4j.createFromArray(new double[][] {{0, 1, 0}, {0, 1, 0}});
    INDArray bad = Nd4j.createFromArray(new double[][] {{0, 1, 0}, row});
    for (Supplier<Metric> made : metrics()) {
      for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
        Metric metric = made.get();
        assertThatThrownBy(() -> metric.update(good.castTo(type), bad.castTo(type)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(
                metric.name()
                    + ": expected targets with one class each, one-hot or soft with a sum of"
                    + " 1, found [")
            .hasMessageContaining("] in row 1 of the batch; ");
        assertThat(metric.value()).as("nothing was counted").isNaN();
      }
    }
    INDArray inputs = Nd4j.zeros(DataType.DOUBLE, 2, 1);
    assertThatThrownBy(() -> Dataset.of(inputs, bad).withClassWeights(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataset, class weights: expected targets with one class each: one-hot rows, or 0"
                + " and 1 in one column, found a target with no class or several at index 1;"
                + " weight each sample, data.withWeights(...)");
    assertThatThrownBy(() -> Dataset.of(inputs, bad).splitStratified(0.5, 1))
        .hasMessage(
            "Dataset, stratified split: expected targets with one class each: one-hot rows,"
                + " or 0 and 1 in one column, found a target with no class or several at index"
                + " 1; split without regard to classes, data.split(...)");
  }

  @Test
  void rowsThatNameAClass() {
    assertThat(Labels.classOfTarget(0, 1, 0)).isEqualTo(1);
    assertThat(Labels.classOfTarget(-1, -1, 1)).isEqualTo(2);
    assertThat(Labels.classOfTarget(1, -1)).isZero();
    assertThat(Labels.classOfTarget(0.1, 0.2, 0.7)).isEqualTo(2);
    assertThat(Labels.classOfTarget(0.33, 0.33, 0.33)).isZero();
    assertThat(Labels.classOfTarget(0)).isZero();
    assertThat(Labels.classOfTarget(1)).isEqualTo(1);
    assertThat(Labels.classOfTarget(0.9)).isEqualTo(Labels.NO_CLASS);
    assertThat(Labels.classOfTarget(-1)).isEqualTo(Labels.NO_CLASS);
    assertThat(Labels.classOfTarget(Double.NaN)).isEqualTo(Labels.NO_CLASS);
    assertThat(Labels.classOfTarget(-0.0)).isZero();
  }

  @Test
  void messagesSayWhatToMeasureInstead() {
    INDArray row = Nd4j.createFromArray(new double[][] {{1, 0, 1}});
    assertThatThrownBy(() -> Metrics.accuracy().update(row, row))
        .hasMessage(
            "accuracy: expected targets with one class each, one-hot or soft with a sum of 1,"
                + " found [1.0, 0.0, 1.0] in row 0 of the batch"
                + REMEDY);
    INDArray wide = Nd4j.ones(DataType.DOUBLE, 1, 12);
    assertThatThrownBy(() -> Metrics.accuracy().update(wide, wide))
        .hasMessageContaining("1.0, 1.0, ...] in row 0");
    INDArray one = Nd4j.createFromArray(new double[][] {{0.7}, {-1}});
    for (Metric metric : List.of(Metrics.accuracy(), Metrics.confusionMatrix(2))) {
      assertThatThrownBy(() -> metric.update(one, one.rsub(0.7)))
          .hasMessage(
              metric.name()
                  + ": expected targets 0 or 1, found [1.7] in row 1 of the batch; measure"
                  + " rSquared() or toleranceAccuracy(...) of a regression, or turn classes -1 and 1"
                  + " into 0 and 1, data.mapTargets(y -> y.add(1).div(2))");
    }
  }

  @Test
  void classWeightsAreAsManyAsClasses() {
    INDArray x = Nd4j.zeros(DataType.FLOAT, 4, 1);
    Dataset three = Dataset.ofLabels(x, new int[4], 3);
    Dataset one = Dataset.of(x, x);
    for (double[] weights : new double[][] {{1}, {1, 2}, {1, 2, 3, 4}}) {
      assertThatThrownBy(() -> three.withClassWeights(weights))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Dataset: expected a weight for each of 3 classes, found %s weights; pass one weight"
                      .formatted(weights.length)
                  + " for each class");
    }
    assertThatThrownBy(() -> one.withClassWeights(1)).hasMessageContaining("each of 2 classes");
    assertThat(one.withClassWeights(1, 2).isWeighted()).isTrue();

    Network network = Network.builder(1).dense(3).build();
    for (double[] weights : new double[][] {{1}, {1, 2}, {1, 2, 3, 4}}) {
      assertThatThrownBy(() -> Trainer.builder(network).classWeights(weights))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "Trainer: expected a class weight for each of 3 classes of the network's output,"
                  + " found "
                  + weights.length
                  + " weights, [1.0")
          .hasMessageEndingWith("]; pass one weight for each class");
    }
    Network binary = Network.builder(1).dense(1).build();
    Trainer trainer =
        Trainer.builder(binary)
            .loss(Losses.squaredError())
            .optimizer(Optimizers.sgd(0.1))
            .classWeights(1, 2)
            .build();
    trainer.fit(one);
    long steps = trainer.progress().steps();
    assertThatThrownBy(() -> trainer.fit(Dataset.of(x, x.add(0.3))))
        .hasMessageStartingWith("Dataset, class weights: expected targets with one class");
    assertThat(trainer.progress().steps()).isEqualTo(steps);
  }
}
