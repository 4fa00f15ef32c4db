package org.nn4j.benchmarks;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;
import org.nn4j.internal.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Elementwise and rowwise functions, by size. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class ElementwiseBenchmark extends ShortRuns {
  /** The number of elements, in rows of ten. */
  @Param({"100", "1000", "10000", "100000", "1000000"})
  public int size;

  private static final Activation SIGMOID = Activations.sigmoid();
  private static final Activation TANH = Activations.tanh();
  private static final Activation RELU = Activations.relu();
  private static final Activation SOFTMAX = Activations.softmax();

  private INDArray x;
  private INDArray y;
  private INDArray result;

  /** Created by JMH. */
  public ElementwiseBenchmark() {}

  /** Fills the arrays. */
  @Setup
  public void setUp() {
    x = MadeDigits.numbers(size / 10, 10);
    y = x.dup('c');
    result = x.dup('c');
  }

  /** {@code 1 / (1 + e^−x)}. */
  @Benchmark
  public void sigmoid() {
    SIGMOID.forward(x, result);
  }

  /** {@code y (1 − y) x}. */
  @Benchmark
  public void sigmoidGradient() {
    SIGMOID.backward(x, y, result);
  }

  /** {@code tanh x}. */
  @Benchmark
  public void tanh() {
    TANH.forward(x, result);
  }

  /** {@code (1 − y²) x}. */
  @Benchmark
  public void tanhGradient() {
    TANH.backward(x, y, result);
  }

  /** {@code max(x, 0)}. */
  @Benchmark
  public void relu() {
    RELU.forward(x, result);
  }

  /** {@code x where y > 0, else 0}. */
  @Benchmark
  public void reluGradient() {
    RELU.backward(x, y, result);
  }

  /** Softmax by row. */
  @Benchmark
  public void softmax() {
    SOFTMAX.forward(x, result);
  }

  /** The gradient of softmax by row. */
  @Benchmark
  public void softmaxGradient() {
    SOFTMAX.backward(x, y, result);
  }

  /** {@code x y}. */
  @Benchmark
  public void multiply() {
    Kernel.multiply(x, y, result);
  }

  /**
   * The sum in double precision.
   *
   * @return the sum
   */
  @Benchmark
  public double sum() {
    return Kernel.sum(x);
  }

  /** Fills with zeros. */
  @Benchmark
  public void clear() {
    Kernel.clear(result);
  }
}
