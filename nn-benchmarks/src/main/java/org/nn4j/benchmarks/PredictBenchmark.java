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
 * Latency of the prediction of one sample (mean and percentiles), with one calling thread and with
 * one for each core. All threads share one network.
 */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
public class PredictBenchmark extends ShortRuns {
  private final Network network = Workload.W4.network(1);

  /** Created by JMH. */
  public PredictBenchmark() {}

  /** State of each thread. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH fills the fields
  public static class Caller {
    private final INDArray x = MadeDigits.numbers(1, MadeDigits.PIXELS);
    private final float[] pixels = x.data().asFloat();
    private final float[] answer = new float[MadeDigits.CLASSES];
    private Predictor predictor;

    /** Created by JMH. */
    public Caller() {}

    /**
     * Creates the predictor.
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
   * @return the prediction
   */
  @Benchmark
  public INDArray networkOneCore(Caller caller) {
    return network.predict(caller.x);
  }

  /**
   * {@code network.predict} on all cores.
   *
   * @param caller the thread's own
   * @return the prediction
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
   * @return the prediction
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
   * @return the prediction
   */
  @Benchmark
  @Threads(Threads.MAX)
  public float[] predictorAllCores(Caller caller) {
    caller.predictor.predict(caller.pixels, caller.answer);
    return caller.answer;
  }
}
