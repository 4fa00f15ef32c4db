package org.nn4j.examples;

import static org.nn4j.loss.Losses.meanAbsoluteError;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;
import org.nn4j.metric.Metrics;
import org.nn4j.metric.ToleranceAccuracy;
import org.nn4j.model.Network;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.train.Trainer;
import org.nn4j.train.listener.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Finds the weights of a linear function from 1,000 noisy samples, of which a fifth is held out: a
 * layer of one unit without activation, the squared (or absolute) error with L1 and L2, Adam whose
 * rate decays with inverse time. Expect the known weights to 1e-2, and 94 % of the held-out targets
 * within 0.1; the noise alone allows 95.4 %.
 */
@Command(
    name = "LinearRegression",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a network of one layer to find the weights of a linear function.")
public final class LinearRegression implements Callable<Integer> {
  private static final double[] WEIGHTS = {2, -3.4, 0.7};
  private static final double BIAS = 4.2;
  private static final double NOISE = 0.05;
  private static final double TOLERANCE = 2 * NOISE;
  private static final double VALIDATION = 0.2;

  /** The losses of a regression. */
  enum Criterion {
    /** Mean squared error. */
    MSE,
    /** Mean absolute error. */
    MAE;

    Loss loss() {
      return this == MSE ? squaredError() : meanAbsoluteError();
    }
  }

  @Option(names = "--samples", defaultValue = "1000", description = "samples of the function")
  private int samples;

  @Option(names = "--epochs", defaultValue = "100", description = "times through the samples")
  private int epochs;

  @Option(names = "--every", defaultValue = "10", description = "epochs from line to line")
  private int every;

  @Option(names = "--loss", defaultValue = "MSE", description = "${COMPLETION-CANDIDATES}")
  private Criterion criterion = Criterion.MSE;

  @Option(names = "--l1", defaultValue = "1e-5", description = "strength of the L1 penalty")
  private double l1;

  @Option(names = "--l2", defaultValue = "1e-5", description = "strength of the L2 penalty")
  private double l2;

  @Option(names = "--seed", defaultValue = "1", description = "decides samples, weights and order")
  private long seed;

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Made by the command line. */
  public LinearRegression() {}

  /**
   * Trains and prints.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Commands.run(new LinearRegression(), args);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Dataset data = ToySets.linear(samples, WEIGHTS, BIAS, NOISE, seed);
    Network network = Network.builder(WEIGHTS.length).dense(1).seed(seed).build();
    ToleranceAccuracy accuracy = Metrics.toleranceAccuracy(TOLERANCE);
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
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
