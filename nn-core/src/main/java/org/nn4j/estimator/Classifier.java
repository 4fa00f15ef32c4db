package org.nn4j.estimator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Activation;
import org.nn4j.Require;
import org.nn4j.activation.Activations;
import org.nn4j.data.csv.CsvColumns;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.feature.Features;
import org.nn4j.internal.Checks;
import org.nn4j.io.ModelFormatException;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;

/**
 * Trained model that predicts the label and the class probabilities of a raw row.
 *
 * <pre>{@code
 * CsvFormat format = CsvFormat.infer(file).label("churned").fillMissing(median());
 * Classifier model = Classifier.builder(format, file).hidden(32, relu()).epochs(50).seed(1).fit();
 * model.save(path);
 * Prediction prediction = Classifier.load(path).predict(Map.of("age", 33, "plan", "basic"));
 * }</pre>
 *
 * <p>The probabilities depend on the last activation. Softmax: the outputs. Sigmoid: one output is
 * the probability of class 1; several are divided by their sum. Identity: the softmax of the
 * outputs, or the sigmoid of one output.
 */
public final class Classifier extends Estimator<Prediction> {
  private static final String WHO = "Classifier";

  private final List<String> labels;

  private Classifier(Network network) {
    super(network);
    this.labels = network.info().classLabels();
  }

  /**
   * Returns a classifier of a network whose {@link Network#info} has class labels.
   *
   * @param network a trained network; not copied
   * @return the classifier
   * @throws IllegalArgumentException if there are no class labels, or the last activation is
   *     neither softmax, sigmoid nor identity
   */
  public static Classifier of(Network network) {
    Require.notNull(network, "Classifier.of", "network");
    return new Classifier(fitting(network, Classifier::misfit));
  }

  private static @Nullable Misfit misfit(Network network) {
    int classes = network.info().classLabels().size();
    if (classes < 2) {
      String expected = "a network with two or more class labels";
      String set = "set them: network.setInfo(network.info().withClassLabels(...))";
      return network.info().targets().isEmpty()
          ? new Misfit(
              WHO,
              expected,
              classes + " class labels",
              set,
              "load it with ModelFiles.load, and " + set)
          : new Misfit(WHO, expected, "one with targets", "use Regressor", "use Regressor.load");
    }
    Activation last = network.activation();
    boolean isSoftmax = last.equals(Activations.softmax());
    if (!isSoftmax && !last.equals(Activations.sigmoid()) && !last.equals(Activations.identity())) {
      return new Misfit(
          WHO,
          "softmax, sigmoid or identity as the last activation",
          last.toString(),
          "end the network with one of these",
          "load it with ModelFiles.load");
    }
    return isSoftmax && network.outputShape().size() == 1
        ? new Misfit(
            WHO,
            "sigmoid or identity as the last activation of one output",
            last.toString(),
            "end the network with one of these, or with an output for each class",
            "load it with ModelFiles.load")
        : null;
  }

  /**
   * Returns a classifier of a network that was trained on encoded rows. Sets the {@link
   * Network#info}.
   *
   * @param network a trained network; not copied
   * @param features the encoding of raw rows
   * @param classes the name of each class, in the order of the outputs
   * @return the classifier
   * @throws IllegalArgumentException if features or classes do not fit the network, or for the
   *     reasons of {@link #of(Network)}
   */
  public static Classifier of(Network network, Features features, List<String> classes) {
    Require.notNull(network, "Classifier.of", "network");
    Require.notNull(features, "Classifier.of", "features");
    Checks.noNulls(classes, "Classifier.of", "classes");
    return withInfo(
        network, network.info().withFeatures(features).withClassLabels(classes), Classifier::of);
  }

  /**
   * Returns a builder that trains a classifier on a CSV file.
   *
   * @param format with a label
   * @param file the training data
   * @return the builder
   * @throws IllegalArgumentException if the format has no label
   */
  public static EstimatorBuilder<Classifier> builder(CsvFormat format, Path file) {
    return new EstimatorBuilder<>(
        format,
        file,
        new EstimatorBuilder.Task<>(Activations.softmax(), Losses.crossEntropy(), Classifier::of));
  }

  static Classifier of(Network network, CsvColumns columns) {
    Require.that(
        !columns.classes().isEmpty(),
        WHO,
        "a format with a label",
        "numeric targets",
        "name the column with label(...), or use Regressor");
    Require.that(
        columns.classes().size() > 1,
        WHO,
        "two or more classes in the column of the label",
        columns.classes(),
        "use a file with rows of each class");
    return of(network, columns.features(), columns.classes());
  }

  /**
   * Loads a classifier, also from a checkpoint, or from a file of format 1 with class labels.
   *
   * @param file a file that {@link #save} wrote
   * @return the classifier
   * @throws ModelFormatException if the file is damaged, of another kind or of a newer format
   * @throws IOException if it cannot be read
   */
  public static Classifier load(Path file) throws IOException {
    return new Classifier(loaded(file, Classifier::misfit));
  }

  /**
   * Returns the classes.
   *
   * @return in the order of the outputs
   */
  public List<String> classes() {
    return labels;
  }

  /** Returns the probabilities of both classes for one output, else one for each output. */
  @Override
  double[] inUnits(double[] outputs) {
    boolean areLogits = network().activation().equals(Activations.identity());
    if (outputs.length == 1) {
      double one = areLogits ? 1 / (1 + Math.exp(-outputs[0])) : outputs[0];
      return new double[] {1 - one, one};
    }
    if (!areLogits) {
      return outputs;
    }
    double max = Arrays.stream(outputs).max().orElseThrow();
    return shares(Arrays.stream(outputs).map(z -> Math.exp(z - max)).toArray());
  }

  @Override
  Prediction prediction(double[] outputs) {
    boolean areIndependent =
        network().outputShape().size() > 1 && network().activation().equals(Activations.sigmoid());
    double[] probabilities = areIndependent ? shares(outputs) : outputs;
    int best = 0;
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
      byLabel.put(labels.get(i), probabilities[i]);
    }
    return new Prediction(labels.get(best), byLabel);
  }

  private static double[] shares(double... weights) {
    double sum = Arrays.stream(weights).sum();
    double equal = 1.0 / weights.length;
    return Arrays.stream(weights).map(w -> sum == 0 ? equal : w / sum).toArray();
  }

  @Override
  List<String> answerColumns() {
    return List.of("prediction", "probability");
  }

  @Override
  List<Object> columnValues(Prediction prediction) {
    return List.of(prediction.label(), prediction.probability());
  }

  @Override
  CsvColumns columns(CsvFormat format, Path file, Features features) throws IOException {
    return format.columnsOf(file, features, labels, List.of());
  }

  @Override
  public String toString() {
    return "Classifier("
        + features().map(Object::toString).orElse("numbers")
        + " -> "
        + labels
        + ")";
  }
}
