package org.nn4j.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.api.buffer.DataType.INT32;
import static org.nd4j.linalg.api.buffer.DataType.INT64;
import static org.nd4j.linalg.api.buffer.DataType.UINT8;
import static org.nn4j.Near.doubles;
import static org.nn4j.activation.Activations.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Labels;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.metric.Predictions;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;

/** Arrays of integers, of booleans and of large numbers mean what they hold. */
class NumberTypesTest {
  private static final double EPOCH = 1.7e12;
  private static final int ROWS = 8;

  /** Timestamps in milliseconds, a second apart: floats hold none of their differences. */
  private static double[][] timestamps() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> new double[] {EPOCH + 1000 * i, i % 3})
        .toArray(double[][]::new);
  }

  private static double[][] targets() {
    return IntStream.range(0, ROWS).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
  }

  /** What the timestamps become. */
  private static final double[] STANDARD =
      IntStream.range(0, ROWS).mapToDouble(i -> (i - 3.5) / Math.sqrt(5.25)).toArray();

  private static void assertStandard(INDArray inputs) {
    assertThat(doubles(inputs.getColumn(0))).containsExactly(STANDARD, within(1e-6));
  }

  private static INDArray gathered(Dataset data, DataType type) {
    INDArray inputs = Nd4j.create(type, data.inputShape().withBatch(data.size()), 'c');
    INDArray targets = Nd4j.create(type, data.targetShape().withBatch(data.size()), 'c');
    data.gather(IntStream.range(0, data.size()).toArray(), inputs, targets);
    return inputs;
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UTF8", "COMPRESSED", "UNKNOWN"})
  void whatIsServedIsScaledAsWhatWasTrainedOn(DataType type) {
    double[][] numbers = {{0, 51, 102}, {1, 100, 3}};
    INDArray raw = Nd4j.createFromArray(numbers).castTo(type);
    INDArray exact = raw.castTo(DOUBLE);
    DataType expectedType = type == DOUBLE ? DOUBLE : FLOAT;
    InputScaling each = new InputScaling(List.of(1.0, 2.0, 3.0), List.of(3.0, 7.0, 255.0));
    for (InputScaling scaling : List.of(InputScaling.divideBy(255), each)) {
      INDArray served = scaling.apply(raw);
      assertThat(served.dataType()).isEqualTo(expectedType);
      INDArray trained = gathered(Dataset.of(raw, exact).normalize(scaling), expectedType);
      assertThat(doubles(served)).isEqualTo(doubles(trained));
      for (int i = 0; i < 6; i++) {
        int k = scaling.mean().size() == 1 ? 0 : i % 3;
        double x =
            (exact.getDouble(i / 3, i % 3) - scaling.mean().get(k)) / scaling.deviation().get(k);
        assertThat(served.getDouble(i / 3, i % 3))
            .isEqualTo(expectedType == FLOAT ? (double) (float) x : x);
      }
      assertThat(doubles(scaling.apply(raw, FLOAT)))
          .isEqualTo(doubles(gathered(Dataset.of(raw, exact).normalize(scaling), FLOAT)));
      assertThat(doubles(scaling.apply(raw, DOUBLE)))
          .isEqualTo(doubles(scaling.apply(exact)))
          .isEqualTo(scaling.apply(doubles(exact)));
    }
    assertThat(doubles(raw)).as("not changed").isEqualTo(doubles(exact));
  }

  @Test
  void pixelsAreDividedAndNotTruncated() {
    INDArray raw = Nd4j.createFromArray(0, 51, 102, 255).reshape(1, 4).castTo(UINT8);
    assertThat(doubles(InputScaling.divideBy(255).apply(raw))).containsExactly(0, 0.2f, 0.4f, 1);
    INDArray none = InputScaling.divideBy(255).apply(Nd4j.create(UINT8, 0, 4));
    assertThat(none.shape()).containsExactly(0, 4);
    assertThat(none.dataType()).isEqualTo(FLOAT);
  }

  @Test
  void whatCannotBeScaledIsRefused() {
    InputScaling scaling = InputScaling.divideBy(255);
    assertThatThrownBy(() -> scaling.apply(Nd4j.create(UINT8, 1, 4), INT32))
        .hasMessage(
            "InputScaling.apply: expected data type FLOAT or DOUBLE, found INT; pass the data type of the"
                + " network");
    assertThatThrownBy(() -> scaling.apply(Nd4j.create("a", "b").reshape(1, 2)))
        .hasMessage(
            "InputScaling.apply: expected an array of numbers, found UTF8; convert its elements to"
                + " numbers first");
    InputScaling two = new InputScaling(List.of(1.0, 2.0), List.of(1.0, 1.0));
    assertThatThrownBy(() -> two.apply(new double[3]))
        .hasMessage(
            "InputScaling: expected samples of 2 elements, one after the other, found 3"
                + " numbers; pass all elements of each sample");
  }

  /** A data set of the user's. */
  private static final class Own implements Dataset {
    private final double[][] inputs = timestamps();

    @Override
    public int size() {
      return inputs.length;
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
    public void gather(int[] rows, INDArray x, INDArray y) {
      assertThat(x.dataType()).isEqualTo(y.dataType());
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < 2; j++) {
          x.putScalar(i, j, inputs[rows[i]][j]);
        }
        y.putScalar(i, 0, rows[i]);
      }
    }
  }

  @Test
  void doublesAreScaledBeforeTheyAreCast() {
    Dataset own = new Own();
    Dataset doubles = Dataset.of(timestamps(), targets());
    INDArray longs = Nd4j.createFromArray(timestamps()).castTo(INT64);
    List<Sample> samples = new ArrayList<>();
    for (double[] input : timestamps()) {
      samples.add(Sample.of(input, 1));
    }
    InputScaling scaling = InputStatistics.of(doubles).standard();
    assertThat(scaling.deviation().get(0)).isEqualTo(1000 * Math.sqrt(5.25), within(1e-6));
    InputScaling seconds = InputScaling.divideBy(1000);
    int[] all = IntStream.range(0, ROWS).toArray();
    for (Dataset data :
        List.of(
            own,
            doubles,
            Dataset.of(longs, longs.dup()),
            Dataset.of(Nd4j.createFromArray(timestamps()), Nd4j.create(FLOAT, ROWS, 1)),
            Dataset.ofLabels(timestamps(), new int[ROWS], 2),
            Dataset.ofSamples(samples.iterator()),
            doubles.subset(all),
            doubles.take(3).concat(doubles.subset(3, 4, 5, 6, 7)),
            doubles.withWeights(1, 2, 3, 4, 5, 6, 7, 8),
            doubles.augment((input, random) -> input[0]++, 1),
            doubles.mapTargets(y -> y.mul(2)))) {
      assertThat(InputStatistics.of(data).standard()).as(data.toString()).isEqualTo(scaling);
      for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
        assertStandard(gathered(data.normalize(scaling), type));
        assertStandard(gathered(data.normalize(scaling).normalize(InputScaling.divideBy(1)), type));
        assertStandard(
            gathered(
                data.mapInputs(x -> x.subRowVector(row(scaling.mean(), x.dataType())))
                    .mapInputs(x -> x.divRowVector(row(scaling.deviation(), x.dataType()))),
                type));
        Dataset first = data.normalize(seconds);
        assertStandard(gathered(first.normalize(InputStatistics.of(first).standard()), type));
        Batches batches = Batches.inOrder(data, ROWS, type);
        assertThat(InputStatistics.of(batches).standard()).isEqualTo(scaling);
        assertStandard(batches.normalize(scaling).evaluation().iterator().next().inputs());
      }
    }
  }

  private static INDArray row(List<Double> numbers, DataType type) {
    double[] row = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return Nd4j.createFromArray(row).reshape(1, row.length).castTo(type);
  }

  @Test
  void targetsAreMappedBeforeTheyAreCast() {
    Dataset data = Dataset.of(targets(), timestamps()).mapTargets(y -> y.sub(EPOCH).divi(1000));
    INDArray inputs = Nd4j.create(FLOAT, ROWS, 1);
    INDArray mapped = Nd4j.create(FLOAT, ROWS, 2);
    data.gather(IntStream.range(0, ROWS).toArray(), inputs, mapped);
    assertThat(doubles(mapped.getColumn(0))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(doubles(inputs)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void samplesOfAStreamAreScaledBeforeTheyAreCast() {
    BatchSource source =
        BatchSource.ofSamples(
            Shape.of(2),
            Shape.of(1),
            ROWS,
            FLOAT,
            epoch -> Arrays.stream(timestamps()).map(input -> Sample.of(input, 1)));
    InputScaling scaling = InputStatistics.of(source).standard();
    assertThat(scaling.deviation().get(0)).isEqualTo(1000 * Math.sqrt(5.25), within(1e-6));
    Batch batch = source.normalize(scaling).epoch(1).iterator().next();
    assertThat(batch.inputs().dataType()).isEqualTo(FLOAT);
    assertStandard(batch.inputs());
    BatchSource shuffled = source.shuffled(1, 1);
    assertThat(InputStatistics.of(shuffled).standard()).isEqualTo(scaling);
    assertStandard(shuffled.normalize(scaling).epoch(1).iterator().next().inputs());
    BatchSource first = source.normalize(InputScaling.divideBy(1000));
    BatchSource twice = first.normalize(InputStatistics.of(first).standard());
    assertStandard(twice.epoch(1).iterator().next().inputs());
  }

  @Test
  void doublesAreServedAsTheyWereTrainedOn() throws Exception {
    double[][] raw = timestamps();
    InputScaling scaling = InputStatistics.of(Dataset.of(raw, targets())).standard();
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Network network = Network.builder(2).dense(3, tanh()).dense(2).dataType(type).build();
      INDArray trainedOn = gathered(Dataset.of(raw, targets()).normalize(scaling), type);
      double[] expected = doubles(network.predict(trainedOn));
      assertThat(doubles(network.predict(scaling.apply(Nd4j.createFromArray(raw), type))))
          .isEqualTo(expected);
      try (Predictor predictor = Predictor.of(network)) {
        double[] flat = Arrays.stream(raw).flatMapToDouble(Arrays::stream).toArray();
        assertThat(predictor.predict(scaling.apply(flat))).isEqualTo(expected);
        assertThatThrownBy(() -> predictor.predict(new double[3]))
            .hasMessageContaining("samples of 2 elements");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"BOOL", "UBYTE", "BYTE", "SHORT", "INT", "LONG", "HALF", "BFLOAT16", "UINT16"})
  void integersAreMeasuredAsNumbers(DataType type) {
    INDArray a = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 0, 1}, {1, 0, 0}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}, {1, 0, 0}});
    for (Metric metric :
        List.of(
            Metrics.accuracy(),
            Metrics.topKAccuracy(2),
            Metrics.confusionMatrix(3),
            Metrics.mae(),
            Metrics.mse(),
            Metrics.rSquared(),
            Metrics.toleranceAccuracy(0.5))) {
      metric.update(a, y);
      double expected = metric.value();
      metric.reset();
      metric.update(a.castTo(type), y.castTo(type));
      assertThat(metric.value()).as(metric.name()).isEqualTo(expected);
    }
    assertThat(Predictions.classIndices(a.castTo(type))).containsExactly(0, 2, 0);
    assertThat(doubles(Predictions.oneHot(a.castTo(type)))).isEqualTo(doubles(a));
    assertThat(doubles(Labels.oneHot(new int[] {0, 2, 0}, 3, type))).isEqualTo(doubles(a));
    assertThat(InputStatistics.of(Dataset.of(a.castTo(type), y.castTo(type))).mean())
        .isEqualTo(InputStatistics.of(Dataset.of(a, y)).mean());
    assertThat(Dataset.of(a, y.castTo(type)).classes()).containsExactly(0, 1, 0);
    for (DataType batch : new DataType[] {FLOAT, DOUBLE}) {
      assertThat(doubles(gathered(Dataset.of(a.castTo(type), y), batch))).isEqualTo(doubles(a));
      assertThat(doubles(gathered(Dataset.of(a.castTo(type), y).mapInputs(x -> x.div(2)), batch)))
          .isEqualTo(doubles(a.div(2)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"BOOL", "UBYTE", "INT", "LONG"})
  void lossesAndNetworksTakeNoIntegers(DataType type) {
    INDArray a = Nd4j.createFromArray(new double[][] {{1, 0}}).castTo(type);
    assertThatThrownBy(() -> Losses.squaredError().perSample(a, a))
        .hasMessage(
            "squared error (sum over outputs): expected predictions of data type FLOAT or"
                + " DOUBLE, found "
                + type
                + "; cast them with castTo(DataType.FLOAT); see docs/troubleshooting.md#data-type");
    Network network = Network.builder(2).dense(1).build();
    assertThatThrownBy(() -> network.predict(a))
        .hasMessageContaining("expected input of data type FLOAT, found " + type);
  }
}
