package org.nn4j.benchmarks;

import org.nn4j.Optimizer;
import org.nn4j.ParameterVector;
import org.nn4j.optim.Optimizers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Step of each kind of optimizer over all parameters of a network. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class OptimizerBenchmark extends ShortRuns {
  /** The workload, with 31,810, 101,770 or 1,863,690 parameters. */
  @Param({"W1", "W2", "W3"})
  public Workload network;

  private final Optimizer sgd = Optimizers.sgd(1e-6);
  private final Optimizer momentum = Optimizers.momentum(1e-6, 0.9);
  private final Optimizer adam = Optimizers.adam(1e-6);
  private ParameterVector parameters;

  /** Created by JMH. */
  public OptimizerBenchmark() {}

  /** Creates the network, with a gradient. */
  @Setup
  public void setUp() {
    parameters = network.network(1).parameters();
    parameters.setGradients(MadeDigits.numbers(parameters.length()));
  }

  /** Without state. */
  @Benchmark
  public void sgd() {
    sgd.step(parameters);
  }

  /** One state vector. */
  @Benchmark
  public void momentum() {
    momentum.step(parameters);
  }

  /** Two state vectors. */
  @Benchmark
  public void adam() {
    adam.step(parameters);
  }
}
