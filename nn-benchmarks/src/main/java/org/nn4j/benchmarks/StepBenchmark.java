package org.nn4j.benchmarks;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;

import java.util.concurrent.TimeUnit;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Step of the {@link Trainer}: gathering, forward, loss, backward, optimizer. An epoch has 1,000
 * steps. {@code ownLayers} is {@code w1} with custom dense layers, {@link PlainDense}; {@code
 * epochsOfOneStep} trains on all samples of a small set at once, {@code loopOverOneBatch} does the
 * same without a trainer.
 */
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
public class StepBenchmark extends ShortRuns {
  private static final int STEPS = 1000;
  private static final int SAMPLES = 150;
  private static final int FEATURES = 4;

  private final Dataset smallBatches = MadeDigits.dataset(STEPS * 10);
  private final Dataset batches = MadeDigits.dataset(STEPS * 128);
  private final Trainer w1 = trainer(Workload.W1, Workload.W1.network(1));
  private final Trainer w2 = trainer(Workload.W2, Workload.W2.network(1));
  private final Trainer ownLayers = trainer(Workload.W1, networkOfOwnLayers());

  private final Batch smallSet =
      new Batch(MadeDigits.numbers(SAMPLES, FEATURES), MadeDigits.oneHot(SAMPLES));
  private final Dataset samples = Dataset.of(smallSet.inputs(), smallSet.targets());
  private final Network small = smallNetwork();
  private final Objective objective = Objective.of(small, Losses.crossEntropy());
  private final Optimizer optimizer = Optimizers.adam();
  private final Trainer epochs =
      Trainer.builder(smallNetwork())
          .loss(Losses.crossEntropy())
          .optimizer(Optimizers.adam())
          .batchSize(SAMPLES)
          .epochs(STEPS)
          .build();

  /** Created by JMH. */
  public StepBenchmark() {}

  private static Trainer trainer(Workload workload, Network network) {
    return workload.training(network).epochs(1).build();
  }

  private static Network smallNetwork() {
    return Network.builder(FEATURES).dense(16, relu()).dense(MadeDigits.CLASSES, softmax()).build();
  }

  private static Network networkOfOwnLayers() {
    return Network.builder(MadeDigits.PIXELS)
        .layer(new PlainDense.Spec(40))
        .activation(sigmoid())
        .layer(new PlainDense.Spec(MadeDigits.CLASSES))
        .activation(sigmoid())
        .seed(1)
        .build();
  }

  /**
   * A step of {@link Workload#W1}.
   *
   * @return the figures of the epoch
   */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History w1() {
    return w1.fit(smallBatches);
  }

  /**
   * A step of {@link Workload#W2}.
   *
   * @return the figures of the epoch
   */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History w2() {
    return w2.fit(batches);
  }

  /**
   * A step of {@link Workload#W1} with layers in ordinary ND4J operations.
   *
   * @return the figures of the epoch
   */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History ownLayers() {
    return ownLayers.fit(smallBatches);
  }

  /**
   * An epoch of one step.
   *
   * @return the figures of the epochs
   */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History epochsOfOneStep() {
    return epochs.fit(samples);
  }

  /**
   * The same step without a trainer.
   *
   * @return the loss
   */
  @Benchmark
  public double loopOverOneBatch() {
    small.zeroGrad();
    double loss = objective.forward(smallSet);
    objective.backward();
    optimizer.step(small.parameters());
    return loss;
  }
}
