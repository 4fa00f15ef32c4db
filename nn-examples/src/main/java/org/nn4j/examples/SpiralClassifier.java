package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adagrad;
import static org.nn4j.optim.Optimizers.adam;

import java.io.PrintWriter;
import java.util.Locale;
import org.nn4j.Optimizer;
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
 * Classifier for the arms of a spiral: 3 arms of 1,000 points each, a fifth of them held out; 64
 * ReLU units, softmax and cross-entropy with L1 and L2, Adam or Adagrad with inverse-time decay.
 * Expect about 99 % of the held-out points.
 */
@Command(
    name = "SpiralClassifier",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a network to classify the arms of a spiral.")
public final class SpiralClassifier extends Example {
  private static final int ARMS = 3;
  private static final double NOISE = 0.2;
  private static final double VALIDATION = 0.2;

  /** The rate after n epochs is the first one divided by (1 + decay n). */
  private static final double DECAY = 0.0075;

  /** Optimizers to choose from, each with a suitable rate. */
  enum Rule {
    /** Adam, first rate 0.02. */
    ADAM,
    /** Adagrad, first rate 0.1. */
    ADAGRAD;

    Optimizer optimizer() {
      return switch (this) {
        case ADAM -> adam(Schedules.inverseTime(0.02, DECAY, Span.epochs(1)));
        case ADAGRAD -> adagrad(Schedules.inverseTime(0.1, DECAY, Span.epochs(1)));
      };
    }
  }

  @Option(names = "--points", defaultValue = "1000", description = "points in each arm")
  private int points;

  @Option(names = "--epochs", defaultValue = "300", description = "passes over the points")
  private int epochs;

  @Option(names = "--every", defaultValue = "30", description = "epochs between two lines")
  private int every;

  @Option(names = "--optimizer", defaultValue = "ADAM", description = "${COMPLETION-CANDIDATES}")
  private Rule rule = Rule.ADAM;

  @Option(names = "--l1", defaultValue = "1e-5", description = "strength of the L1 penalty")
  private double l1;

  @Option(names = "--l2", defaultValue = "1e-4", description = "strength of the L2 penalty")
  private double l2;

  @Option(names = "--seed", defaultValue = "1", description = "seed of points, weights and order")
  private long seed;

  SpiralClassifier() {}

  /**
   * Trains a network and prints its accuracy.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new SpiralClassifier(), args);
  }

  @Override
  protected int run(PrintWriter out) {
    Dataset spiral = ToySets.spiral(ARMS, points, NOISE, seed);
    Network network =
        Network.builder(2).dense(64, relu()).dense(ARMS, softmax()).seed(seed).build();
    Metric accuracy = Metrics.accuracy();
    Trainer.builder(network)
        .loss(crossEntropy())
        .penalty(Penalties.l1(l1))
        .penalty(Penalties.l2(l2))
        .optimizer(rule.optimizer())
        .epochs(epochs)
        .seed(seed)
        .stratifiedValidationSplit(VALIDATION)
        .metric(accuracy)
        .listener(ProgressBar.lines(out).every(every))
        .build()
        .fit(spiral);
    out.printf(Locale.ROOT, "validation accuracy: %.2f %%%n", 100 * accuracy.value());
    return OK;
  }
}
