package org.nn4j.benchmarks;

import static org.nn4j.activation.Activations.sigmoid;

import java.util.concurrent.TimeUnit;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Step of the {@link Trainer}: gathering, forward, loss, backward, optimizer. An epoch has 1,000
 * steps. {@code ownLayers} is {@code w1} with custom dense layers, {@link PlainDense}.
 */
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
public class StepBenchmark extends ShortRuns {
  private static final int STEPS = 1000;

  private final Dataset smallBatches = MadeDigits.dataset(STEPS * 10);
  private final Dataset batches = MadeDigits.dataset(STEPS * 128);
  private final Trainer w1 = trainer(Workload.W1, Workload.W1.network(1));
  private final Trainer w2 = trainer(Workload.W2, Workload.W2.network(1));
  private final Trainer ownLayers = trainer(Workload.W1, networkOfOwnLayers());

  /** Created by JMH. */
  public StepBenchmark() {}

  private static Trainer trainer(Workload workload, Network network) {
    return workload.training(network).epochs(1).build();
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
}
