package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.metric.Metrics.rocAuc;
import static org.nn4j.optim.Optimizers.adam;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.data.toy.ToySets;
import org.nn4j.examples.cli.Example;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.train.Trainer;
import org.nn4j.tuning.Candidate;
import org.nn4j.tuning.CrossValidation;
import org.nn4j.tuning.CrossValidationResult;
import org.nn4j.tuning.Fold;
import org.nn4j.tuning.Folds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Comparison of three networks on two toy sets by stratified cross-validation, five folds each.
 * Expect about 88 % of the moons and 52 % of the circles without a hidden layer, 97 % and more with
 * one.
 */
@Command(
    name = "CrossValidated",
    sortOptions = false,
    showDefaultValues = true,
    description = "Compares networks on toy sets by cross-validation.")
public final class CrossValidated extends Example {
  private static final int BATCH = 16;

  @Option(names = "--points", defaultValue = "200", description = "points of each class")
  private int points;

  @Option(names = "--epochs", defaultValue = "60", description = "passes over the points")
  private int epochs;

  @Option(names = "--folds", defaultValue = "5", description = "folds")
  private int folds;

  @Option(names = "--workers", defaultValue = "2", description = "folds trained at once")
  private int workers;

  @Option(names = "--seed", defaultValue = "1", description = "seed of points, folds and weights")
  private long seed;

  CrossValidated() {}

  /**
   * Compares the networks and prints a table.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new CrossValidated(), args);
  }

  @Override
  protected int run(PrintWriter out) throws Exception {
    Map<String, Dataset> sets = new LinkedHashMap<>();
    sets.put("moons", ToySets.moons(points, 0.15, seed));
    sets.put("circles", ToySets.circles(points, 0.5, 0.1, seed));
    Map<String, UnaryOperator<NetworkBuilder>> networks = new LinkedHashMap<>();
    networks.put("no hidden layer", network -> network);
    networks.put("16 ReLU", network -> network.dense(16, relu()));
    networks.put("8 tanh, 8 tanh", network -> network.dense(8, tanh()).dense(8, tanh()));
    for (Map.Entry<String, Dataset> set : sets.entrySet()) {
      for (Map.Entry<String, UnaryOperator<NetworkBuilder>> layers : networks.entrySet()) {
        CrossValidationResult result =
            CrossValidation.of(Folds.stratified(folds))
                .seed(seed)
                .workers(workers)
                .run(set.getValue(), fold -> candidate(fold, layers.getValue()));
        Evaluation mean = result.mean();
        Evaluation spread = result.spread();
        out.printf(
            Locale.ROOT,
            "%-8s %-16s accuracy %.3f ± %.3f  ROC AUC %.3f ± %.3f%n",
            set.getKey(),
            layers.getKey(),
            mean.value(accuracy()),
            spread.value(accuracy()),
            mean.value(rocAuc()),
            spread.value(rocAuc()));
      }
    }
    return OK;
  }

  private Candidate candidate(Fold fold, UnaryOperator<NetworkBuilder> layers) {
    InputScaling scaling = InputStatistics.of(fold.training()).standard();
    Network network =
        layers.apply(Network.builder(2)).dense(2, softmax()).seed(fold.seed()).build();
    return new Candidate(
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(adam(0.02))
            .batchSize(BATCH)
            .epochs(epochs)
            .seed(fold.seed())
            .metric(accuracy())
            .metric(rocAuc()),
        fold.training().normalize(scaling),
        fold.validation().normalize(scaling));
  }
}
