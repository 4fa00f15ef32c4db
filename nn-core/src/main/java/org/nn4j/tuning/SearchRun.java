package org.nn4j.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.nn4j.DivergedException;
import org.nn4j.Require;
import org.nn4j.model.Network;
import org.nn4j.train.Monitor;

/** Run of a search: brackets one after the other, the trials of a comparison at once. */
final class SearchRun {
  /** Beginning of the figures of validation data. */
  static final String VALIDATION = "validation_";

  private final RunStore store;
  private final Search.Recipe recipe;
  private final RecipeCheck check = new RecipeCheck(Search.WHO, "trial");
  private final Monitor monitor;
  private final int workers;
  private final Map<Integer, TrialResult> results = new TreeMap<>();
  private final Map<Integer, ResumableRun> runs = new TreeMap<>();

  SearchRun(RunStore store, Search.Recipe recipe, Monitor monitor, int workers) {
    this.store = store;
    this.recipe = recipe;
    this.monitor = monitor;
    this.workers = workers;
  }

  SearchResult run(List<Bracket> brackets) throws IOException, InterruptedException {
    for (Bracket bracket : brackets) {
      List<Trial> trials = bracket.trials();
      for (int epochs : bracket.epochs()) {
        List<TrialResult> compared = compare(trials, epochs, last(bracket));
        trials =
            compared.stream()
                .sorted(betterFirst())
                .limit(Math.max(1, trials.size() / bracket.factor()))
                .map(TrialResult::trial)
                .sorted(Comparator.comparing(Trial::number))
                .toList();
      }
    }
    List<TrialResult> all = List.copyOf(results.values());
    TrialResult best = all.stream().min(betterFirst()).orElseThrow();
    ResumableRun run = runs.get(best.trial().number());
    if (Double.isNaN(best.score()) || run == null) {
      throw new IllegalStateException(
          Require.message(
              Search.WHO,
              "a trial whose figure '" + monitor.figure() + "' is a number",
              "none of " + all.size(),
              "narrow the ranges, lower the learning rate, or choose another figure with best(...)"));
    }
    int most = last(brackets.get(0));
    Network network = run.network(() -> candidate(best.trial(), most));
    return new SearchResult(all, best, network);
  }

  private static int last(Bracket bracket) {
    return bracket.epochs().get(bracket.epochs().size() - 1);
  }

  private Comparator<TrialResult> betterFirst() {
    return Comparator.comparingDouble(this::cost).thenComparing(result -> result.trial().number());
  }

  private double cost(TrialResult result) {
    double score = result.score();
    return Double.isNaN(score)
        ? Double.POSITIVE_INFINITY
        : monitor.higherIsBetter() ? -score : score;
  }

  private List<TrialResult> compare(List<Trial> trials, int epochs, int most)
      throws IOException, InterruptedException {
    List<Callable<TrialResult>> tasks = new ArrayList<>();
    for (Trial trial : trials) {
      tasks.add(() -> result(trial, epochs, most));
    }
    return Workers.run(workers, tasks);
  }

  private TrialResult result(Trial trial, int epochs, int most)
      throws IOException, InterruptedException {
    ResumableRun run = new ResumableRun(store, "trial-" + trial.number(), epochs);
    TrialResult result;
    try {
      RunResult measured = run.run(() -> candidate(trial, most));
      result = new TrialResult(trial, score(measured), Optional.of(measured));
    } catch (DivergedException diverged) {
      result = new TrialResult(trial, Double.NaN, Optional.empty());
    }
    keep(run, result);
    return result;
  }

  private synchronized void keep(ResumableRun run, TrialResult result) throws IOException {
    results.put(result.trial().number(), result);
    runs.put(result.trial().number(), run);
    if (store instanceof RunFolder folder) {
      List<TrialResult> all = List.copyOf(results.values());
      folder.write("trials.csv", TrialTable.of(all).csv());
      folder.write("trials.json", TrialTable.json(all));
    }
  }

  private Candidate candidate(Trial trial, int most) throws IOException {
    Candidate candidate = check.checked(recipe.candidate(trial));
    if (most > 0) {
      candidate.trainer().epochs(most);
    }
    return candidate;
  }

  private double score(RunResult result) {
    Map<String, Double> figures = result.evaluation().figures();
    Double score = figures.get(monitor.figure().substring(VALIDATION.length()));
    if (score == null) {
      throw new IllegalStateException(
          Require.message(
              Search.WHO,
              "the figure '" + monitor.figure() + "'",
              "only the figures " + figures.keySet() + " of the validation data",
              "add the metric to the trainer"));
    }
    return score;
  }
}
