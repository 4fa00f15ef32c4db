package org.nn4j.report;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.explain.Attribution;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.report.Page.Gallery;
import org.nn4j.report.Page.Image;
import org.nn4j.report.Page.Picture;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Section;
import org.nn4j.report.Page.Table;

/**
 * Samples with the worst predictions: the lowest probability of the true class, or the largest
 * error of a value.
 */
final class MistakeSection {
  private static final int MAX_MISTAKES = 24;
  private static final int MAX_INPUTS = 12;
  private static final int MAX_NAME_LENGTH = 40;
  private static final int SHOWN_SIDE = 84;

  /** Steps of integrated gradients. */
  private static final int STEPS = 50;

  private final EvaluatedData evaluated;
  private final Network network;
  private final ModelInfo info;
  private final List<String> labels;

  private MistakeSection(EvaluatedData evaluated, Network network) {
    this.evaluated = evaluated;
    this.network = network;
    this.info = network.info();
    this.labels = evaluated.labels(info);
  }

  static Section of(EvaluatedData evaluated, Network network, Optional<Shape> form) {
    MistakeSection section = new MistakeSection(evaluated, network);
    boolean isClass = evaluated.kind() == EvaluatedData.Kind.CLASSES;
    List<Integer> worst =
        isClass ? section.mistakes() : ResidualSection.worst(evaluated, MAX_MISTAKES);
    String title = isClass ? "Worst mistakes" : "Largest errors";
    if (worst.isEmpty() || evaluated.kind() == EvaluatedData.Kind.LABELS) {
      return Section.none();
    }
    double[][] inputs = section.inputs(worst);
    String note = isClass ? "Wrong predictions with the lowest probability of the true class." : "";
    return form.isPresent()
        ? new Section(
            "mistakes",
            title,
            note,
            List.of(),
            List.of(),
            List.of(section.gallery(worst, inputs, form.get())))
        : Section.ofTables("mistakes", title, note, section.table(worst, inputs));
  }

  private List<Integer> mistakes() {
    return IntStream.range(0, evaluated.size())
        .filter(i -> evaluated.predictedClass(i) != evaluated.trueClass(i))
        .boxed()
        .sorted(comparingDouble(this::ofTruth))
        .limit(MAX_MISTAKES)
        .toList();
  }

  private double ofTruth(int sample) {
    double p = evaluated.probability(sample, evaluated.trueClass(sample));
    return Double.isNaN(p) ? -1 : p;
  }

  private double[][] inputs(List<Integer> samples) {
    int[] rows = samples.stream().mapToInt(i -> i).toArray();
    try (Batches batches =
            Batches.inOrder(evaluated.data().subset(rows), rows.length, DataType.DOUBLE);
        Epoch epoch = batches.evaluation()) {
      Iterator<Batch> all = epoch.iterator();
      INDArray inputs = all.next().inputs();
      try (INDArray flat = inputs.dup('c')) {
        return flat.reshape(rows.length, flat.length() / rows.length).toDoubleMatrix();
      }
    }
  }

  private Gallery gallery(List<Integer> samples, double[][] inputs, Shape form) {
    List<Picture> pictures = new ArrayList<>();
    int height = (int) Math.max(1, SHOWN_SIDE * form.dimension(1) / form.dimension(2));
    try (Attribution attribution = Attribution.of(network)) {
      for (int k = 0; k < inputs.length; k++) {
        int sample = samples.get(k);
        pictures.add(
            new Picture(
                images(attribution, sample, inputs[k], form),
                SHOWN_SIDE,
                height,
                "sample " + sample + "\n" + String.join("\n", texts(sample))));
      }
    }
    return new Gallery(
        pictures.size()
            + " samples, each with its saliency and integrated gradients from a blank input, for the"
            + " predicted output",
        pictures);
  }

  /** Returns the picture and its attributions, which an input or an output of NaN does not have. */
  private List<Image> images(Attribution attribution, int sample, double[] input, Shape form) {
    List<Image> images = new ArrayList<>();
    images.add(new Image(Pixels.picture(input, form).dataUri(), "Sample " + sample));
    int predicted = isClass() ? evaluated.predictedClass(sample) : 0;
    if (predicted >= 0 && Arrays.stream(input).allMatch(Double::isFinite)) {
      int output = Math.min(predicted, evaluated.outputs() - 1);
      double[] blank = new double[input.length];
      images.add(signed(attribution.saliency(input, output), form, "Saliency"));
      images.add(
          signed(
              attribution.integratedGradients(input, blank, output, STEPS),
              form,
              "Integrated gradients"));
    }
    return images;
  }

  private static Image signed(double[] values, Shape form, String text) {
    return new Image(Pixels.weights(new double[][] {values}, form, 1).dataUri(), text);
  }

  private Table table(List<Integer> samples, double[][] inputs) {
    List<String> headers = new ArrayList<>(List.of("sample"));
    headers.addAll(headers());
    Optional<Features> features = info.features();
    int all = features.map(known -> known.list().size()).orElse(inputs[0].length);
    int shown = Math.min(MAX_INPUTS, all);
    for (int j = 0; j < shown; j++) {
      headers.add(
          features.isPresent()
              ? Numbers.cut(features.get().names().get(j), MAX_NAME_LENGTH)
              : "input " + j);
    }
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < inputs.length; k++) {
      List<String> texts = new ArrayList<>(cells(samples.get(k)));
      double[] x = inputs[k];
      List<String> raw =
          features.isPresent()
              ? RawValues.of(features.get(), x, shown)
              : Arrays.stream(x).limit(shown).mapToObj(Numbers::text).toList();
      raw.forEach(text -> texts.add(Numbers.cut(text, MAX_NAME_LENGTH)));
      rows.add(Row.of(Integer.toString(samples.get(k)), texts));
    }
    String caption = features.isPresent() ? "Raw values" : "Inputs of the network";
    String cut = shown < all ? " (the first " + shown + " of " + all + ")" : "";
    return new Table(caption + cut, "plain", headers, rows);
  }

  private boolean isClass() {
    return evaluated.kind() == EvaluatedData.Kind.CLASSES;
  }

  private List<String> headers() {
    return isClass()
        ? List.of("true class", "predicted class", "p(true)", "p(predicted)")
        : List.of("target", "prediction");
  }

  private List<String> cells(int sample) {
    if (!isClass()) {
      return List.of(values(evaluated.targets()[sample]), values(evaluated.predictions()[sample]));
    }
    int truth = evaluated.trueClass(sample);
    int predicted = evaluated.predictedClass(sample);
    return List.of(
        labels.get(truth),
        predicted < 0 ? "none" : labels.get(predicted),
        Numbers.percent(evaluated.probability(sample, truth)),
        predicted < 0 ? "NaN" : Numbers.percent(evaluated.probability(sample, predicted)));
  }

  private List<String> texts(int sample) {
    List<String> cells = cells(sample);
    return isClass()
        ? List.of(
            "true: " + cells.get(0) + ", " + cells.get(2),
            "predicted: " + cells.get(1) + ", " + cells.get(3))
        : List.of("target " + cells.get(0), "prediction " + cells.get(1));
  }

  private String values(double[] row) {
    List<String> texts = new ArrayList<>();
    for (int j = 0; j < Math.min(4, row.length); j++) {
      TargetColumn target = ResidualSection.target(info, j);
      texts.add(Numbers.text(target.unscale(row[j])));
    }
    return String.join(", ", texts);
  }
}
