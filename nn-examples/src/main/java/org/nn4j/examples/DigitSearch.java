package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.momentum;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nn4j.Optimizer;
import org.nn4j.data.Split;
import org.nn4j.examples.cli.Example;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.Monitor;
import org.nn4j.train.Trainer;
import org.nn4j.tuning.Candidate;
import org.nn4j.tuning.Hyperparameter;
import org.nn4j.tuning.Search;
import org.nn4j.tuning.SearchResult;
import org.nn4j.tuning.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Search for the hyperparameters of a digit classifier on generated digits, by Hyperband. It prints
 * the trials and the accuracy of the best network on other digits, and takes less than two minutes.
 * Expect about 89 %. With {@code --folder}, a search that was stopped continues.
 */
@Command(
    name = "DigitSearch",
    sortOptions = false,
    showDefaultValues = true,
    description = "Searches the hyperparameters of a digit classifier.")
public final class DigitSearch extends Example {
  private static final Hyperparameter<Double> RATE = Hyperparameter.logUniform("rate", 1e-4, 1e-1);
  private static final Hyperparameter<Integer> UNITS = Hyperparameter.integers("units", 16, 128);
  private static final Hyperparameter<Double> DROPOUT = Hyperparameter.uniform("dropout", 0, 0.5);
  private static final Hyperparameter<String> RULE =
      Hyperparameter.choice("rule", "adam", "momentum");
  private static final Hyperparameter<Double> FRICTION =
      Hyperparameter.uniform("friction", 0.5, 0.95).when(RULE, "momentum");

  @Option(names = "--digits", defaultValue = "8000", description = "generated digits")
  private int digits;

  @Option(names = "--epochs", defaultValue = "27", description = "epochs of the longest trials")
  private int epochs;

  @Option(names = "--workers", defaultValue = "2", description = "trials trained at once")
  private int workers;

  @Option(names = "--seed", defaultValue = "1", description = "seed of digits, values and weights")
  private long seed;

  @Option(names = "--folder", description = "folder of the search, to continue it later")
  private @Nullable Path folder;

  DigitSearch() {}

  /**
   * Searches and prints the trials.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new DigitSearch(), args);
  }

  @Override
  protected int run(PrintWriter out) throws Exception {
    Split split = SyntheticDigits.generate(digits, seed).dataset().splitStratified(0.25, seed);
    Search search =
        Search.hyperband(epochs, 3, RATE, UNITS, DROPOUT, RULE, FRICTION)
            .best(Monitor.highest(accuracy()))
            .seed(seed)
            .workers(workers);
    SearchResult result =
        (folder == null ? search : search.folder(folder)).run(trial -> candidate(trial, split));
    out.println(result);
    try (Network best = result.network()) {
      double test =
          Evaluator.of(best)
              .metrics(accuracy())
              .evaluate(SyntheticDigits.generate(digits / 4, seed + 1).dataset())
              .value(accuracy());
      out.printf(Locale.ROOT, "accuracy on other digits: %.2f %%%n", 100 * test);
    }
    return OK;
  }

  private static Candidate candidate(Trial trial, Split split) {
    Network network =
        Network.builder(split.training().inputShape().size())
            .dense(trial.value(UNITS), relu())
            .dropout(trial.value(DROPOUT))
            .dense(SyntheticDigits.CLASSES, softmax())
            .seed(trial.seed())
            .build();
    Optimizer optimizer =
        trial.has(FRICTION)
            ? momentum(trial.value(RATE), trial.value(FRICTION))
            : adam(trial.value(RATE));
    return new Candidate(
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(optimizer)
            .seed(trial.seed())
            .metric(accuracy()),
        split.training(),
        split.validation());
  }
}
