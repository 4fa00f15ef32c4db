package org.nn4j.estimator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.nn4j.Require;

/**
 * Prediction of a classifier for one row. Immutable and thread-safe.
 *
 * @param label the most probable class; of equal ones the first
 * @param probabilities of each class, in the order of the outputs; their sum is 1
 */
public record Prediction(String label, Map<String, Double> probabilities) {
  private static final int MAX_CLASSES = 10;

  /**
   * Copies the probabilities.
   *
   * @param label the most probable class
   * @param probabilities of each class, in the order of the outputs
   * @throws IllegalArgumentException if the label is not one of the classes
   */
  public Prediction {
    Require.notNull(label, "Prediction", "label");
    Require.notNull(probabilities, "Prediction", "probabilities");
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    Require.that(
        probabilities.containsKey(label), "Prediction", "a label among the classes", label);
  }

  /**
   * Returns the probability of the label.
   *
   * @return from 0 to 1
   */
  public double probability() {
    return probability(label);
  }

  /**
   * Returns the probability of a class.
   *
   * @param name the class
   * @return from 0 to 1
   * @throws IllegalArgumentException if there is no such class
   */
  public double probability(String name) {
    Require.notNull(name, "Prediction.probability", "name");
    Double probability = probabilities.get(name);
    if (probability == null) {
      throw new IllegalArgumentException(
          Require.message(
              "Prediction",
              "one of the classes " + String.join(", ", probabilities.keySet()),
              "'" + name + "'",
              "pass one of them"));
    }
    return probability;
  }

  /**
   * Returns the label and the probabilities: of more than ten classes, of the ten most probable.
   */
  @Override
  public String toString() {
    int others = probabilities.size() - MAX_CLASSES;
    String shown =
        others <= 0
            ? probabilities.toString()
            : probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MAX_CLASSES)
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", ", "{", " and " + others + " more}"));
    return "Prediction[label=" + label + ", probabilities=" + shown + "]";
  }
}
