package org.nn4j.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.io.Settings;
import org.nn4j.train.Monitor;

/**
 * Search for the best values of hyperparameters.
 *
 * <pre>{@code
 * Hyperparameter<Double> rate = Hyperparameter.logUniform("rate", 1e-4, 1e-1);
 * Hyperparameter<Integer> units = Hyperparameter.integers("units", 8, 64);
 * SearchResult result =
 *     Search.hyperband(27, 3, rate, units).best(Monitor.highest(accuracy())).run(trial ->
 *         new Candidate(trainer(trial.value(rate), trial.value(units)), training, validation));
 * }</pre>
 *
 * <p>Results do not depend on the number of workers, bit for bit. With a {@link #folder}, a search
 * that was interrupted or killed resumes, with the result of an uninterrupted search except for
 * times. A trial whose training diverges has no score. Immutable and thread-safe.
 */
public final class Search {
  static final String WHO = "Search";

  private final String name;
  private final List<Hyperparameter<?>> space;
  private final Plan plan;
  private final Options options;

  /** Divides trials into brackets, from a seed. */
  @FunctionalInterface
  private interface Plan {
    List<Bracket> brackets(TrialDraw draw);
  }

  /** Settings of every kind of search. */
  private record Options(long seed, int workers, @Nullable Path folder, Monitor monitor) {}

  /**
   * Factory of the candidate of a trial. Called by several threads if there are several workers.
   */
  @FunctionalInterface
  public interface Recipe {
    /**
     * Returns a new network, trainer and metrics for a trial.
     *
     * @param trial the values
     * @return the candidate; equal for the same trial
     * @throws IOException if data cannot be read
     */
    Candidate candidate(Trial trial) throws IOException;
  }

  private Search(String name, List<Hyperparameter<?>> space, Plan plan, Options options) {
    this.name = name;
    this.space = space;
    this.plan = plan;
    this.options = options;
  }

  private static Search of(String name, Plan plan, Hyperparameter<?>... space) {
    Require.notNull(space, WHO, "space");
    List<Hyperparameter<?>> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Hyperparameter<?> each : space) {
      Require.notNull(each, WHO, "hyperparameter");
      Require.that(
          names.add(each.name()),
          WHO,
          "hyperparameters of different names",
          "'" + each.name() + "' twice",
          "rename one");
      Hyperparameter<?> parent = each.parent();
      Require.that(
          parent == null || all.contains(parent),
          WHO,
          "hyperparameters after those that they depend on",
          each,
          "pass '" + (parent == null ? "" : parent.name()) + "' before it, the same object");
      all.add(each);
    }
    Require.that(!all.isEmpty(), WHO, "one or more hyperparameters", "none", "pass at least one");
    return new Search(
        name, List.copyOf(all), plan, new Options(0, 1, null, Monitor.validationLoss()));
  }

  /**
   * Returns a random search.
   *
   * @param trials the number of trials, at least 1
   * @param space the hyperparameters, each after those that it depends on
   * @return a search for the lowest validation loss, with seed 0, on the calling thread
   * @throws IllegalArgumentException if there is no trial or no hyperparameter
   */
  public static Search random(int trials, Hyperparameter<?>... space) {
    Require.atLeastOne(trials, WHO, "number of trials");
    return of(
        trials + " random trials",
        draw -> List.of(new Bracket(draw.trials(trials), List.of(0), 2)),
        space);
  }

  /**
   * Returns a grid search: all combinations of evenly spaced values.
   *
   * @param points the number of values of each numeric hyperparameter, at least 1; choices are
   *     tried in full
   * @param space the hyperparameters, each after those that it depends on
   * @return a search for the lowest validation loss, with seed 0, on the calling thread
   * @throws IllegalArgumentException if there is no point or no hyperparameter
   */
  public static Search grid(int points, Hyperparameter<?>... space) {
    Require.atLeastOne(points, WHO, "number of points");
    return of(
        "grid of " + points + " points",
        draw -> List.of(new Bracket(draw.grid(points), List.of(0), 2)),
        space);
  }

  /**
   * Returns a search by successive halving: all trials train for some epochs, and the best of them
   * continue from their checkpoints, until the last ones have trained for all epochs. Of {@code n}
   * trials, {@code n / factor} continue, rounded down and at least one, for {@code factor} times as
   * many epochs. The trainer's length is set to the largest number of epochs, for schedules too.
   *
   * @param trials the number of trials at the beginning, at least 1
   * @param fewest the epochs after which they are first compared, at least 1
   * @param most the epochs of the last ones, at least as many
   * @param factor 2 or more, usually 3
   * @param space the hyperparameters, each after those that it depends on
   * @return a search for the lowest validation loss, with seed 0, on the calling thread
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Search halving(
      int trials, int fewest, int most, int factor, Hyperparameter<?>... space) {
    Require.atLeastOne(trials, WHO, "number of trials");
    Require.atLeastOne(fewest, WHO, "number of epochs");
    Require.that(most >= fewest, WHO, fewest + " or more epochs of the last trials", most);
    requireFactor(factor);
    return of(
        "halving of " + trials + " trials, " + fewest + " to " + most + " epochs, by " + factor,
        draw -> List.of(Bracket.halving(draw, trials, fewest, most, factor)),
        space);
  }

  /**
   * Returns a search by Hyperband: several rounds of {@link #halving}, from many trials with few
   * epochs to few trials with all epochs.
   *
   * <pre>
   * s = ⌊log(most) / log(factor)⌋, ..., 1, 0
   * trials of a round = ⌈(s_max + 1) factor^s / (s + 1)⌉,  first compared after most / factor^s epochs
   * </pre>
   *
   * <p>Source: Li et al., Hyperband, JMLR 18 (2018), algorithm 1.
   *
   * @param most the epochs of the last trials of each round, at least 1
   * @param factor 2 or more, usually 3
   * @param space the hyperparameters, each after those that it depends on
   * @return a search for the lowest validation loss, with seed 0, on the calling thread
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Search hyperband(int most, int factor, Hyperparameter<?>... space) {
    Require.atLeastOne(most, WHO, "number of epochs");
    requireFactor(factor);
    return of(
        "hyperband to " + most + " epochs, by " + factor,
        draw -> Bracket.hyperband(draw, most, factor),
        space);
  }

  private static void requireFactor(int factor) {
    Require.that(factor >= 2, WHO, "a factor of 2 or more", factor);
  }

  private Search with(Options changed) {
    return new Search(name, space, plan, changed);
  }

  /**
   * Returns a search for the best value of another figure.
   *
   * @param figure of the validation data, such as {@code Monitor.highest(accuracy())}
   * @return a new search
   * @throws IllegalArgumentException if it is not computed on the validation data
   */
  public Search best(Monitor figure) {
    Require.notNull(figure, "Search.best", "figure");
    Require.that(
        figure.figure().startsWith(SearchRun.VALIDATION),
        WHO,
        "a figure of the validation data",
        figure.figure(),
        "use Monitor.validationLoss(), lowest(...) or highest(...)");
    return with(new Options(options.seed, options.workers, options.folder, figure));
  }

  /**
   * Returns a search with another seed.
   *
   * @param number determines the values, and {@link Trial#seed}
   * @return a new search
   */
  public Search seed(long number) {
    return with(new Options(number, options.workers, options.folder, options.monitor));
  }

  /**
   * Returns a search that trains several trials at once.
   *
   * @param number the number of threads, at least 1
   * @return a new search
   * @throws IllegalArgumentException if it is below 1
   */
  public Search workers(int number) {
    Require.atLeastOne(number, WHO, "number of workers");
    return with(new Options(options.seed, number, options.folder, options.monitor));
  }

  /**
   * Returns a search that keeps its state in a folder, from which the next run with the same
   * settings continues. The folder also holds the table of the trials, {@code trials.csv} and
   * {@code trials.json}, and the network of each trial as a model file. Without a folder, the
   * states of all trials are kept in memory.
   *
   * @param path a folder for this search alone; created if it does not exist
   * @return a new search
   */
  public Search folder(Path path) {
    Require.notNull(path, "Search.folder", "path");
    return with(new Options(options.seed, options.workers, path, options.monitor));
  }

  /**
   * Runs all trials.
   *
   * @param recipe makes the candidate of each trial
   * @return the trials, the best one, and its network
   * @throws IllegalArgumentException if the folder has the results of other settings
   * @throws IllegalStateException if the folder is in use, the recipe reuses a network, no trial
   *     has a score, or the trainer does not compute the figure
   * @throws IOException if data cannot be read, or the folder cannot be written, which is checked
   *     before the first trial
   * @throws InterruptedException if this thread is interrupted; all trials have stopped by then
   */
  public SearchResult run(Recipe recipe) throws IOException, InterruptedException {
    Require.notNull(recipe, "Search.run", "recipe");
    List<Bracket> brackets = plan.brackets(new TrialDraw(space, options.seed));
    Settings settings =
        Settings.none()
            .with("search", name)
            .with("space", space.stream().map(Hyperparameter::toString).toList())
            .with("seed", options.seed)
            .with("figure", options.monitor.toString());
    try (RunStore store =
        options.folder == null
            ? new RunStore.InMemory()
            : RunFolder.open(options.folder, settings)) {
      return new SearchRun(store, recipe, options.monitor, options.workers).run(brackets);
    }
  }

  @Override
  public String toString() {
    return name + " of " + space;
  }
}
