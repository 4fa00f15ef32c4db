package org.nn4j.benchmarks;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * How long one sample waits for its answer (mean and percentiles), when one thread asks and when
 * one for each core does. All threads share one network.
 */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
public class PredictBenchmark extends ShortRuns {
  private final Network network = Workload.W4.network(1);

  /** Made by JMH. */
  public PredictBenchmark() {}

  /** What each thread has for itself. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH fills the fields
  public static class Caller {
    private final INDArray x = MadeDigits.numbers(1, MadeDigits.PIXELS);
    private final float[] pixels = x.data().asFloat();
    private final float[] answer = new float[MadeDigits.CLASSES];
    private Predictor predictor;

    /** Made by JMH. */
    public Caller() {}

    /**
     * Makes the predictor.
     *
     * @param shared has the network
     */
    @Setup
    public void setUp(PredictBenchmark shared) {
      predictor = Predictor.of(shared.network);
    }

    /** Frees its buffers. */
    @TearDown
    public void tearDown() {
      predictor.close();
    }
  }

  /**
   * {@code network.predict} on one core.
   *
   * @param caller the thread's own
   * @return the answer
   */
  @Benchmark
  public INDArray networkOneCore(Caller caller) {
    return network.predict(caller.x);
  }

  /**
   * {@code network.predict} on all cores.
   *
   * @param caller the thread's own
   * @return the answer
   */
  @Benchmark
  @Threads(Threads.MAX)
  public INDArray networkAllCores(Caller caller) {
    return network.predict(caller.x);
  }

  /**
   * A predictor on one core.
   *
   * @param caller the thread's own
   * @return the answer
   */
  @Benchmark
  public float[] predictorOneCore(Caller caller) {
    caller.predictor.predict(caller.pixels, caller.answer);
    return caller.answer;
  }

  /**
   * A predictor on each core.
   *
   * @param caller the thread's own
   * @return the answer
   */
  @Benchmark
  @Threads(Threads.MAX)
  public float[] predictorAllCores(Caller caller) {
    caller.predictor.predict(caller.pixels, caller.answer);
    return caller.answer;
  }
}
