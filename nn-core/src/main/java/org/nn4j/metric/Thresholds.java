package org.nn4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * Choice of the threshold between two classes on validation data.
 *
 * <pre>{@code
 * Thresholds thresholds = thresholds();
 * Evaluator.of(network).metrics(thresholds).evaluate(validation);
 * double limit = thresholds.forCost(1, 20).value();
 * }</pre>
 *
 * <pre>
 * a sample is predicted as class 1 if its output for class 1 &gt; threshold
 * precision = TP / (TP + FP)    recall = TP / (TP + FN)
 * Fβ        = (1 + β²) TP / ((1 + β²) TP + β² FN + FP)
 * cost      = FP · cost of a false positive + FN · cost of a false negative
 * </pre>
 *
 * <p>A threshold is the middle of two neighboring scores, the highest of equally good ones. For
 * networks with one output, or two classes. As a metric its value is the best F1 score. Keeps every
 * score, 8 bytes a sample. Created by {@link Metrics}. Not thread-safe.
 */
public final class Thresholds implements Metric {
  private static final String WHO = "Thresholds";

  private RankedScores scores = new RankedScores();

  /**
   * Threshold and its counts.
   *
   * @param value the threshold; class 1 is predicted above it
   * @param truePositives samples of class 1 that are predicted as 1
   * @param falsePositives samples of class 0 that are predicted as 1
   * @param falseNegatives samples of class 1 that are predicted as 0
   * @param trueNegatives samples of class 0 that are predicted as 0
   */
  public record Choice(
      double value,
      long truePositives,
      long falsePositives,
      long falseNegatives,
      long trueNegatives) {
    /** {@return the precision; 0 if class 1 is never predicted} */
    public double precision() {
      return ConfusionMatrix.share(truePositives, truePositives + falsePositives);
    }

    /** {@return the recall; 0 without a sample of class 1} */
    public double recall() {
      return ConfusionMatrix.share(truePositives, truePositives + falseNegatives);
    }

    /**
     * {@return the Fβ score; 0 without a true positive}
     *
     * @param beta β, above 0; recall counts β times as much as precision
     */
    public double fBeta(double beta) {
      Require.positive(beta, WHO, "beta");
      double missed = falseNegatives / (1 + Math.pow(beta, -2)); // β² / (1 + β²) of them
      double wrong = falsePositives / (1 + Math.pow(beta, 2));
      return truePositives == 0 ? 0 : truePositives / (truePositives + missed + wrong);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "threshold %s (precision %.4f, recall %.4f, TP %d, FP %d, FN %d, TN %d)",
          value,
          precision(),
          recall(),
          truePositives,
          falsePositives,
          falseNegatives,
          trueNegatives);
    }
  }

  Thresholds() {}

  @Override
  public String name() {
    return "best F1";
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    boolean[][] isOne = PredictionRows.classOne(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      scores.add(predicted[i][predicted[i].length - 1], isOne[i][0]);
    }
  }

  /**
   * Returns the threshold with the best Fβ score.
   *
   * @param beta β, above 0: 1 for F1, 2 where recall counts twice as much as precision
   * @return the choice
   * @throws IllegalArgumentException if β is not above 0
   * @throws IllegalStateException if there is no sample of class 1, or a score is not finite
   */
  public Choice forFBeta(double beta) {
    Require.positive(beta, WHO, "beta");
    return best(choice -> true, choice -> choice.fBeta(beta));
  }

  /**
   * Returns the threshold with the lowest cost.
   *
   * @param falsePositive the cost of a false positive, 0 or more
   * @param falseNegative the cost of a false negative, 0 or more
   * @return the choice
   * @throws IllegalArgumentException if a cost is negative or not finite
   * @throws IllegalStateException if there is no sample of class 1, or a score is not finite
   */
  public Choice forCost(double falsePositive, double falseNegative) {
    Require.notNegative(falsePositive, WHO, "cost of a false positive");
    Require.notNegative(falseNegative, WHO, "cost of a false negative");
    double highest = Math.max(falsePositive, falseNegative);
    double unit = highest == 0 ? 1 : highest; // costs of any size have a finite sum
    return best(
        choice -> true,
        choice ->
            -(choice.falsePositives() * (falsePositive / unit)
                + choice.falseNegatives() * (falseNegative / unit)));
  }

  /**
   * Returns the threshold with the best precision among those of at least some recall.
   *
   * @param recall the least recall, above 0 and at most 1
   * @return the choice
   * @throws IllegalArgumentException if the recall is not in this range
   * @throws IllegalStateException if there is no sample of class 1, or a score is not finite
   */
  public Choice forRecall(double recall) {
    Require.that(recall > 0 && recall <= 1, WHO, "a recall above 0, at most 1", recall);
    return best(choice -> choice.recall() >= recall, Choice::precision);
  }

  private Choice best(Predicate<Choice> isAllowed, ToDoubleFunction<Choice> score) {
    if (scores.positives() == 0) {
      throw refused("at least one sample of class 1", "none", "evaluate on data of both classes");
    }
    if (!scores.isFinite()) {
      throw refused(
          "finite scores", "NaN or infinite ones", "train again, with a smaller learning rate");
    }
    Choice best = null;
    for (Choice choice : choices()) {
      if (isAllowed.test(choice)
          && (best == null || score.applyAsDouble(choice) > score.applyAsDouble(best))) {
        best = choice;
      }
    }
    if (best == null) {
      throw new AssertionError("predicting all has a recall of 1");
    }
    return best;
  }

  /** Returns one threshold above all scores, between each two, and below all. */
  private List<Choice> choices() {
    List<Double> values = new ArrayList<>();
    List<int[]> counts = new ArrayList<>(List.of(new int[2]));
    scores.descending(
        (score, tp, fp) -> {
          values.add(score);
          counts.add(new int[] {tp, fp});
        });
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      int tp = counts.get(i)[0];
      int fp = counts.get(i)[1];
      choices.add(
          new Choice(between(values, i), tp, fp, scores.positives() - tp, scores.negatives() - fp));
    }
    return choices;
  }

  /** Returns a number that separates the first scores from the others. */
  private double between(List<Double> values, int first) {
    if (first == 0) {
      return values.get(0);
    }
    double above = values.get(first - 1);
    double below = first == values.size() ? Math.nextDown(above) : values.get(first);
    double middle = below / 2 + above / 2;
    return middle >= below && middle < above ? middle : below;
  }

  private static IllegalStateException refused(String expected, String found, String remedy) {
    return new IllegalStateException(Require.message(WHO, expected, found, remedy));
  }

  /** Returns the best F1 score; 0 without a sample of class 1, NaN without a sample or with NaN. */
  @Override
  public double value() {
    if (scores.holdsNaN() || scores.positives() + scores.negatives() == 0) {
      return Double.NaN;
    }
    double[] best = {0};
    scores.descending(
        (score, tp, fp) ->
            best[0] = Math.max(best[0], 2.0 * tp / ((double) scores.positives() + tp + fp)));
    return best[0];
  }

  @Override
  public void reset() {
    scores = new RankedScores();
  }
}
