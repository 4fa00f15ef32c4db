package org.nn4j.benchmarks;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.loss.Losses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Losses of ten outputs with their gradients, by batch size. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class LossBenchmark extends ShortRuns {
  /** B. */
  @Param({"10", "128", "1000"})
  public int batch;

  private static final Loss SQUARED_ERROR = Losses.squaredError();
  private static final Loss CROSS_ENTROPY = Losses.softmaxCrossEntropy();

  private INDArray outputs;
  private INDArray targets;
  private INDArray losses;
  private INDArray gradient;

  /** Created by JMH. */
  public LossBenchmark() {}

  /** Fills the arrays. */
  @Setup
  public void setUp() {
    outputs = MadeDigits.numbers(batch, MadeDigits.CLASSES);
    targets = MadeDigits.numbers(batch, MadeDigits.CLASSES).assign(0.1);
    losses = MadeDigits.numbers(batch);
    gradient = outputs.dup('c');
  }

  /** The squared error, summed over the outputs. */
  @Benchmark
  public void squaredError() {
    SQUARED_ERROR.compute(outputs, targets, losses, gradient);
  }

  /** The cross-entropy of logits. */
  @Benchmark
  public void softmaxCrossEntropy() {
    CROSS_ENTROPY.compute(outputs, targets, losses, gradient);
  }
}
