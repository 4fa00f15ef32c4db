package org.nn4j.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.io.Settings;

/**
 * Cross-validation: a network is trained for each fold and evaluated on the other rows.
 *
 * <pre>{@code
 * CrossValidationResult result =
 *     CrossValidation.of(Folds.stratified(5)).workers(2).run(data, fold -> {
 *       InputScaling scaling = InputStatistics.of(fold.training()).standard();
 *       Network network = Network.builder(4).dense(3, softmax()).seed(fold.seed()).build();
 *       return new Candidate(
 *           Trainer.builder(network).loss(crossEntropy()).optimizer(adam()).metric(accuracy()),
 *           fold.training().normalize(scaling),
 *           fold.validation().normalize(scaling));
 *     });
 * double accuracy = result.mean().value(accuracy());
 * }</pre>
 *
 * <p>The result does not depend on the number of workers, bit for bit. With a {@link #folder}, a
 * run that was interrupted or killed resumes after the last complete epoch of each fold, with the
 * result of an uninterrupted run except for times. Immutable and thread-safe.
 */
public final class CrossValidation {
  private static final String WHO = "CrossValidation";

  private final Folds folds;
  private final long seed;
  private final int workers;
  private final @Nullable Path folder;

  /** Factory of the candidate of a fold. Called by several threads if there are several workers. */
  @FunctionalInterface
  public interface Recipe {
    /**
     * Returns a new network, trainer and metrics for a fold.
     *
     * @param fold the fold
     * @return the candidate; equal for the same fold
     * @throws IOException if data cannot be read
     */
    Candidate candidate(Fold fold) throws IOException;
  }

  private CrossValidation(Folds folds, long seed, int workers, @Nullable Path folder) {
    this.folds = folds;
    this.seed = seed;
    this.workers = workers;
    this.folder = folder;
  }

  /**
   * Returns a cross-validation with seed 0 on the calling thread, without a folder.
   *
   * @param folds the rule of the folds
   * @return a cross-validation
   */
  public static CrossValidation of(Folds folds) {
    return new CrossValidation(Require.notNull(folds, "CrossValidation.of", "folds"), 0, 1, null);
  }

  /**
   * Returns a cross-validation with another seed.
   *
   * @param number determines the folds, and {@link Fold#seed}
   * @return a new cross-validation
   */
  public CrossValidation seed(long number) {
    return new CrossValidation(folds, number, workers, folder);
  }

  /**
   * Returns a cross-validation that trains several folds at once.
   *
   * @param number the number of threads, at least 1; no more than folds are used
   * @return a new cross-validation
   * @throws IllegalArgumentException if it is below 1
   */
  public CrossValidation workers(int number) {
    return new CrossValidation(
        folds, seed, Require.atLeastOne(number, WHO, "number of workers"), folder);
  }

  /**
   * Returns a cross-validation that keeps its state in a folder, from which the next run with the
   * same settings continues. The folder also holds the network of each fold, {@code
   * fold-1-result.safetensors}, a model file.
   *
   * @param path a folder for this cross-validation alone; created if it does not exist
   * @return a new cross-validation
   */
  public CrossValidation folder(Path path) {
    Require.notNull(path, "CrossValidation.folder", "path");
    return new CrossValidation(folds, seed, workers, path);
  }

  /**
   * Trains and measures all folds.
   *
   * @param data the data, in raw form; for a CSV file {@code format.columnsOf(file).read(file)}
   * @param recipe makes the candidate of each fold
   * @return the results, in the order of the folds
   * @throws IllegalArgumentException if {@link Folds#split} refuses the data, or if the folder has
   *     the results of other settings
   * @throws IllegalStateException if the folder is in use, or the recipe reuses a network
   * @throws org.nn4j.DivergedException if a fold diverges: the first of several
   * @throws IOException if data cannot be read, or the folder cannot be written, which is checked
   *     before the first fold
   * @throws InterruptedException if this thread is interrupted; all folds have stopped by then
   */
  public CrossValidationResult run(Dataset data, Recipe recipe)
      throws IOException, InterruptedException {
    Require.notNull(data, "CrossValidation.run", "data");
    Require.notNull(recipe, "CrossValidation.run", "recipe");
    List<Fold> all = folds.split(data, seed);
    RecipeCheck check = new RecipeCheck(WHO, "fold");
    Settings settings =
        Settings.none()
            .with("folds", folds.identity())
            .with("seed", seed)
            .with("rows", data.size());
    try (RunStore store =
        folder == null ? new RunStore.InMemory() : RunFolder.open(folder, settings)) {
      List<Callable<RunResult>> tasks =
          all.stream()
              .<Callable<RunResult>>map(
                  fold ->
                      () ->
                          new ResumableRun(store, "fold-" + fold.number(), 0)
                              .run(() -> check.checked(recipe.candidate(fold))))
              .toList();
      return new CrossValidationResult(Workers.run(workers, tasks));
    }
  }
}
