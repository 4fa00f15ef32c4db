package org.nn4j.examples;

import static org.nn4j.loss.Losses.meanAbsoluteError;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.adam;

import java.io.PrintWriter;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;
import org.nn4j.examples.cli.Example;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Network;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.train.Trainer;
import org.nn4j.train.listener.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Linear regression on 1,000 noisy samples, a fifth of them held out: one unit without activation,
 * squared or absolute error with L1 and L2, Adam with inverse-time decay. Expect the known weights
 * to 1e-2, and 94 % of the held-out targets within 0.1; the noise limits it to 95.4 %.
 */
@Command(
    name = "LinearRegression",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a network of one layer to find the weights of a linear function.")
public final class LinearRegression extends Example {
  private static final double[] WEIGHTS = {2, -3.4, 0.7};
  private static final double BIAS = 4.2;
  private static final double NOISE = 0.05;
  private static final double TOLERANCE = 2 * NOISE;
  private static final double VALIDATION = 0.2;

  /** Losses to choose from. */
  enum Criterion {
    /** Mean squared error. */
    MSE,
    /** Mean absolute error. */
    MAE;

    Loss loss() {
      return this == MSE ? meanSquaredError() : meanAbsoluteError();
    }
  }

  @Option(names = "--samples", defaultValue = "1000", description = "number of samples")
  private int samples;

  @Option(names = "--epochs", defaultValue = "100", description = "passes over the samples")
  private int epochs;

  @Option(names = "--every", defaultValue = "10", description = "epochs between two lines")
  private int every;

  @Option(names = "--loss", defaultValue = "MSE", description = "${COMPLETION-CANDIDATES}")
  private Criterion criterion = Criterion.MSE;

  @Option(names = "--l1", defaultValue = "1e-5", description = "strength of the L1 penalty")
  private double l1;

  @Option(names = "--l2", defaultValue = "1e-5", description = "strength of the L2 penalty")
  private double l2;

  @Option(names = "--seed", defaultValue = "1", description = "seed of samples, weights and order")
  private long seed;

  LinearRegression() {}

  /**
   * Trains a network and prints its weights.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new LinearRegression(), args);
  }

  @Override
  protected int run(PrintWriter out) {
    Dataset data = ToySets.linear(samples, WEIGHTS, BIAS, NOISE, seed);
    Network network = Network.builder(WEIGHTS.length).dense(1).seed(seed).build();
    Metric accuracy = Metrics.toleranceAccuracy(TOLERANCE);
    Trainer.builder(network)
        .loss(criterion.loss())
        .penalty(Penalties.l1(l1))
        .penalty(Penalties.l2(l2))
        .optimizer(adam(Schedules.inverseTime(0.05, 0.025, Span.epochs(1))))
        .epochs(epochs)
        .seed(seed)
        .validationSplit(VALIDATION)
        .metric(Metrics.mse())
        .metric(Metrics.mae())
        .metric(accuracy)
        .listener(ProgressBar.lines(out).every(every))
        .build()
        .fit(data);
    INDArray found = network.parameters().values();
    for (int i = 0; i < WEIGHTS.length; i++) {
      out.printf(Locale.ROOT, "weight %d: %.4f, known %.4f%n", i, found.getDouble(i), WEIGHTS[i]);
    }
    out.printf(Locale.ROOT, "bias:     %.4f, known %.4f%n", found.getDouble(WEIGHTS.length), BIAS);
    out.printf(Locale.ROOT, "validation accuracy: %.2f %%%n", 100 * accuracy.value());
    return OK;
  }
}
