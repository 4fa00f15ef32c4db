package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.Near.doubles;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.train.TrainerTest.quadrants;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;

class DeterminismTest {
  /** All that draws numbers or sums them: split, order, dropout, normalization, micro-batches. */
  private static List<Object> run(long seed) {
    Network network =
        Network.builder(2)
            .dense(16, relu())
            .batchNormalization()
            .dropout(0.2)
            .dense(4, softmax())
            .seed(seed)
            .build();
    History history =
        Trainer.builder(network)
            .loss(crossEntropy().withLabelSmoothing(0.1))
            .optimizer(adam(Schedules.cosine(0.01, 0, Span.steps(100))))
            .penalty(Penalties.l2(1e-4))
            .clipping(GradientClipping.byNorm(1))
            .batchSize(8)
            .accumulate(2)
            .epochs(5)
            .seed(seed)
            .stratifiedValidationSplit(0.1)
            .metric(accuracy())
            .listener(EarlyStopping.after(5).watching(Monitor.highest(accuracy())))
            .build()
            .fit(quadrants(1, 300));
    List<Object> bits = new ArrayList<>();
    for (double value : doubles(network.parameters().values())) {
      bits.add(value);
    }
    for (EpochResult end : history.epochs()) {
      bits.add(end.loss());
      bits.addAll(end.validation().figures().values());
    }
    return bits;
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyThread() throws Exception {
    List<Object> here = run(3);
    List<Object> elsewhere = new ArrayList<>();
    Thread thread = new Thread(() -> elsewhere.addAll(run(3)));
    thread.start();
    thread.join();
    assertThat(elsewhere).isEqualTo(here);
    assertThat(run(3)).isEqualTo(here);
    assertThat(run(4)).isNotEqualTo(here);
  }
}
