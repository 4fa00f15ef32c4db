package org.nn4j.train;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Epochs as comma-separated values (RFC 4180, lines end in a line feed). */
final class Csv {
  private Csv() {}

  /** Epochs under all names that occur in them; an epoch without a figure has an empty place. */
  static String of(List<EpochEnd> epochs) {
    Set<String> names = names(epochs);
    StringBuilder text = new StringBuilder(header(names));
    epochs.forEach(end -> text.append(row(names, end)));
    return text.toString();
  }

  static Set<String> names(List<EpochEnd> epochs) {
    return epochs.stream()
        .flatMap(end -> end.figures().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The names that the epochs of a fit will have. */
  static Set<String> names(TrainingListener.TrainBegin begin) {
    Map<String, Double> training = new LinkedHashMap<>();
    begin.trainingFigures().forEach(name -> training.put(name, 0.0));
    Map<String, Double> validation = new LinkedHashMap<>();
    begin.validationFigures().forEach(name -> validation.put(name, 0.0));
    return new EpochEnd(1, 1, 0, 0, 0, 0, training, validation).figures().keySet();
  }

  static String header(Collection<String> names) {
    return names.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  static String row(Collection<String> names, EpochEnd end) {
    Map<String, Number> figures = end.figures();
    return names.stream()
        .map(name -> figures.containsKey(name) ? String.valueOf(figures.get(name)) : "")
        .collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
