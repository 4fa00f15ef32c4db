package org.nn4j.benchmarks;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Products of a dense layer, by size. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class ProductBenchmark extends ShortRuns {
  /** B x in x out. */
  @Param({"1x784x128", "10x784x40", "10x40x10", "128x784x128", "256x1024x1024"})
  public String size;

  private INDArray x;
  private INDArray w;
  private INDArray b;
  private INDArray z;
  private INDArray dX;
  private INDArray dW;
  private INDArray db;

  /** Created by JMH. */
  public ProductBenchmark() {}

  /** Fills the arrays. */
  @Setup
  public void setUp() {
    long[] sizes = Arrays.stream(size.split("x")).mapToLong(Long::parseLong).toArray();
    x = MadeDigits.numbers(sizes[0], sizes[1]);
    w = MadeDigits.numbers(sizes[1], sizes[2]);
    b = MadeDigits.numbers(sizes[2]);
    z = MadeDigits.numbers(sizes[0], sizes[2]);
    dX = x.dup('c');
    dW = w.dup('c');
    db = b.dup('c');
  }

  /** {@code Z = X·W + b}. */
  @Benchmark
  public void affine() {
    Kernel.affine(x, w, b, z);
  }

  /** {@code dX = dZ·Wᵀ}. */
  @Benchmark
  public void affineInputGradient() {
    Kernel.affineInputGradient(z, w, dX);
  }

  /** {@code dW = Xᵀ·dZ}. */
  @Benchmark
  public void weightGradient() {
    Kernel.weightGradient(x, z, dW);
  }

  /** {@code dW += Xᵀ·dZ}. */
  @Benchmark
  public void addWeightGradient() {
    Kernel.addWeightGradient(x, z, dW);
  }

  /** {@code db += Σ dZ}. */
  @Benchmark
  public void addBiasGradient() {
    Kernel.addBiasGradient(z, db);
  }
}
