package org.nn4j.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Saved model that predicts the label and the class probabilities of a raw row.
 *
 * <pre>{@code
 * Classifier model = Classifier.load(Path.of("churn.safetensors"));
 * Prediction prediction = model.predict(Map.of("age", 33, "plan", "basic"));
 * }</pre>
 *
 * <p>The probabilities depend on the last activation. Softmax: the outputs. Sigmoid: one output is
 * the probability of class 1; several are divided by their sum. Identity: the softmax of the
 * outputs, or the sigmoid of one output.
 */
public final class Classifier extends Estimator<Prediction> {
  @Serial private static final long serialVersionUID = 1L;

  private static final String WHO = "Classifier";
  private static final String IDENTITY = "identity";

  private final transient List<String> labels;
  private final transient String last;

  private Classifier(Predictor predictor) {
    super(predictor);
    this.labels = predictor.info().classLabels;
    this.last = predictor.lastActivation();
  }

  /**
   * Returns a classifier of a predictor whose file has class labels.
   *
   * @param predictor for example one with user-defined layers
   * @return the classifier
   * @throws IllegalArgumentException if there are no class labels, or the last activation is
   *     neither softmax, sigmoid nor identity
   */
  public static Classifier of(Predictor predictor) {
    Texts.notNull(predictor, "Classifier.of", "predictor");
    Misfit misfit = misfit(predictor);
    if (misfit != null) {
      throw misfit.ofNetwork();
    }
    return new Classifier(predictor);
  }

  /** Returns null if the network of a predictor fits. */
  private static Misfit misfit(Predictor predictor) {
    int classes = predictor.info().classLabels.size();
    if (classes < 2) {
      String expected = "a network with two or more class labels";
      String set = "set them: network.setInfo(network.info().withClassLabels(...))";
      return predictor.info().targets.isEmpty()
          ? new Misfit(
              WHO,
              expected,
              classes + " class labels",
              set,
              "load it with Predictor.load, or " + set)
          : new Misfit(WHO, expected, "one with targets", "use Regressor", "use Regressor.load");
    }
    String last = predictor.lastActivation();
    boolean isSoftmax = last.equals("softmax");
    if (!isSoftmax && !last.equals("sigmoid") && !last.equals(IDENTITY)) {
      return new Misfit(
          WHO,
          "softmax, sigmoid or identity as the last activation",
          last,
          "end the network with one of these",
          "load it with Predictor.load");
    }
    return isSoftmax && predictor.outputSize() == 1
        ? new Misfit(
            WHO,
            "sigmoid or identity as the last activation of one output",
            last,
            "end the network with one of these, or with an output for each class",
            "load it with Predictor.load")
        : null;
  }

  /**
   * Loads a classifier, also from a checkpoint, or from a file of format 1 with class labels.
   *
   * @param file a file that {@code save} of nn-core wrote
   * @return the classifier
   * @throws ModelFormatException if the file is damaged, of another kind or of a newer format
   * @throws IOException if it cannot be read
   */
  @NewerThanApi24
  public static Classifier load(Path file) throws IOException {
    Predictor predictor = Predictor.load(file);
    return of(file.toString(), predictor);
  }

  /**
   * Loads a classifier from a stream, which is read to its end and not closed.
   *
   * @param in a whole model file
   * @return the classifier
   * @throws ModelFormatException as of {@link #load(Path)}
   * @throws IOException if it cannot be read
   */
  public static Classifier load(InputStream in) throws IOException {
    return of(Predictor.IN_STREAM, Predictor.load(in));
  }

  /**
   * Loads a classifier from memory.
   *
   * @param bytes a whole model file; copied
   * @return the classifier
   * @throws ModelFormatException as of {@link #load(Path)}
   */
  public static Classifier load(byte[] bytes) throws ModelFormatException {
    return of(Predictor.IN_MEMORY, Predictor.load(bytes));
  }

  private static Classifier of(String file, Predictor predictor) throws ModelFormatException {
    Misfit misfit = misfit(predictor);
    if (misfit != null) {
      throw misfit.ofFile(file);
    }
    return new Classifier(predictor);
  }

  @Override
  Classifier again(Predictor read) {
    return of(read);
  }

  /**
   * Returns the classes.
   *
   * @return in the order of the outputs
   */
  public List<String> classes() {
    return labels;
  }

  @Override
  Prediction prediction(float[] outputs) {
    double[] probabilities = probabilities(outputs);
    int best = 0;
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
      byLabel.put(labels.get(i), probabilities[i]);
    }
    return new Prediction(labels.get(best), byLabel);
  }

  private double[] probabilities(float[] outputs) {
    if (outputs.length == 1) {
      double one = last.equals(IDENTITY) ? 1 / (1 + Math.exp(-outputs[0])) : outputs[0];
      return new double[] {1 - one, one};
    }
    double[] weights = new double[outputs.length];
    double max = Double.NEGATIVE_INFINITY;
    for (float output : outputs) {
      max = Math.max(max, output);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = last.equals(IDENTITY) ? Math.exp(outputs[i] - max) : outputs[i];
      sum += weights[i];
    }
    for (int i = 0; i < weights.length && !last.equals("softmax"); i++) {
      weights[i] = sum == 0 ? 1.0 / weights.length : weights[i] / sum;
    }
    return weights;
  }

  @Override
  public String toString() {
    return "Classifier(" + describeInput() + " -> " + labels + ")";
  }
}
