package org.nn4j.predict;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Prediction of a classifier for one row. Immutable and thread-safe. */
public final class Prediction implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MAX_CLASSES = 10;

  /** One of the class labels. */
  private final String label;

  /** By label, in the order of the outputs. */
  private final Map<String, Double> probabilities;

  Prediction(String label, Map<String, Double> probabilities) {
    this.label = label;
    this.probabilities = Collections.unmodifiableMap(probabilities);
  }

  /**
   * Returns the most probable class; of equal ones the first.
   *
   * @return one of the class labels
   */
  public String label() {
    return label;
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
    Double probability = probabilities.get(Texts.notNull(name, "Prediction.probability", "name"));
    if (probability == null) {
      throw new IllegalArgumentException(
          Texts.message(
              "Prediction",
              "one of the classes " + Texts.join(", ", probabilities.keySet()),
              "'" + name + "'",
              "pass one of them"));
    }
    return probability;
  }

  /**
   * Returns the probability of each class.
   *
   * @return by label, in the order of the outputs; the sum is 1
   */
  public Map<String, Double> probabilities() {
    return probabilities;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction prediction
        && label.equals(prediction.label)
        && probabilities.equals(prediction.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * label.hashCode() + probabilities.hashCode();
  }

  /**
   * Returns the label and the probabilities: of more than ten classes, of the ten most probable.
   */
  @Override
  public String toString() {
    return "Prediction[label=" + label + ", probabilities=" + shown() + "]";
  }

  private String shown() {
    int others = probabilities.size() - MAX_CLASSES;
    if (others <= 0) {
      return probabilities.toString();
    }
    List<Map.Entry<String, Double>> sorted = new ArrayList<>(probabilities.entrySet());
    Collections.sort(sorted, (a, b) -> Double.compare(b.getValue(), a.getValue()));
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, Double> entry : sorted.subList(0, MAX_CLASSES)) {
      texts.add(entry.toString());
    }
    return "{" + Texts.join(", ", texts) + " and " + others + " more}";
  }
}
