package org.nn4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Predictions of a network for a data set, and their targets. Do not change its arrays. */
final class EvaluatedData {
  private static final int MAX_SAMPLES = 10_000;
  private static final int MAX_ELEMENTS = 2_000_000;
  private static final double SUM_TOLERANCE = 1e-4;
  private static final int MAX_LABEL_LENGTH = 60;

  /** Meaning of targets. */
  enum Kind {
    /** One class for each sample. */
    CLASSES,
    /** Any number of labels for each sample. */
    LABELS,
    /** Numbers, as in a regression. */
    VALUES
  }

  private final Dataset data;
  private final Kind kind;
  private final double[][] predictions;
  private final double[][] targets;
  private final String conversion;

  private EvaluatedData(
      Dataset data, Kind kind, double[][] predictions, double[][] targets, String conversion) {
    this.data = data;
    this.kind = kind;
    this.predictions = predictions;
    this.targets = targets;
    this.conversion = conversion;
  }

  /** Metric that records predictions and targets. */
  private static final class Collector implements Metric {
    private final List<double[]> predictions = new ArrayList<>();
    private final List<double[]> targets = new ArrayList<>();

    @Override
    public String name() {
      return "predictions";
    }

    @Override
    public void update(INDArray newPredictions, INDArray newTargets) {
      add(newPredictions, predictions);
      add(newTargets, targets);
    }

    private static void add(INDArray batch, List<double[]> rows) {
      try (INDArray doubles = batch.dup('c').castTo(DataType.DOUBLE)) {
        double[] numbers = doubles.data().asDouble();
        int width = Math.toIntExact(numbers.length / batch.size(0));
        for (int from = 0; from < numbers.length; from += width) {
          rows.add(Arrays.copyOfRange(numbers, from, from + width));
        }
      }
    }

    @Override
    public double value() {
      return predictions.size();
    }

    @Override
    public void reset() {
      predictions.clear();
      targets.clear();
    }
  }

  /** Evaluates a network on the first samples of a data set. */
  static EvaluatedData of(Network network, Dataset all) {
    long outputs = network.outputShape().size();
    int limit = (int) Math.max(1, Math.min(MAX_SAMPLES, MAX_ELEMENTS / outputs));
    Dataset data = all.size() > limit ? all.take(limit) : all;
    Collector collector = new Collector();
    Evaluator.of(network).metrics(collector).evaluate(data);
    double[][] targets = collector.targets.toArray(double[][]::new);
    double[][] predictions = collector.predictions.toArray(double[][]::new);
    Kind kind = kind(network.info(), targets);
    Activation last = network.activation();
    boolean areLogits = last.equals(Activations.identity());
    if (!areLogits && !last.equals(Activations.softmax()) && !last.equals(Activations.sigmoid())) {
      areLogits =
          Arrays.stream(predictions).flatMapToDouble(Arrays::stream).anyMatch(p -> p < 0 || p > 1);
    }
    if (kind == Kind.VALUES || !areLogits) {
      return new EvaluatedData(data, kind, predictions, targets, "");
    }
    boolean isSoftmax = kind == Kind.CLASSES && outputs > 1;
    double[][] converted =
        Arrays.stream(predictions)
            .map(row -> isSoftmax ? softmax(row) : sigmoid(row))
            .toArray(double[][]::new);
    return new EvaluatedData(data, kind, converted, targets, isSoftmax ? "softmax" : "sigmoid");
  }

  private static Kind kind(ModelInfo info, double[][] targets) {
    if (!info.targets().isEmpty()) {
      return Kind.VALUES;
    }
    if (Arrays.stream(targets).allMatch(row -> Labels.classOfTarget(row) != Labels.NO_CLASS)) {
      return Kind.CLASSES;
    }
    boolean areLabels =
        Arrays.stream(targets).flatMapToDouble(Arrays::stream).allMatch(y -> y == 0 || y == 1);
    return areLabels ? Kind.LABELS : Kind.VALUES;
  }

  private static double[] softmax(double[] logits) {
    double largest = Arrays.stream(logits).max().orElse(0);
    double[] powers = Arrays.stream(logits).map(z -> Math.exp(z - largest)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }

  private static double[] sigmoid(double[] logits) {
    return Arrays.stream(logits).map(z -> 1 / (1 + Math.exp(-z))).toArray();
  }

  Dataset data() {
    return data;
  }

  Kind kind() {
    return kind;
  }

  /** Returns {@code [N][out]}; probabilities unless the kind is {@code VALUES}. */
  double[][] predictions() {
    return predictions;
  }

  /** Returns {@code [N][out]}. */
  double[][] targets() {
    return targets;
  }

  int size() {
    return targets.length;
  }

  int outputs() {
    return targets[0].length;
  }

  int trueClass(int sample) {
    return Labels.classOfTarget(targets[sample]);
  }

  int predictedClass(int sample) {
    return Labels.classOf(predictions[sample]);
  }

  /**
   * Returns whether the probabilities of each sample sum to 1, unlike those of several sigmoids.
   */
  boolean areDistributions() {
    return outputs() == 1
        || Arrays.stream(predictions)
            .mapToDouble(row -> Arrays.stream(row).sum())
            .noneMatch(sum -> Math.abs(sum - 1) > SUM_TOLERANCE);
  }

  /** Returns the probability of a class. */
  double probability(int sample, int label) {
    double[] row = predictions[sample];
    return row.length > 1 ? row[label] : label == 1 ? row[0] : 1 - row[0];
  }

  /** Returns the scores of one class against the others, as for a network with one output. */
  EvaluatedData ofOne(double[] scores, boolean[] isPositive) {
    double[][] rows = new double[scores.length][1];
    double[][] truth = new double[scores.length][1];
    for (int i = 0; i < scores.length; i++) {
      rows[i][0] = scores[i];
      truth[i][0] = isPositive[i] ? 1 : 0;
    }
    return new EvaluatedData(data, kind, rows, truth, conversion);
  }

  /** Returns one output and its target for each sample, as for a network with one output. */
  EvaluatedData column(int output) {
    return new EvaluatedData(
        data, kind, column(predictions, output), column(targets, output), conversion);
  }

  private static double[][] column(double[][] rows, int index) {
    return Arrays.stream(rows).map(row -> new double[] {row[index]}).toArray(double[][]::new);
  }

  /** Updates a metric with all samples. */
  <M extends Metric> M measured(M metric) {
    try (INDArray p = Nd4j.createFromArray(predictions);
        INDArray t = Nd4j.createFromArray(targets)) {
      metric.update(p, t);
    }
    return metric;
  }

  /** Returns the name of each class or label, cut to a length for a page. */
  List<String> labels(ModelInfo info) {
    int count = kind == Kind.CLASSES && outputs() == 1 ? 2 : outputs();
    Stream<String> names =
        info.classLabels().size() == count
            ? info.classLabels().stream()
            : IntStream.range(0, count).mapToObj(Integer::toString);
    return names.map(name -> Numbers.cut(name, MAX_LABEL_LENGTH)).toList();
  }

  /** Returns a sentence on the samples and the conversion. */
  String note() {
    return "Evaluated on "
        + size()
        + " samples."
        + (conversion.isEmpty() ? "" : " Probabilities: " + conversion + " of the outputs.");
  }
}
