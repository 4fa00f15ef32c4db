package org.nn4j.tuning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.nn4j.Require;
import org.nn4j.model.Evaluation;

/**
 * Results of a cross-validation. Immutable.
 *
 * @param folds the result of each fold, in order
 */
public record CrossValidationResult(List<RunResult> folds) {
  /**
   * Copies the list.
   *
   * @param folds the result of each fold, in order
   */
  public CrossValidationResult {
    Require.notNull(folds, "CrossValidationResult", "folds");
    folds = List.copyOf(folds);
  }

  /** {@return the mean over the folds of the loss and each metric} */
  public Evaluation mean() {
    return each(values -> DoubleStream.of(values).average().orElse(Double.NaN));
  }

  /** {@return the standard deviation over the folds, with n − 1, of the loss and each metric} */
  public Evaluation spread() {
    return each(
        values -> {
          double mean = DoubleStream.of(values).average().orElse(Double.NaN);
          double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
          return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
        });
  }

  private Evaluation each(Function<double[], Double> statistic) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (!folds.isEmpty()) {
      for (String name : folds.get(0).evaluation().figures().keySet()) {
        figures.put(
            name,
            statistic.apply(
                folds.stream()
                    .mapToDouble(fold -> fold.evaluation().figures().getOrDefault(name, Double.NaN))
                    .toArray()));
      }
    }
    return new Evaluation(figures);
  }

  /** Returns a line for each fold, and one with mean and spread of each figure. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < folds.size(); i++) {
      text.append("fold ")
          .append(i + 1)
          .append(": ")
          .append(folds.get(i).evaluation())
          .append('\n');
    }
    Map<String, Double> spread = spread().figures();
    mean()
        .figures()
        .forEach(
            (name, mean) ->
                text.append(
                    String.format(Locale.ROOT, "%s %.4f ± %.4f%n", name, mean, spread.get(name))));
    return text.toString().replace(System.lineSeparator(), "\n").stripTrailing();
  }
}
