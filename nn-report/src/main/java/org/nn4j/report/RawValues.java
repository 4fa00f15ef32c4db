package org.nn4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;

/** Raw values of features, decoded from inputs, as strings. */
final class RawValues {
  private RawValues() {}

  /** Returns the raw value of each of the first features. */
  static List<String> of(Features features, double[] inputs, int count) {
    List<String> texts = new ArrayList<>();
    int at = 0;
    for (Feature feature : features.list().subList(0, count)) {
      texts.add(text(feature, inputs, at));
      at += feature.width();
    }
    return texts;
  }

  private static String text(Feature feature, double[] inputs, int at) {
    if (feature instanceof CategoryFeature category) {
      OptionalInt index =
          IntStream.range(0, category.width()).filter(i -> inputs[at + i] == 1).findFirst();
      return index.isPresent() ? category.categories().get(index.getAsInt()) : "unknown";
    }
    if (feature.width() == 2 && inputs[at + 1] == 1) {
      return "missing";
    }
    if (feature instanceof NumberFeature number) {
      return Numbers.text(number.mean() + number.deviation() * inputs[at]);
    }
    return inputs[at] == 1 ? "true" : inputs[at] == 0 ? "false" : Numbers.text(inputs[at]);
  }
}
