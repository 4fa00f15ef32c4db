package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.onBatchEnd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.DivergedException;
import org.nn4j.Optimizer;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.metric.NamedMetric;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.listener.PlateauListener;

public class TrainerTest {
  /** Points in the plane; the class is the quadrant. */
  public static Dataset quadrants(int seed, int n) {
    INDArray x = random(seed, FLOAT, n, 2);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (x.getDouble(i, 0) > 0 ? 1 : 0) + (x.getDouble(i, 1) > 0 ? 2 : 0);
    }
    return Dataset.of(x, Labels.oneHot(labels, 4, FLOAT));
  }

  public static Network network() {
    return Network.builder(2).dense(16, tanh()).dense(4, softmax()).seed(1).build();
  }

  public static TrainerBuilder trainer(Network network) {
    return Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.5)).batchSize(16).seed(2);
  }

  @Test
  void learnsAndValidates() {
    Network network = network();
    Trainer trainer =
        trainer(network)
            .epochs(30)
            .validation(quadrants(2, 1100))
            .metric(Metrics.accuracy())
            .build();
    History history = trainer.fit(quadrants(1, 500));
    assertThat(history.epochs()).hasSize(30);
    assertThat(history.last().epoch()).isEqualTo(30);
    assertThat(history.last().validation().figures()).containsOnlyKeys("loss", "accuracy");
    assertThat(history.last().validation().value(accuracy())).isGreaterThan(0.95);
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss() / 3);
    assertThat(history.last().samplesPerSecond()).isPositive();
    Evaluator evaluator = Evaluator.of(network).loss(crossEntropy());
    assertThat(evaluator.evaluate(quadrants(3, 500)).loss()).isLessThan(0.3);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    List<double[]> runs = new ArrayList<>();
    for (long seed : new long[] {7, 7, 8}) {
      Network network = network();
      trainer(network).seed(seed).epochs(3).build().fit(quadrants(1, 203));
      runs.add(doubles(network.parameters().values()));
    }
    assertThat(runs.get(0)).containsExactly(runs.get(1));
    assertThat(runs.get(0)).isNotEqualTo(runs.get(2));
  }

  @Test
  void twoFitsAreTheSameAsOneOfAllEpochs() {
    Network once = network();
    trainer(once).epochs(4).build().fit(quadrants(1, 100));
    Network twice = network();
    Trainer trainer = trainer(twice).epochs(2).build();
    trainer.fit(quadrants(1, 100));
    History second = trainer.fit(quadrants(1, 100));
    assertThat(doubles(twice.parameters().values()))
        .containsExactly(doubles(once.parameters().values()));
    assertThat(second.last().epoch()).isEqualTo(4);
  }

  @Test
  void theReportedLossIsTheMeanOverAllSamples() {
    Network network = network();
    double[] sum = new double[1];
    TrainingListener adder =
        onBatchEnd((event, training) -> sum[0] += event.loss() * event.samples());
    History history = trainer(network).epochs(1).listener(adder).build().fit(quadrants(1, 20));
    assertThat(history.last().loss()).isEqualTo(sum[0] / 20);
  }

  @Test
  void keepsTheOrderOfTheDataIfAsked() {
    Network shuffled = network();
    trainer(shuffled).epochs(1).build().fit(quadrants(1, 64));
    Network first = network();
    trainer(first).epochs(1).shuffle(false).seed(1).build().fit(quadrants(1, 64));
    Network second = network();
    trainer(second).epochs(1).shuffle(false).seed(2).build().fit(quadrants(1, 64));
    assertThat(doubles(first.parameters().values()))
        .containsExactly(doubles(second.parameters().values()))
        .isNotEqualTo(doubles(shuffled.parameters().values()));
  }

  @Test
  void aLossThatIsNotFiniteStopsTrainingBeforeTheStep() {
    Network network = network();
    Dataset data = quadrants(1, 32);
    INDArray poisoned = random(1, FLOAT, 32, 2).putScalar(20, 0, Double.NaN);
    Dataset bad = Dataset.ofLabels(poisoned, new int[32], 4);
    Trainer trainer = trainer(network).shuffle(false).epochs(1).build();
    trainer.fit(data);
    assertThatThrownBy(() -> trainer.fit(bad))
        .isInstanceOfSatisfying(
            DivergedException.class,
            e -> {
              assertThat(e.epoch()).isEqualTo(2);
              assertThat(e.step()).isEqualTo(4);
              assertThat(e.loss()).isNaN();
              assertThat(e.learningRate()).isEqualTo(0.5);
            })
        .hasMessageStartingWith(
            "training, epoch 2, step 4: expected finite numbers, found a loss of NaN at learning"
                + " rate"
                + " 0.5, and as the first that is not finite the inputs of the batch; lower the"
                + " learning rate, scale the inputs to about [0, 1], or check the data for NaN");
    assertThat(doubles(network.parameters().values())).doesNotContain(Double.NaN);
  }

  @Test
  void penaltiesArePartOfTheTrainingLossAndPullWeightsIn() {
    Network plain = network();
    Network held = network();
    Dataset data = quadrants(1, 64);
    double weights = 0;
    for (int i : new int[] {0, 2}) {
      for (double w : doubles(held.parameters().get(i).value())) {
        weights += w * w;
      }
    }
    History without = trainer(plain).epochs(1).batchSize(64).build().fit(data);
    History with =
        trainer(held).epochs(1).batchSize(64).penalty(Penalties.l2(0.1)).build().fit(data);
    assertThat(with.last().loss()).isCloseTo(without.last().loss() + 0.05 * weights, within(1e-5));
    Trainer trainer = trainer(held).epochs(100).penalty(Penalties.l2(0.1)).build();
    trainer.fit(data);
    assertThat(held.parameters().get(0).value().norm2Number().doubleValue())
        .isLessThan(plain.parameters().get(0).value().norm2Number().doubleValue());
  }

  @Test
  void clippingBoundsTheStep() {
    Network network = network();
    INDArray before = network.parameters().values().dup();
    trainer(network)
        .clipping(GradientClipping.byNorm(0.01))
        .epochs(1)
        .batchSize(64)
        .build()
        .fit(quadrants(1, 64));
    double step = network.parameters().values().sub(before).norm2Number().doubleValue();
    assertThat(step).isCloseTo(0.5 * 0.01, within(1e-6));
  }

  @Test
  void aPlateauOfTheValidationLossLowersTheRate() {
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(0.5);
    Optimizer optimizer = sgd(schedule);
    Dataset noise = Dataset.of(random(5, FLOAT, 64, 2), Labels.oneHot(new int[64], 4, FLOAT));
    trainer(network())
        .optimizer(optimizer)
        .epochs(40)
        .validation(noise)
        .listener(PlateauListener.of(schedule))
        .build()
        .fit(quadrants(1, 64));
    assertThat(optimizer.learningRate()).isLessThan(0.5);
    Trainer blind = trainer(network()).listener(PlateauListener.of(schedule)).build();
    assertThatThrownBy(() -> blind.fit(quadrants(1, 64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "PlateauListener: expected the figure 'validation_loss', found no validation data; set"
                + " validation data and this metric in the trainer, or monitor another figure");
  }

  @Test
  void frozenLayersStayWhileOthersTrain() {
    Network network = network();
    network.layers().get(0).freeze(true);
    double[] first = doubles(network.parameters().get(0).value());
    double[] second = doubles(network.parameters().get(2).value());
    trainer(network).optimizer(adam(0.01)).epochs(2).build().fit(quadrants(1, 64));
    assertThat(doubles(network.parameters().get(0).value())).containsExactly(first);
    assertThat(doubles(network.parameters().get(2).value())).isNotEqualTo(second);
  }

  @Test
  void refusesDataThatDoesNotFit() {
    Trainer trainer = trainer(network()).build();
    Dataset wrong = Dataset.of(random(1, FLOAT, 5, 3), random(1, FLOAT, 5, 4));
    assertThatThrownBy(() -> trainer.fit(wrong))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Trainer, training data, inputs: expected samples of the network's shape [2], found"
                + " [3];"
                + " reshape the data with mapInputs or mapTargets, or build the network for it");
    Dataset wrongTargets = Dataset.of(random(1, FLOAT, 5, 2), random(1, FLOAT, 5, 1));
    assertThatThrownBy(() -> trainer(network()).validation(wrongTargets).build())
        .hasMessageStartingWith(
            "Trainer, validation data, targets: expected samples of the network's shape [4], found"
                + " [1]");
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> trainer(network()).batchSize(0))
        .hasMessage("Trainer: expected a positive batch size, found 0; pass 1 or more");
    assertThatThrownBy(() -> trainer(network()).epochs(-1))
        .hasMessage("Trainer: expected a positive number of epochs, found -1; pass 1 or more");
    assertThatThrownBy(() -> Trainer.builder(network()).optimizer(sgd(1)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Trainer: expected a loss, found none; call loss(...) before build()");
    assertThatThrownBy(() -> Trainer.builder(network()).loss(squaredError()).build())
        .hasMessage(
            "Trainer: expected an optimizer, found none; call optimizer(...) before build()");
  }

  @Test
  void aLastStepThatBreaksTheParametersIsNoticed() {
    Trainer trainer = trainer(network()).optimizer(sgd(1e300)).batchSize(64).epochs(1).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 64)))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("training, epoch 1, step 1: expected finite numbers")
        .hasMessageContaining("the parameter 'weight' of layer 1 of 2, Dense(2 -> 16, tanh)");
  }

  @Test
  void anOptimizerServesOneNetwork() {
    Optimizer optimizer = adam(0.01);
    trainer(network()).optimizer(optimizer).epochs(1).build().fit(quadrants(1, 16));
    Trainer second = trainer(network()).optimizer(optimizer).epochs(1).build();
    assertThatThrownBy(() -> second.fit(quadrants(1, 16)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("create an optimizer for each trainer");
  }

  @Test
  void refusesMetricsOfOneName() {
    TrainerBuilder builder = trainer(network()).validationSplit(0.5).metric(Metrics.accuracy());
    assertThatThrownBy(() -> builder.metric(Metrics.accuracy()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Evaluator: expected metrics of different names, none of them 'loss', found 'accuracy'"
                + " twice; omit one or rename it");
  }

  @Test
  void aNetworkWithoutParametersIsTrainedAndSaved(@TempDir Path folder) throws IOException {
    for (Supplier<Optimizer> optimizer :
        List.<Supplier<Optimizer>>of(
            () -> sgd(0.1), () -> adam(0.1), () -> Optimizers.adamW(0.1))) {
      for (DataType type : new DataType[] {FLOAT, DataType.DOUBLE}) {
        Network network =
            Network.builder(4).activation(softmax()).dropout(0.5).dataType(type).build();
        Dataset data = Dataset.of(Labels.oneHot(new int[] {0, 1, 2, 3}, 4, FLOAT), Nd4j.eye(4));
        Trainer trainer =
            Trainer.builder(network)
                .loss(squaredError())
                .optimizer(optimizer.get())
                .clipping(GradientClipping.byNorm(1))
                .penalty(Penalties.l2(0.1))
                .penalty(Penalties.l1(0.1))
                .validation(data)
                .listener(EarlyStopping.after(3))
                .accumulate(2)
                .batchSize(1)
                .epochs(3)
                .build();
        assertThat(trainer.fit(data).epochs()).hasSize(3);
        trainer.checkpoint().save(folder.resolve("checkpoint"));
        trainer.resume(folder.resolve("checkpoint"));
        ModelFiles.save(network.copy(), folder.resolve("model"));
        assertThat(ModelFiles.load(folder.resolve("model")).parameters().length()).isZero();
      }
    }
  }

  @Test
  void dropLastNeedsDataForAFullStep() {
    Dataset twelve = quadrants(1, 12);
    Trainer large = trainer(network()).epochs(1).batchSize(32).dropLast(true).build();
    assertThatThrownBy(() -> large.fit(twelve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Trainer, dropLast: expected training data of at least one full step, 32 samples, found"
                + " 12 samples; set a smaller batchSize or accumulate, or leave out dropLast");
    Trainer huge =
        trainer(network()).epochs(1).batchSize(1 << 20).accumulate(1 << 12).dropLast(true).build();
    assertThatThrownBy(() -> huge.fit(twelve))
        .hasMessageContaining("full step, 4294967296 samples, found 12 samples;");
  }

  @Test
  void aMetricNeedsValidationData() {
    TrainerBuilder builder = trainer(network()).metric(Metrics.accuracy());
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Trainer: expected validation data for the metric 'accuracy', found none; call"
                + " validation(data) or validationSplit(0.2), or use trainingMetric(...)");
    builder.validationSplit(0.5).build();
  }

  @Test
  void aMetricHasANameInOneLine() {
    for (String name : List.of("a\nb", "a\r", "\u0000")) {
      Metric metric = new NamedMetric(name);
      for (TrainerBuilder builder :
          List.of(
              trainer(network()).validationSplit(0.5).metric(metric),
              trainer(network()).trainingMetric(metric))) {
        assertThatThrownBy(builder::build)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(
                "Evaluator: expected a name of a metric in one line, without control characters,"
                    + " found '")
            .hasMessageEndingWith("'; return another name from its name()")
            .hasMessageNotContainingAny(name);
      }
    }
  }
}
