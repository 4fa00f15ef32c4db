package org.nn4j.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Encoding of a network's inputs and outputs: the metadata {@code info} of a model file. */
final class ModelInfo {
  private static final String SCALING = "input_scaling";
  private static final String FEATURES = "features";
  private static final String LABELS = "class_labels";
  private static final String TARGETS = "targets";
  private static final String NOTES = "notes";
  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String FILL = "fill";
  private static final String INDICATOR = "indicator";
  private static final String CATEGORIES = "categories";
  private static final String UNKNOWN = "unknown";

  /** Target column of a regression: {@code raw = y · deviation + mean}. */
  static final class Target {
    final String name;
    final double mean;
    final double deviation;

    Target(String name, double mean, double deviation) {
      this.name = name;
      this.mean = mean;
      this.deviation = deviation;
    }

    double unscaled(double output) {
      return output * deviation + mean;
    }
  }

  /** Means of the scaling of plain numbers, one for all or one for each; null without a scaling. */
  private final double[] mean;

  /** Deviations of the scaling, as many. */
  private final double[] deviation;

  /** Encoding of raw rows; null for a network without named features. */
  final Features features;

  /** In the order of the outputs; may be empty. */
  final List<String> classLabels;

  /** In the order of the outputs; may be empty. */
  final List<Target> targets;

  /** Reads the metadata of a network with the given numbers of inputs and outputs. */
  ModelInfo(TensorFile file, int inputs, int outputs) throws ModelFormatException {
    Fields info = Fields.of(file, "info");
    info.requireOnly(SCALING, FEATURES, LABELS, TARGETS, NOTES);
    if (info.has(SCALING)) {
      Fields scaling = info.object(SCALING);
      scaling.requireOnly(MEAN, DEVIATION);
      this.mean = scaling.numbers(MEAN);
      this.deviation = scaling.numbers(DEVIATION);
      checkScaling(scaling, inputs);
    } else {
      this.mean = null;
      this.deviation = null;
    }
    this.features = info.has(FEATURES) ? features(info, inputs) : null;
    this.classLabels = labels(info, outputs);
    this.targets = info.has(TARGETS) ? targets(info, outputs) : Collections.emptyList();
    Fields notes = info.object(NOTES);
    for (Object note : notes.names()) {
      notes.text((String) note);
    }
  }

  /** Scales the numbers of one sample, if there is a scaling. */
  float[] scaled(double[] raw) {
    float[] x = new float[raw.length];
    for (int i = 0; i < x.length; i++) {
      int k = mean == null || mean.length == 1 ? 0 : i;
      x[i] = (float) (mean == null ? raw[i] : (raw[i] - mean[k]) / deviation[k]);
    }
    return x;
  }

  private void checkScaling(Fields scaling, int inputs) throws ModelFormatException {
    if (mean.length != 1 && mean.length != inputs) {
      throw scaling.wrong(
          MEAN, "1 number, or " + inputs + " as the network has inputs", mean.length);
    }
    if (deviation.length != mean.length) {
      throw scaling.wrong(DEVIATION, "as many numbers as means, " + mean.length, deviation.length);
    }
    for (double divisor : deviation) {
      if (divisor == 0) {
        throw scaling.wrong(DEVIATION, "numbers other than 0");
      }
    }
  }

  private static Features features(Fields info, int inputs) throws ModelFormatException {
    if (info.has(SCALING)) {
      throw info.wrong(FEATURES, "no features beside " + SCALING);
    }
    List<Feature> list = new ArrayList<>();
    for (Fields fields : info.objects(FEATURES)) {
      list.add(feature(fields));
    }
    Features features = new Features(list);
    requireDifferent(info, FEATURES, features.names());
    if (features.size() != inputs) {
      throw info.wrong(
          FEATURES,
          "features of " + inputs + " numbers, the inputs of the network",
          features.size());
    }
    return features;
  }

  private static Feature feature(Fields fields) throws ModelFormatException {
    String name = fields.text(NAME);
    switch (fields.text(TYPE)) {
      case "number" -> {
        fields.requireOnly(NAME, TYPE, "min", "max", MEAN, DEVIATION, FILL, INDICATOR);
        if (fields.number("min") > fields.number("max")) {
          throw fields.wrong("min", "a number up to max");
        }
        return new NumberFeature(
            name, fields.number(MEAN), fields.divisor(DEVIATION), missing(fields));
      }
      case "boolean" -> {
        fields.requireOnly(NAME, TYPE, FILL, INDICATOR);
        return new BooleanFeature(name, missing(fields));
      }
      case "category" -> {
        fields.requireOnly(NAME, TYPE, CATEGORIES, UNKNOWN);
        List<String> categories = fields.texts(CATEGORIES);
        requireDifferent(fields, CATEGORIES, categories);
        String unknown = fields.text(UNKNOWN);
        if (categories.isEmpty()) {
          throw fields.wrong(CATEGORIES, "one or more categories");
        }
        if (!unknown.equals("error") && !unknown.equals("zeros")) {
          throw fields.wrong(UNKNOWN, "error or zeros");
        }
        return new CategoryFeature(name, categories, unknown.equals("error"));
      }
      default -> throw fields.wrong(TYPE, "number, boolean or category");
    }
  }

  private static MissingNumbers missing(Fields fields) throws ModelFormatException {
    return fields.has(FILL) || fields.has(INDICATOR)
        ? new MissingNumbers(fields.number(FILL), fields.truth(INDICATOR))
        : MissingNumbers.REFUSED;
  }

  private static List<String> labels(Fields info, int outputs) throws ModelFormatException {
    List<String> labels = info.texts(LABELS);
    requireDifferent(info, LABELS, labels);
    for (String label : labels) {
      if (Texts.strip(label).isEmpty()) {
        throw info.wrong(LABELS, "labels that are not blank");
      }
    }
    int size = labels.size();
    if (size != 0 && size != outputs && !(outputs == 1 && size == 2)) {
      throw info.wrong(
          LABELS, outputs == 1 ? "1 or 2 labels for 1 output" : outputs + " labels", size);
    }
    return Collections.unmodifiableList(labels);
  }

  private static List<Target> targets(Fields info, int outputs) throws ModelFormatException {
    if (!info.texts(LABELS).isEmpty()) {
      throw info.wrong(TARGETS, "no targets beside " + LABELS);
    }
    List<Target> targets = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Fields fields : info.objects(TARGETS)) {
      fields.requireOnly(NAME, MEAN, DEVIATION);
      String name = fields.text(NAME);
      names.add(name);
      targets.add(new Target(name, fields.number(MEAN), fields.divisor(DEVIATION)));
    }
    requireDifferent(info, TARGETS, names);
    if (targets.size() != outputs) {
      throw info.wrong(TARGETS, outputs + " targets, as the network has outputs", targets.size());
    }
    return targets;
  }

  private static void requireDifferent(Fields fields, String name, List<String> texts)
      throws ModelFormatException {
    Set<String> different = new HashSet<>();
    for (String text : texts) {
      if (!different.add(text)) {
        throw fields.wrong(name, "names that differ", "'" + Texts.brief(text) + "' twice");
      }
    }
  }
}
