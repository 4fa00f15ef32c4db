package org.nn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.Shape;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.data.image.ImageAugmentation;
import org.nn4j.model.Network;
import org.nn4j.train.CheckpointListener;
import org.nn4j.train.Trainer;

class AugmentTest {
  private static final int SAMPLES = 300;
  private static final Augmentation SHAKE = ImageAugmentation.of(4, 4).shift(1).rotate(20);

  private static Dataset images() {
    return Dataset.of(Near.random(1, FLOAT, SAMPLES, 4, 4), Near.random(2, FLOAT, SAMPLES, 1));
  }

  /** The inputs of an epoch, batch after batch; 0 stands for the batches to measure on. */
  private static double[] inputs(Batches batches, int epoch) {
    try (Epoch open = epoch == 0 ? batches.evaluation() : batches.epoch(epoch)) {
      return Stream.iterate(open.iterator(), i -> i.hasNext(), i -> i)
          .flatMapToDouble(i -> Arrays.stream(doubles(i.next().inputs())))
          .toArray();
    }
  }

  private static double[] inputs(Dataset data, int epoch) {
    return inputs(Batches.inOrder(data, 7, FLOAT), epoch);
  }

  @Test
  void eachEpochDrawsAnewAndCanBeRepeated() {
    Dataset augmented = images().augment(SHAKE, 3);
    double[] first = inputs(augmented, 1);
    assertThat(first).isNotEqualTo(inputs(images(), 1));
    assertThat(inputs(augmented, 2)).isNotEqualTo(first);
    assertThat(inputs(augmented, 1)).isEqualTo(first);
    assertThat(inputs(images().augment(SHAKE, 3), 1)).isEqualTo(first);
    assertThat(inputs(images().augment(SHAKE, 4), 1)).isNotEqualTo(first);
  }

  @Test
  void aSampleDependsOnTheSeedTheEpochAndItsIndexAlone() {
    Dataset augmented = images().augment(SHAKE, 3);
    double[] all = inputs(augmented, 5);
    INDArray one = Nd4j.create(FLOAT, 1, 4, 4);
    augmented.inEpoch(5).gather(new int[] {123}, one, Nd4j.create(FLOAT, 1, 1));
    assertThat(doubles(one)).containsExactly(Arrays.copyOfRange(all, 123 * 16, 124 * 16));
    assertThat(inputs(Batches.inOrder(augmented, 64, FLOAT), 5)).isEqualTo(all);
    assertThat(inputs(augmented.subset(123), 5)).containsExactly(doubles(one));
  }

  @Test
  void largeBatchesThatCoresShareHoldTheSameSamples() {
    Dataset augmented =
        Dataset.of(Near.random(1, FLOAT, 2100, 4, 4), Near.random(2, FLOAT, 2100, 1))
            .augment(SHAKE, 3);
    assertThat(inputs(Batches.inOrder(augmented, 2100, FLOAT), 3)).isEqualTo(inputs(augmented, 3));
  }

  @Test
  void equalImagesBecomeDifferentOnes() {
    Dataset same = Dataset.of(Nd4j.ones(FLOAT, 20, 16), Nd4j.ones(FLOAT, 20, 1));
    double[] drawn = inputs(same.augment(SHAKE, 1), 1);
    assertThat(
            IntStream.range(0, 20)
                .mapToObj(i -> Arrays.toString(Arrays.copyOfRange(drawn, 16 * i, 16 * i + 16)))
                .collect(Collectors.toSet()))
        .hasSize(20);
  }

  @Test
  void outsideOfTrainingSamplesAreAsTheyWere() {
    Dataset augmented = images().augment(SHAKE, 3);
    assertThat(inputs(augmented, 0)).isEqualTo(inputs(images(), 0));
    INDArray one = Nd4j.create(FLOAT, 1, 4, 4);
    augmented.gather(new int[] {2}, one, Nd4j.create(FLOAT, 1, 1));
    assertThat(doubles(one)).containsExactly(Arrays.copyOfRange(inputs(images(), 0), 32, 48));
  }

  @Test
  void viewsOfAugmentedDataAreAugmented() {
    double[] all = inputs(images().augment(SHAKE, 3), 2);
    double[] weights = new double[SAMPLES];
    Arrays.fill(weights, 2);
    Dataset view = images().augment(SHAKE, 3).withWeights(weights).split(0.5, 1).training();
    double[] seen = inputs(view, 2);
    assertThat(seen).hasSize(all.length / 2);
    assertThat(all).contains(seen);
    Batch batch = Batches.inOrder(view, 2, FLOAT).epoch(2).iterator().next();
    assertThat(doubles(Objects.requireNonNull(batch.weights()))).containsExactly(2, 2);
    Dataset twice = images().augment(SHAKE, 3).augment((x, random) -> x[0] = 9, 1);
    double[] expected = all.clone();
    for (int i = 0; i < expected.length; i += 16) {
      expected[i] = 9;
    }
    assertThat(inputs(twice, 2)).isEqualTo(expected);
    assertThat(inputs(twice, 0)).isEqualTo(inputs(images(), 0));
  }

  @Test
  void inputsOfAnyTypeAndShapeAreAugmented() {
    double[] floats = inputs(images().augment(SHAKE, 3), 2);
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      INDArray x = Near.random(1, FLOAT, SAMPLES, 16).castTo(type);
      Dataset flat = Dataset.of(x, Nd4j.ones(type, SAMPLES, 1)).augment(SHAKE, 3);
      assertThat(inputs(Batches.inOrder(flat, 50, type), 2)).isEqualTo(floats);
    }
  }

  @Test
  void batchesGatheredAheadAreTheSame() {
    Dataset augmented = images().augment(SHAKE, 3);
    for (int size : new int[] {2, 9}) {
      Batches inline = Batches.shuffled(augmented, size, FLOAT, 1);
      Batches ahead = Batches.shuffled(augmented, size, FLOAT, 1).gatherAhead();
      for (int epoch = 1; epoch <= 3; epoch++) {
        assertThat(inputs(ahead, epoch)).isEqualTo(inputs(inline, epoch));
      }
    }
  }

  @Test
  void manyThreadsGatherAtOnce() throws Exception {
    Dataset drawn = images().augment(SHAKE, 3).inEpoch(1);
    double[] expected = inputs(images().augment(SHAKE, 3), 1);
    Callable<double[]> all =
        () -> {
          INDArray x = Nd4j.create(FLOAT, SAMPLES, 4, 4);
          int[] rows = IntStream.range(0, SAMPLES).toArray();
          drawn.gather(rows, x, Nd4j.create(FLOAT, SAMPLES, 1));
          return doubles(x);
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (var answer : threads.invokeAll(Collections.nCopies(20, all))) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Trainer trainer(Network network, Path folder) {
    return Trainer.builder(network)
        .loss(squaredError())
        .optimizer(sgd(0.05))
        .batchSize(5)
        .epochs(3)
        .seed(4)
        .listener(CheckpointListener.into(folder).everySteps(25).keepLast(100))
        .build();
  }

  private static Network network() {
    return Network.builder(4, 4).flatten().dense(3).dense(1).seed(1).build();
  }

  @Test
  void aResumedRunSeesWhatItWouldHaveSeen(@TempDir Path folder) throws Exception {
    Dataset augmented = images().augment(SHAKE, 3);
    Network undisturbed = network();
    trainer(undisturbed, folder.resolve("one")).fit(augmented);
    Network plain = network();
    trainer(plain, folder.resolve("plain")).fit(images());
    assertThat(doubles(plain.parameters().values()))
        .isNotEqualTo(doubles(undisturbed.parameters().values()));
    Network resumed = network();
    Trainer rest = trainer(resumed, folder.resolve("two"));
    rest.resume(folder.resolve("one").resolve("checkpoint-000000100.safetensors"));
    rest.fit(augmented);
    assertThat(doubles(resumed.parameters().values()))
        .containsExactly(doubles(undisturbed.parameters().values()));
  }

  @Test
  void refusesSamplesThatItDoesNotFit() {
    assertThatThrownBy(() -> images().augment(ImageAugmentation.of(28, 28), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ImageAugmentation: expected samples of one or more images of 28 x 28 = 784 elements,"
                + " found samples [4, 4]; create the augmentation with the height and width of the images");
    assertThat(images().augment((x, random) -> {}, 1).inputShape()).isEqualTo(Shape.of(4, 4));
  }

  @Test
  void whatAnAugmentationLeavesAloneKeepsItsPrecision() {
    double now = 1.6e12;
    Dataset times =
        Dataset.of(new double[][] {{now, 1}, {now + 1000, 2}, {now + 30000, 3}}, new double[3][1]);
    InputScaling scaling = InputStatistics.of(times).standard();
    Augmentation second = (input, random) -> input[1] += 1;
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      double[] expected = inputs(Batches.inOrder(times.normalize(scaling), 3, type), 0);
      Dataset view = times.augment((input, random) -> {}, 1).normalize(scaling);
      assertThat(inputs(Batches.inOrder(view, 3, type), 1)).isEqualTo(expected);
      double[] changed =
          inputs(Batches.inOrder(times.augment(second, 1).normalize(scaling), 3, type), 1);
      double deviation = scaling.deviation().get(1);
      for (int i = 0; i < 6; i += 2) {
        assertThat(changed[i]).isEqualTo(expected[i]);
        assertThat(changed[i + 1]).isCloseTo(expected[i + 1] + 1 / deviation, within(1e-6));
      }
    }
    double third = 1 / 3.0;
    Dataset data = Dataset.of(new double[][] {{third, third}}, new double[1][1]);
    assertThat(inputs(Batches.inOrder(data.augment(second, 1), 1, DOUBLE), 1))
        .containsExactly(third, third + ((double) ((float) third + 1) - (float) third));
  }
}
