package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.onBatchEnd;

import org.junit.jupiter.api.Test;
import org.nn4j.DivergedException;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;

class DivergenceTest {
  private static final Dataset DATA = Dataset.of(random(1, FLOAT, 8, 2), random(2, FLOAT, 8, 3));

  private static Network network() {
    return Network.builder(2).dense(4, relu()).dense(5, relu()).dense(3).seed(1).build();
  }

  private static TrainerBuilder trainer(Network network) {
    return Trainer.builder(network).loss(squaredError()).optimizer(sgd(0.1)).epochs(1);
  }

  private static void assertFirst(Network network, Dataset data, String where) {
    double[] before = doubles(network.parameters().values());
    Trainer trainer = trainer(network).build();
    assertThatThrownBy(() -> trainer.fit(data))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("training, epoch 1, step 1: expected finite numbers, found a loss")
        .hasMessageContaining("the first that is not finite " + where + ";");
    assertThat(doubles(network.parameters().values())).containsExactly(before);
  }

  @Test
  void theFirstPlaceThatIsNotFiniteIsNamed() {
    Network poisoned = network();
    poisoned.parameters().get(2).value().putScalar(0, Double.NaN);
    assertFirst(poisoned, DATA, "the parameter 'weight' of layer 2 of 3, Dense(4 -> 5, relu)");

    Network large = network();
    large.parameters().get(2).value().assign(3e38);
    assertFirst(large, DATA, "the output of layer 2 of 3, Dense(4 -> 5, relu)");
  }

  @Test
  void aPlaceInANestedNetworkIsNamedWithTheOuterOne() {
    Network network =
        Network.builder(2)
            .layer(Network.builder(2).dense(4, relu()).batchNormalization().spec())
            .dense(3)
            .seed(1)
            .build();
    network.parameters().get(0).value().assign(3e38);
    network.parameters().get(1).value().assign(3e38);
    assertFirst(
        network,
        DATA,
        "the output of layer 1 of 2, Dense(2 -> 4, relu), inside layer 1 of 2, a network");
  }

  @Test
  void theGuardEndsTrainingAtTheVeryStepAndNamesTheGradient() {
    Network network = network();
    network.parameters().get(4).value().assign(1e20);
    // The loss is some 1e20² = 1e40 in double precision, but the gradients overflow in single.
    Trainer guarded = trainer(network).listener(NanGuard.everyStep()).batchSize(4).build();
    Dataset far = Dataset.of(random(1, FLOAT, 8, 2).muli(1e10), random(2, FLOAT, 8, 3));
    assertThatThrownBy(() -> guarded.fit(far)).isInstanceOf(DivergedException.class);

    Network diverging = network();
    Trainer blind =
        trainer(diverging).optimizer(sgd(1e30)).listener(NanGuard.everyStep()).batchSize(2).build();
    assertThatThrownBy(() -> blind.fit(DATA))
        .isInstanceOfSatisfying(
            DivergedException.class, e -> assertThat(e.step()).isBetween(1L, 2L));
  }

  @Test
  void theGuardNamesTheLayerWhoseGradientBrokeFirst() {
    Network network = network();
    Trainer trainer =
        trainer(network)
            .listener(
                onBatchEnd(
                    (event, training) -> {
                      training.network().parameters().get(0).gradient().assign(Double.NaN);
                      training.network().parameters().get(3).gradient().assign(Double.NaN);
                    }))
            .listener(NanGuard.everyStep())
            .build();
    assertThatThrownBy(() -> trainer.fit(DATA))
        .hasMessageContaining("the gradient of 'bias' of layer 2 of 3, Dense(4 -> 5, relu)");
    assertThatThrownBy(() -> NanGuard.everySteps(0))
        .hasMessageContaining("a positive number of steps");
  }

  @Test
  void theGuardIsQuietWhereAllIsWell() {
    Network network = Network.builder(2).dense(3, softmax()).seed(1).build();
    Dataset data = Dataset.ofLabels(random(1, FLOAT, 8, 2), new int[8], 3);
    History history =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(sgd(0.1))
            .listener(NanGuard.everySteps(2))
            .build()
            .fit(data);
    assertThat(history.epochs()).hasSize(10);
  }
}
