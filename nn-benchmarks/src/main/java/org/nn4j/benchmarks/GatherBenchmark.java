package org.nn4j.benchmarks;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.SeededRandom;
import org.nn4j.internal.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Gathering of a batch from 20,000 images, most of them not in a cache, by batch size. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class GatherBenchmark extends ShortRuns {
  private static final int IMAGES = 20_000;

  /** B. */
  @Param({"10", "128", "1000"})
  public int batch;

  private final SeededRandom random = new SeededRandom(4);
  private int[] rows;
  private INDArray floats;
  private byte[] pixels;
  private int[] labels;
  private INDArray inputs;
  private INDArray targets;

  /** Created by JMH. */
  public GatherBenchmark() {}

  /** Fills the arrays. */
  @Setup
  public void setUp() {
    rows = new int[batch];
    floats = MadeDigits.numbers(IMAGES, MadeDigits.PIXELS);
    pixels = MadeDigits.pixels(IMAGES);
    labels = MadeDigits.labels(IMAGES);
    inputs = MadeDigits.numbers(batch, MadeDigits.PIXELS);
    targets = MadeDigits.numbers(batch, MadeDigits.CLASSES);
  }

  private int[] draw() {
    Arrays.setAll(rows, i -> random.nextInt(IMAGES));
    return rows;
  }

  /** Images of floats. */
  @Benchmark
  public void gather() {
    Kernel.gather(floats, draw(), inputs);
  }

  /** Images of bytes. */
  @Benchmark
  public void gatherPixels() {
    Kernel.gatherPixels(pixels, draw(), inputs);
  }

  /** Labels. */
  @Benchmark
  public void gatherOneHot() {
    Kernel.gatherOneHot(labels, draw(), targets);
  }
}
