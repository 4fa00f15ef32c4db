package org.nn4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Section;
import org.nn4j.report.Page.Table;
import org.nn4j.tuning.TrialResult;

/** Table of the trials of a search, the last result of each. */
final class SearchSection {
  private static final int MAX_TRIALS = 500;
  private static final int MAX_COLUMNS = 30;
  private static final int MAX_TEXT_LENGTH = 80;

  private SearchSection() {}

  static Section of(List<TrialResult> trials) {
    Set<String> names = new LinkedHashSet<>();
    trials.forEach(trial -> names.addAll(trial.trial().values().keySet()));
    names.addAll(List.of("epochs", "score"));
    trials.forEach(trial -> names.addAll(figures(trial).keySet()));
    List<String> columns = names.stream().limit(MAX_COLUMNS).toList();
    List<String> headers =
        Stream.concat(Stream.of("trial"), columns.stream())
            .map(name -> Numbers.cut(name, MAX_TEXT_LENGTH))
            .toList();
    List<Row> rows =
        trials.stream()
            .limit(MAX_TRIALS)
            .map(trial -> Row.of(Integer.toString(trial.trial().number()), cells(trial, columns)))
            .toList();
    String note =
        trials.size() > MAX_TRIALS ? "The table shows the first " + MAX_TRIALS + " trials." : "";
    return Section.ofTables(
        "trials", "Trials", note, new Table("Last result of each trial", "plain", headers, rows));
  }

  private static Map<String, Double> figures(TrialResult trial) {
    return trial.result().map(run -> run.evaluation().figures()).orElse(Map.of());
  }

  private static List<String> cells(TrialResult trial, List<String> columns) {
    Map<String, Object> values = new LinkedHashMap<>(figures(trial));
    values.putAll(trial.trial().values());
    values.put("epochs", trial.epochs());
    values.put("score", trial.score());
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      Object value = values.getOrDefault(column, "");
      cells.add(
          value instanceof Number number
              ? Numbers.text(number.doubleValue())
              : Numbers.cut(value.toString(), MAX_TEXT_LENGTH));
    }
    return cells;
  }
}
