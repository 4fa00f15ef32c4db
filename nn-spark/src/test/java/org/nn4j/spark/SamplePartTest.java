package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.RunLength;
import org.nn4j.activation.Activations;
import org.nn4j.data.Sample;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.Progress;
import org.nn4j.train.DataParallel;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainingWorker;
import scala.reflect.ClassTag;

class SamplePartTest {
  private static TrainingWorker worker() {
    return TrainingSets.RECIPE.builder().buildWorker();
  }

  private static String problem(int row, Sample wrong) {
    List<Sample> samples = new ArrayList<>(TrainingSets.SAMPLES.subList(0, 4));
    samples.set(row, wrong);
    return SamplePart.of(7, samples.iterator(), worker()).problem();
  }

  @Test
  void aProblemNamesPartitionAndRow() {
    assertThat(problem(2, Sample.of(new double[] {1, 2}, 1, 0)))
        .isEqualTo(
            "partition 7, row 2, inputs: expected 3 elements, found 2; correct or remove the row");
    assertThat(problem(3, Sample.of(new double[] {1, 2, 3}, 1)))
        .isEqualTo(
            "partition 7, row 3, targets: expected 2 elements, found 1; correct or remove the row");
    assertThat(problem(1, Sample.of(new double[] {1, 2, 3}, 1, 1)))
        .startsWith("partition 7, row 1, ");
    assertThat(problem(1, Sample.of(new double[] {1e300, 2, 3}, 1, 0)))
        .startsWith("partition 7, TrainingWorker, row 1: expected finite inputs");
  }

  @Test
  void aRowThatCannotBeReadIsNamed() {
    Iterator<Sample> failing =
        TrainingSets.SAMPLES.stream()
            .map(sample -> Sample.of(new double[] {Double.parseDouble("x")}, 1))
            .iterator();

    assertThat(SamplePart.of(0, failing, worker()).problem())
        .isEqualTo("partition 0, row 0, For input string: \"x\"");
  }

  @Test
  void samplesOfDoublesKeepTheirPrecision() {
    TrainingWorker worker =
        Trainer.builder(
                Network.builder(1).dataType(DataType.DOUBLE).dense(1, Activations.tanh()).build())
            .loss(Losses.squaredError())
            .optimizer(Optimizers.sgd(0.1))
            .buildWorker();
    SamplePart part =
        SamplePart.of(0, List.of(Sample.of(new double[] {0.1}, 1e-17)).iterator(), worker);

    double target =
        part.onRows(
            new int[] {0},
            worker.network(),
            data -> {
              double[] found = {0};
              try (var batches = org.nn4j.data.batch.Batches.inOrder(data, 1, DataType.DOUBLE)) {
                found[0] = batches.epoch(1).iterator().next().targets().getDouble(0);
              }
              return found[0];
            });

    assertThat(target).isEqualTo(1e-17);
  }

  @Test
  void whatTravelsSurvivesBothSerializersOfSpark() {
    SamplePart part = SamplePart.of(1, TrainingSets.SAMPLES.iterator(), worker());
    WorkerState values = WorkerState.of(worker().network().parameters().values());
    Shares shares = Shares.ofSamples(new int[] {0, 64}, 8);
    WorkerRound round =
        new WorkerRound(
            values, DataParallel.Exchange.GRADIENTS, shares, Progress.START, 1, RunLength.of(2, 8));
    PartResult expected = WorkerTask.run(part, round, worker());
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();

    PartResult found = copy(WorkerTask.run(copy(part, kryo), copy(round, kryo), worker()), kryo);

    assertThat(found.state().values()).isEqualTo(expected.state().values());
    assertThat(found.lossSum()).isEqualTo(expected.lossSum());
    assertThat(found.samples()).isEqualTo(8);
    assertThat(copy(round, kryo).length()).isEqualTo(RunLength.of(2, 8));
    assertThat(copy(TrainingSets.SAMPLES.get(0), kryo).input())
        .isEqualTo(TrainingSets.SAMPLES.get(0).input());
  }

  private static <T> T copy(T object, SerializerInstance serializer) {
    ClassTag<T> tag = scala.reflect.ClassTag$.MODULE$.apply(object.getClass());
    return serializer.deserialize(serializer.serialize(object, tag), tag);
  }

  @Test
  void aSourceMayUseItsArraysAgain() {
    double[] x = new double[3];
    double[] y = new double[2];
    Iterator<Sample> reusing =
        IntStream.range(0, 4)
            .mapToObj(
                i -> {
                  Arrays.fill(x, i);
                  y[0] = i % 2;
                  y[1] = 1 - i % 2;
                  return Sample.of(x, y);
                })
            .iterator();
    TrainingWorker worker = worker();
    SamplePart part = SamplePart.of(0, reusing, worker);
    INDArray inputs = Nd4j.create(worker.network().dataType(), 4, 3);
    INDArray targets = Nd4j.create(worker.network().dataType(), 4, 2);
    int[] rows = {0, 1, 2, 3};
    part.onRows(
        rows,
        worker.network(),
        data -> {
          data.gather(rows, inputs, targets);
          return rows;
        });
    assertThat(inputs.toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {3, 3, 3}});
  }

  @Test
  void aPartThatIsComputedAgainWithOtherSamplesIsRefused() {
    TrainingWorker worker = worker();
    SamplePart part = SamplePart.of(0, TrainingSets.SAMPLES.subList(0, 8).iterator(), worker);
    WorkerState values = WorkerState.of(worker.network().parameters().values());
    WorkerRound round =
        new WorkerRound(
            values,
            DataParallel.Exchange.GRADIENTS,
            Shares.ofSamples(new int[] {9}, 9),
            Progress.START,
            1,
            RunLength.of(1, 1));

    assertThatThrownBy(() -> WorkerTask.run(part, round, worker))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SparkTraining, partition 0: expected the samples of the first pass, 9, found 8; write"
                + " the samples to files or checkpoint the RDD before training");
  }

  @Test
  void meansOfEqualVectorsHaveTheirBits() {
    double[] vector = new Random(1).doubles(1000).toArray();
    MeanVector mean = new MeanVector();
    for (int weight : new int[] {30, 9, 25}) {
      mean.add(vector, weight);
    }
    assertThat(mean.mean(DataType.DOUBLE).toDoubleVector()).containsExactly(vector);
  }

  @Test
  void meansOfDoublesAreDoubles() {
    MeanVector mean = new MeanVector();
    try (INDArray array = Nd4j.createFromArray(1.0, 2.0)) {
      double[] one = Vectors.doubles(Vectors.bytes(array), DataType.DOUBLE);
      mean.add(one, 1);
      mean.addSum(one, 2);
    }

    assertThat(mean.mean(DataType.DOUBLE).toDoubleVector())
        .containsExactly(new double[] {2 / 3.0, 4 / 3.0}, within(1e-15));
  }

  private static TrainingWorker take(String run) {
    return IdleWorkers.use(run, TrainingSets.RECIPE, worker -> worker);
  }

  @Test
  void idleWorkersAreThoseOfTheLatestRun() {
    TrainingWorker first = take("a");
    TrainingWorker other =
        IdleWorkers.use("a", TrainingSets.RECIPE, worker -> take("b")); // the first is busy

    assertThat(other).isNotSameAs(first);
    assertThat(take("b")).isSameAs(other);
    assertThatThrownBy(() -> first.network().parameters().values())
        .isInstanceOf(IllegalStateException.class);
  }
}
