package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.Shape;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

class NormalizeTest {
  private static Dataset data(double[]... inputs) {
    return Dataset.of(Nd4j.createFromArray(inputs), Nd4j.ones(DOUBLE, inputs.length, 1));
  }

  private static double[] inputs(BatchSource source) {
    List<Double> numbers = new ArrayList<>();
    try (Epoch epoch = source.evaluation()) {
      for (Batch batch : epoch) {
        for (double number : doubles(batch.inputs())) {
          numbers.add(number);
        }
      }
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] inputs(Dataset data) {
    return inputs(Batches.inOrder(data, 2, DOUBLE));
  }

  /** Worked out by hand: the columns 1, 3, 5 and 2, 2, 2. */
  @Test
  void scalesAreThoseOfTheTrainingData() {
    Dataset training = data(new double[] {1, 2}, new double[] {3, 2}, new double[] {5, 2});
    InputStatistics statistics = InputStatistics.of(training);
    double deviation = Math.sqrt(8.0 / 3);
    assertThat(statistics.mean()).containsExactly(3.0, 2.0);
    assertThat(statistics.deviation()).containsExactly(deviation, 0.0);
    assertThat(statistics.minimum()).containsExactly(1.0, 2.0);
    assertThat(statistics.maximum()).containsExactly(5.0, 2.0);
    assertThat(statistics.standard())
        .isEqualTo(new InputScaling(List.of(3.0, 2.0), List.of(deviation, 1.0)));
    assertThat(statistics.range())
        .isEqualTo(new InputScaling(List.of(1.0, 2.0), List.of(4.0, 1.0)));
    // Of 1, 2, 3, 2, 5, 2: mean 2.5, mean of squares 47/6.
    assertThat(statistics.standardOverall().mean()).containsExactly(2.5);
    assertThat(statistics.standardOverall().deviation().get(0))
        .isCloseTo(Math.sqrt(47.0 / 6 - 6.25), within(1e-14));

    Dataset validation = data(new double[] {7, 4});
    assertThat(inputs(training.normalize(statistics.range()))).containsExactly(0, 0, 0.5, 0, 1, 0);
    assertThat(inputs(validation.normalize(statistics.range()))).containsExactly(1.5, 2);
    assertThat(inputs(validation.normalize(statistics.standard())))
        .containsExactly(4 / deviation, 2);
  }

  @Test
  void statisticsAreRightWhereFloatsWouldNotBe() {
    int n = 200_000;
    INDArray x = Nd4j.valueArrayOf(new long[] {n, 1}, 1e7, DOUBLE);
    x.putScalar(0, 1e7 + 1);
    InputStatistics statistics = InputStatistics.of(Dataset.of(x, x));
    assertThat(statistics.mean().get(0)).isCloseTo(1e7 + 1.0 / n, within(1e-4));
    assertThat(statistics.deviation().get(0)).isCloseTo(Math.sqrt((1 - 1.0 / n) / n), within(1e-6));
  }

  @Test
  void normalizedDataHasMeanZeroAndDeviationOne() {
    INDArray images = Near.random(1, FLOAT, 500, 3, 4).muli(7).addi(100);
    Dataset data = Dataset.of(images, Nd4j.ones(FLOAT, 500, 1));
    Dataset each = data.normalize(InputStatistics.of(data).standard());
    assertThat(each.inputShape()).isEqualTo(Shape.of(3, 4));
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      InputStatistics after = InputStatistics.of(Batches.inOrder(each, 100, type));
      assertThat(after.mean()).allSatisfy(m -> assertThat(m).isCloseTo(0, within(1e-4)));
      assertThat(after.deviation()).allSatisfy(d -> assertThat(d).isCloseTo(1, within(1e-5)));
    }
    Dataset overall = data.normalize(InputStatistics.of(data).standardOverall());
    double[] numbers = inputs(overall);
    double[] raw = inputs(data);
    assertThat((numbers[5] - numbers[0]) / (raw[5] - raw[0]))
        .isCloseTo((numbers[9] - numbers[2]) / (raw[9] - raw[2]), within(1e-9));
    assertThat(InputStatistics.of(overall).standardOverall().deviation().get(0))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void streamsAreMeasuredAndScaledAlike() {
    Dataset data = data(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 9});
    INDArray same = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
    Batch first = new Batch(same, Nd4j.ones(DOUBLE, 2, 1));
    Batch second =
        new Batch(Nd4j.createFromArray(new double[][] {{5, 9}}), Nd4j.ones(DOUBLE, 1, 1));
    BatchSource stream =
        BatchSource.of(Shape.of(2), Shape.of(1), epoch -> () -> List.of(first, second).iterator());
    InputScaling scaling = InputStatistics.of(data).standard();
    assertThat(InputStatistics.of(stream).standard()).isEqualTo(scaling);
    BatchSource scaled = stream.normalize(scaling);
    assertThat(inputs(scaled)).isEqualTo(inputs(data.normalize(scaling)));
    assertThat(inputs(scaled)).as("again").isEqualTo(inputs(data.normalize(scaling)));
    assertThat(doubles(same)).as("the source's array").containsExactly(1, 2, 3, 4);
    assertThat(scaled.inputShape()).isEqualTo(Shape.of(2));
    assertThat(scaled.targetShape()).isEqualTo(Shape.of(1));
    assertThat(Batches.inOrder(data, 2, DOUBLE).normalize(scaling).batchesPerEpoch()).hasValue(2);
  }

  /** What the user does: statistics, training, saving; and elsewhere loading and raw numbers. */
  @Test
  void aSavedModelPredictsTheSameOnRawInput(@TempDir Path folder) throws IOException {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      INDArray raw = Near.random(1, type, 60, 3).muli(20).addi(50);
      INDArray targets = raw.getColumns(0).mul(0.1).castTo(type);
      Split split = Dataset.of(raw, targets).split(0.2, 1);
      InputScaling scaling = InputStatistics.of(split.training()).standard();
      Network network = Network.builder(3).dense(8, tanh()).dense(1).dataType(type).seed(1).build();
      Trainer.builder(network)
          .loss(squaredError())
          .optimizer(adam(0.01))
          .batchSize(8)
          .epochs(5)
          .validation(split.validation().normalize(scaling))
          .build()
          .fit(split.training().normalize(scaling));
      network.setInfo(ModelInfo.none().withInputScaling(scaling));
      Path file = folder.resolve(type + ".safetensors");
      ModelFiles.save(network, file);

      Network loaded = ModelFiles.load(file);
      INDArray answers = loaded.predict(loaded.info().inputScaling().orElseThrow().apply(raw));
      Dataset scaled = Dataset.of(raw, targets).normalize(scaling);
      Batch all = Batches.inOrder(scaled, 60, type).evaluation().iterator().next();
      assertThat(doubles(answers)).containsExactly(doubles(network.predict(all.inputs())));
    }
  }

  /** x = (raw − mean) / deviation: (1 − 1) / 2, (9 − 5) / 4, (5 − 1) / 2, (1 − 5) / 4. */
  @Test
  void samplesInAJavaArrayAreScaledOneAfterTheOther() {
    double[] raw = {1, 9, 5, 1};
    InputScaling scaling = new InputScaling(List.of(1.0, 5.0), List.of(2.0, 4.0));
    assertThat(scaling.apply(raw)).containsExactly(0, 1, 2, -1);
    assertThat(raw).containsExactly(1, 9, 5, 1);
    InputScaling one = new InputScaling(List.of(1.0), List.of(2.0));
    assertThat(one.apply(raw)).containsExactly(0, 4, 2, 0);
  }

  /** Saved models and nn-predict divide, too: a product by a reciprocal has other last bits. */
  @Test
  void eachElementIsADivisionInDoublePrecisionThatIsRoundedOnce() {
    float[] raw = new float[256];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = i;
    }
    List<Double> means = Collections.nCopies(raw.length, 33.3);
    for (InputScaling scaling :
        List.of(
            new InputScaling(List.of(33.3), List.of(255.0)),
            new InputScaling(means, Collections.nCopies(raw.length, 255.0)))) {
      INDArray floats = scaling.apply(Nd4j.createFromArray(new float[][] {raw}));
      double[] inJava = scaling.apply(doubles(Nd4j.createFromArray(raw)));
      for (int i = 0; i < raw.length; i++) {
        assertThat(floats.getFloat(0, i)).isEqualTo((float) ((raw[i] - 33.3) / 255));
        assertThat(inJava[i]).isEqualTo((raw[i] - 33.3) / 255);
      }
    }
  }

  @Test
  void refusesWhatCannotBeScaled() {
    Dataset data = data(new double[] {1, 2}, new double[] {3, Double.NaN});
    assertThatThrownBy(() -> InputStatistics.of(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "InputStatistics: expected finite inputs, found NaN as element 1 of sample 1; correct or"
                + " omit the sample");
    InputScaling three = new InputScaling(List.of(1.0, 2.0, 3.0), List.of(1.0, 1.0, 1.0));
    String message =
        "InputScaling: expected one mean, or one for each element of the input [2], found 3; compute the"
            + " statistics of data of this shape";
    assertThatThrownBy(() -> data.normalize(three)).hasMessage(message);
    assertThatThrownBy(() -> Batches.inOrder(data, 2, DOUBLE).normalize(three)).hasMessage(message);
    BatchSource none =
        BatchSource.of(Shape.of(2), Shape.of(1), epoch -> () -> List.<Batch>of().iterator());
    assertThatThrownBy(() -> InputStatistics.of(none))
        .hasMessage(
            "InputStatistics: expected at least one sample, found none; check the source of the data");
  }
}
