package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.momentum;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.optim.schedule.Schedules.reduceOnPlateau;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.init.Initializers;
import org.nn4j.io.Settings;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;
import org.nn4j.train.listener.PlateauListener;

class AveragingTest {
  /** With w = b = 0 the gradient of (w x + b − y)² is −2 x y for w, and −2 y for b. */
  private static TrainingRecipe recipe(boolean momentum) {
    return () ->
        Trainer.builder(Network.builder(1).dense(1).weights(Initializers.zeros()).build())
            .loss(squaredError())
            .optimizer(momentum ? momentum(0.1, 0.5) : sgd(0.1))
            .shuffle(false)
            .batchSize(3);
  }

  private static Sample sample(double x, double y) {
    return Sample.of(new double[] {x}, y);
  }

  private static final List<List<Sample>> PARTS =
      List.of(List.of(sample(1, 1), sample(1, 1), sample(1, 1)), List.of(sample(2, 3)));

  @Test
  void aMeanIsWeightedBySamples() {
    Trainer trainer = recipe(false).builder().epochs(1).build();

    trainer.fit(new LocalWorkers(PARTS, recipe(false), 1));

    // First worker: w = b = 0.1 * 2 = 0.2, 3 samples. Second: w = 0.1 * 12 = 1.2, b = 0.6.
    float[] values = trainer.network().parameters().values().toFloatVector();
    assertThat(values[0]).isEqualTo((3 * 0.2f + 1.2f) / 4);
    assertThat(values[1]).isEqualTo((3 * 0.2f + 0.6f) / 4);
  }

  @Test
  void optimizerStateIsAveragedToo() {
    Trainer trainer = recipe(true).builder().epochs(1).build();

    trainer.fit(new LocalWorkers(PARTS, recipe(true), 1));

    float mean = (3 * velocityAlone(PARTS.get(0)) + velocityAlone(PARTS.get(1))) / 4;
    assertThat(velocity(trainer)).isEqualTo(mean).isNotZero();
    assertThat(trainer.checkpoint().optimizer().steps()).isEqualTo(1);
  }

  private static float velocityAlone(List<Sample> samples) {
    Trainer trainer = recipe(true).builder().epochs(1).build();
    trainer.fit(Dataset.ofSamples(samples.iterator()));
    return velocity(trainer);
  }

  private static float velocity(Trainer trainer) {
    return trainer.checkpoint().optimizer().vectors().values().iterator().next().getFloat(0);
  }

  /** Activation of a user. */
  private static final class Own implements Activation {
    @Override
    public void forward(INDArray z, INDArray a) {
      a.assign(z);
    }

    @Override
    public void backward(INDArray dA, INDArray a, INDArray dZ) {
      dZ.assign(dA);
    }
  }

  @Test
  void anActivationOfTheUserIsAveragedByItsRegistry() throws Exception {
    ModelRegistry registry =
        ModelRegistry.standard()
            .withActivation("own", Own.class, own -> Settings.none(), settings -> new Own());
    TrainingRecipe recipe =
        () ->
            Trainer.builder(Network.builder(1).dense(1, new Own()).seed(1).build())
                .loss(squaredError())
                .optimizer(momentum(0.01, 0.5))
                .batchSize(3)
                .registry(registry);
    Trainer alone = recipe.builder().epochs(2).build();
    alone.fit(Dataset.ofSamples(PARTS.get(0).iterator()));
    Trainer trainer = recipe.builder().epochs(2).build();

    trainer.fit(new LocalWorkers(List.of(PARTS.get(0)), recipe, 1));

    assertThat(trainer.network().parameters().values())
        .isEqualTo(alone.network().parameters().values());
    recipe.builder().buildWorker().requireSameRun(trainer.checkpoint());
  }

  @Test
  void aRateThatFollowsTheValidationReachesTheWorkers() {
    TrainingRecipe recipe =
        () -> {
          ReduceOnPlateau rate = reduceOnPlateau(0.05, 0.5, 0, 0, 0);
          return Trainer.builder(Network.builder(1).dense(1).seed(1).build())
              .loss(squaredError())
              .optimizer(momentum(rate, 0.5))
              .batchSize(1)
              .listener(PlateauListener.of(rate));
        };
    Dataset unlike = Dataset.ofSamples(List.of(sample(1, -9)).iterator());
    Dataset samples = Dataset.ofSamples(PARTS.get(0).iterator());
    Trainer alone = recipe.builder().validation(unlike).epochs(4).build();
    History expected = alone.fit(samples);
    Trainer trainer = recipe.builder().validation(unlike).epochs(4).build();

    History history = trainer.fit(new LocalWorkers(List.of(PARTS.get(0)), recipe, 1));

    assertThat(history.epochs()).extracting(EpochResult::learningRate).contains(0.05, 0.025);
    assertThat(history.last().loss()).isEqualTo(expected.last().loss());
    assertThat(TrainingSets.values(trainer)).isEqualTo(TrainingSets.values(alone));
  }
}
