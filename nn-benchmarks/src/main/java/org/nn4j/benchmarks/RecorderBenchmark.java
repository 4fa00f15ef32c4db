package org.nn4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.nn4j.internal.jfr.FlightRecorder;
import org.nn4j.internal.jfr.TrainingRecorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * What the events of JDK Flight Recorder add to a prediction and to a step, without a recording.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecorderBenchmark extends ShortRuns {
  private final TrainingRecorder training = new TrainingRecorder();

  /** Made by JMH. */
  public RecorderBenchmark() {}

  /** An empty method, whose time is that of the measurement itself. */
  @Benchmark
  public void nothing() {}

  /** The event of a prediction. */
  @Benchmark
  public void prediction() {
    FlightRecorder.prediction().end(1);
  }

  /** The event of a step. */
  @Benchmark
  public void step() {
    training.stepBegin();
    training.stepEnd(1, 1, 0, 1);
  }
}
