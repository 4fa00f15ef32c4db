package org.nn4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Labels;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.NewArrays;

/**
 * Classes of the outputs {@code [B, classes]} of a classifier.
 *
 * <p>The class of a row is the index of its largest output, the first of equal ones; with one
 * output, 1 if it is above 0.5, else 0. A row that contains NaN has no class. {@link
 * Metrics#accuracy} uses the same rule. Thread-safe.
 */
public final class Predictions {
  private static final String WHO = "Predictions";

  private Predictions() {}

  /**
   * Class with its probability.
   *
   * @param index the class
   * @param probability the output of the network for it
   */
  public record ClassProbability(int index, double probability) {}

  /**
   * Label of a class with its probability.
   *
   * @param label the label of the class
   * @param probability the output of the network for it
   */
  public record LabelProbability(String label, double probability) {
    /**
     * Checks the arguments.
     *
     * @param label the label of the class
     * @param probability the output of the network for it
     */
    public LabelProbability {
      Require.notNull(label, "LabelProbability", "label");
    }
  }

  /**
   * Returns the class of each row.
   *
   * @param predictions {@code [B, classes]}, or {@code [B, 1]} for two classes
   * @return the classes {@code [B]}, −1 for a row without one
   * @throws ShapeMismatchException if the rank is not 2
   */
  public static int[] classIndices(INDArray predictions) {
    Require.notNull(predictions, "Predictions.classIndices", "predictions");
    return Arrays.stream(PredictionRows.of(predictions, WHO, "predictions"))
        .mapToInt(Labels::classOf)
        .toArray();
  }

  /**
   * Returns 1 at the class of each row, 0 elsewhere.
   *
   * @param predictions {@code [B, classes]}, or {@code [B, 1]} for two classes; not changed
   * @return a new array of the same shape and data type; a row without a class is all 0, and with
   *     one output the element is the class itself
   * @throws ShapeMismatchException if the rank is not 2
   */
  public static INDArray oneHot(INDArray predictions) {
    Require.notNull(predictions, "Predictions.oneHot", "predictions");
    int[] classes = classIndices(predictions);
    INDArray result = NewArrays.zeros(predictions.dataType(), predictions.shape());
    boolean oneOutput = predictions.size(1) == 1;
    for (int i = 0; i < classes.length; i++) {
      if (oneOutput) {
        result.putScalar(i, 0, Math.max(classes[i], 0));
      } else if (classes[i] != Labels.NO_CLASS) {
        result.putScalar(i, classes[i], 1);
      }
    }
    return result;
  }

  /**
   * Returns the most probable classes of each row.
   *
   * @param predictions {@code [B, classes]}
   * @param k the number of classes to return, from 1 to all
   * @return for each row its k largest outputs, in descending order, of equal ones the first class
   *     first; an empty list for a row without a class
   * @throws ShapeMismatchException if the rank is not 2
   * @throws IllegalArgumentException if k is below 1 or above the number of classes
   */
  public static List<List<ClassProbability>> topK(INDArray predictions, int k) {
    Require.notNull(predictions, "Predictions.topK", "predictions");
    double[][] rows = PredictionRows.of(predictions, WHO, "predictions");
    long classes = predictions.size(1);
    Require.that(k >= 1 && k <= classes, WHO, "k from 1 to " + classes + ", the classes", k);
    List<List<ClassProbability>> result = new ArrayList<>();
    for (double[] row : rows) {
      result.add(
          Arrays.stream(PredictionRows.largest(row, k))
              .mapToObj(j -> new ClassProbability(j, row[j]))
              .toList());
    }
    return List.copyOf(result);
  }

  /**
   * Returns all classes of one sample by label, the most probable first.
   *
   * @param row one prediction, {@code [classes]} or {@code [1, classes]}
   * @param labels the labels of the classes, in the order of the outputs; for one output p, two
   *     labels: of class 0 with the probability 1 − p and of class 1 with p
   * @return a label for each class, in descending order of probability, of equal ones the first
   *     class first; an empty list if the row has no class
   * @throws ShapeMismatchException if the row is not one, or has not as many outputs as labels
   */
  public static List<LabelProbability> withLabels(INDArray row, List<String> labels) {
    Require.notNull(row, "Predictions.withLabels", "row");
    Checks.noNulls(labels, "Predictions.withLabels", "labels");
    boolean oneRow = row.rank() == 1 || (row.rank() == 2 && row.size(0) == 1);
    if (oneRow && row.length() == 1 && labels.size() == 2) {
      double p = row.getDouble(0);
      return withLabels(NewArrays.of(1 - p, p), labels);
    }
    if (!oneRow || row.length() != labels.size()) {
      throw new ShapeMismatchException(
          WHO,
          "one row [" + labels.size() + "], an output for each label",
          Arrays.toString(row.shape()),
          "pass one sample's prediction and all labels");
    }
    return topK(row.reshape(1, row.length()), labels.size()).get(0).stream()
        .map(c -> new LabelProbability(labels.get(c.index()), c.probability()))
        .toList();
  }
}
