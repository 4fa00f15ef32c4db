package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.sgd;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalties;

class GradientAccumulationTest {
  private static Network network() {
    return Network.builder(3).dense(5, tanh()).dense(2, sigmoid()).dataType(DOUBLE).seed(1).build();
  }

  private static TrainerBuilder trainer(Network network) {
    return Trainer.builder(network).loss(squaredError()).epochs(2).seed(4);
  }

  private static Dataset data(int n) {
    return Dataset.of(random(1, n, 3), random(2, n, 2));
  }

  /** 47 = 3 x 15 + 2: the last step has one micro-batch, of 2 samples; 52: two, of 5 and 2. */
  @Test
  void microBatchesAreEqualToTheOneLargeBatchAlsoAtTheEnd() {
    for (int n : new int[] {45, 47, 52}) {
      Dataset data = data(n).withWeights(random(3, n).mul(random(3, n)).toDoubleVector());
      Network large = network();
      History atOnce =
          trainer(large)
              .optimizer(adam(0.01))
              .penalty(Penalties.l2(0.1))
              .clipping(GradientClipping.byNorm(0.5))
              .batchSize(15)
              .build()
              .fit(data);
      Network small = network();
      History inParts =
          trainer(small)
              .optimizer(adam(0.01))
              .penalty(Penalties.l2(0.1))
              .clipping(GradientClipping.byNorm(0.5))
              .batchSize(5)
              .accumulate(3)
              .build()
              .fit(data);
      assertNear(small.parameters().values(), large.parameters().values(), 1e-12);
      assertThat(inParts.last().loss()).isEqualTo(atOnce.last().loss(), within());
      assertThat(inParts.last().steps()).isEqualTo(atOnce.last().steps());
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  @Test
  void theLastSamplesThatFillNoStepAreDroppedIfAsked() {
    Network kept = network();
    History all = trainer(kept).optimizer(sgd(1)).batchSize(5).accumulate(3).build().fit(data(47));
    assertThat(all.last().steps()).isEqualTo(4);
    Network dropped = network();
    History full =
        trainer(dropped)
            .optimizer(sgd(1))
            .batchSize(5)
            .accumulate(3)
            .dropLast(true)
            .build()
            .fit(data(47));
    assertThat(full.last().steps()).isEqualTo(3);
    Network large = network();
    trainer(large).optimizer(sgd(1)).batchSize(15).dropLast(true).build().fit(data(47));
    assertNear(dropped.parameters().values(), large.parameters().values(), 1e-12);
    Trainer tooLarge = trainer(network()).optimizer(sgd(1)).batchSize(48).dropLast(true).build();
    assertThatThrownBy(() -> tooLarge.fit(data(47)))
        .hasMessageContaining(
            "training data of at least one full step, 48 samples, found 47 samples");
  }

  @Test
  void aSampleOfWeightTwoCountsAsTwoOfThem() {
    Dataset twice = data(4).subset(0, 1, 1, 2, 3, 3);
    Dataset weighted = data(4).withWeights(1, 2, 1, 2);
    Network first = network();
    History a = trainer(first).optimizer(sgd(0.4)).batchSize(6).build().fit(twice);
    Network second = network();
    // The mean is over the number of samples, 4 here and 6 there.
    History b = trainer(second).optimizer(sgd(0.4 * 4 / 6)).batchSize(4).build().fit(weighted);
    assertNear(second.parameters().values(), first.parameters().values(), 1e-12);
    assertThat(b.last().loss() * 4).isEqualTo(a.last().loss() * 6, within());
  }
}
