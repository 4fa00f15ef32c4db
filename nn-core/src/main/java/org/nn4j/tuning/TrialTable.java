package org.nn4j.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nn4j.io.Settings;

/**
 * Table of trials.
 *
 * @param lines a line of names, and one for each trial
 */
record TrialTable(List<List<String>> lines) {
  static TrialTable of(List<TrialResult> trials) {
    Set<String> values = new LinkedHashSet<>();
    Set<String> figures = new LinkedHashSet<>();
    for (TrialResult trial : trials) {
      values.addAll(trial.trial().values().keySet());
      figures.addAll(figures(trial).keySet());
    }
    List<List<String>> lines = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("trial"));
    names.addAll(values);
    names.addAll(List.of("epochs", "score"));
    names.addAll(figures);
    lines.add(names);
    for (TrialResult trial : trials) {
      List<String> line = new ArrayList<>(List.of(Integer.toString(trial.trial().number())));
      Map<String, Object> found = trial.trial().values();
      values.forEach(
          name -> line.add(found.containsKey(name) ? String.valueOf(found.get(name)) : ""));
      line.add(Integer.toString(trial.epochs()));
      line.add(Double.toString(trial.score()));
      Map<String, Double> measured = figures(trial);
      figures.forEach(
          name -> line.add(measured.containsKey(name) ? String.valueOf(measured.get(name)) : ""));
      lines.add(line);
    }
    return new TrialTable(lines);
  }

  private static Map<String, Double> figures(TrialResult trial) {
    return trial.result().map(run -> run.evaluation().figures()).orElse(Map.of());
  }

  /** Returns the lines in the format of RFC 4180, except that they end in a line feed. */
  String csv() {
    return lines.stream()
        .map(
            line ->
                line.stream().map(TrialTable::quoted).collect(Collectors.joining(",", "", "\n")))
        .collect(Collectors.joining());
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  static String json(List<TrialResult> trials) {
    List<Settings> list = new ArrayList<>();
    for (TrialResult trial : trials) {
      Settings values = Settings.none();
      for (Map.Entry<String, Object> value : trial.trial().values().entrySet()) {
        values =
            value.getValue() instanceof Number number
                ? values.with(value.getKey(), number.doubleValue())
                : values.with(value.getKey(), String.valueOf(value.getValue()));
      }
      Map<String, Double> numbers = new LinkedHashMap<>(figures(trial));
      Settings figures = Settings.none();
      for (Map.Entry<String, Double> figure : numbers.entrySet()) {
        if (Double.isFinite(figure.getValue())) {
          figures = figures.with(figure.getKey(), figure.getValue());
        }
      }
      Settings settings =
          Settings.none()
              .with("trial", trial.trial().number())
              .with("values", values)
              .with("epochs", trial.epochs())
              .with("figures", figures);
      list.add(Double.isFinite(trial.score()) ? settings.with("score", trial.score()) : settings);
    }
    return Settings.none().with("trials", list) + "\n";
  }

  /** Returns the lines in columns, with four digits of each number that is not an integer. */
  String text() {
    List<List<String>> rounded =
        lines.stream().map(line -> line.stream().map(TrialTable::rounded).toList()).toList();
    int[] widths =
        IntStream.range(0, lines.get(0).size())
            .map(j -> rounded.stream().mapToInt(line -> line.get(j).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> line : rounded) {
      for (int j = 0; j < line.size(); j++) {
        String cell = line.get(j);
        text.append(j == 0 ? "" : "  ").append(" ".repeat(widths[j] - cell.length())).append(cell);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String rounded(String cell) {
    return cell.matches("-?\\d+\\.\\d+(E-?\\d+)?")
        ? String.format(Locale.ROOT, "%.4g", Double.parseDouble(cell))
        : cell;
  }
}
