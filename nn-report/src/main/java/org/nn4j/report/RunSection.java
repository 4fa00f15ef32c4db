package org.nn4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nn4j.model.Evaluation;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Section;
import org.nn4j.report.Page.Table;
import org.nn4j.train.EpochResult;
import org.nn4j.train.StopReason;

/** State, figures and settings of a run. */
final class RunSection {
  private static final int MAX_NOTES = 60;
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_NOTE_LENGTH = 2000;

  private RunSection() {}

  static String state(RunRecord run) {
    if (run.ending().isPresent()) {
      return "Training has ended: " + reason(run.ending().get()) + ".";
    }
    return run.epochs().isEmpty()
        ? "Training has begun."
        : "Training runs: epoch " + last(run).epoch() + " has ended.";
  }

  static String reason(StopReason ending) {
    return Numbers.cut(ending.toString(), MAX_NOTE_LENGTH);
  }

  private static EpochResult last(RunRecord run) {
    return run.epochs().get(run.epochs().size() - 1);
  }

  static Section of(RunRecord run, Map<String, String> notes) {
    List<Table> tables = new ArrayList<>();
    if (!run.epochs().isEmpty()) {
      tables.add(words("Figures", figures(run)));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.putAll(run.settings());
    settings.putAll(run.network().info().notes());
    settings.putAll(notes);
    if (!settings.isEmpty()) {
      tables.add(words("Settings", settings));
    }
    return Section.ofTables("run", "Run", "", tables.toArray(Table[]::new));
  }

  private static Map<String, String> figures(RunRecord run) {
    EpochResult last = last(run);
    double seconds = run.epochs().stream().mapToDouble(EpochResult::seconds).sum();
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("epochs", Integer.toString(run.epochs().size()));
    figures.put("training time", Numbers.seconds(seconds));
    figures.put("samples per second, last epoch", Numbers.text(last.samplesPerSecond()));
    figures.put("learning rate, last epoch", Numbers.text(last.learningRate()));
    figures.put("training loss, last epoch", Numbers.text(last.loss()));
    all("training ", last.training(), figures);
    all("validation ", last.validation(), figures);
    return figures;
  }

  private static void all(String prefix, Evaluation evaluation, Map<String, String> figures) {
    evaluation
        .figures()
        .forEach((name, value) -> figures.put(prefix + name + ", last epoch", Numbers.text(value)));
  }

  private static Table words(String caption, Map<String, String> texts) {
    Stream<Row> rows =
        texts.entrySet().stream()
            .limit(MAX_NOTES)
            .map(
                text ->
                    Row.of(
                        Numbers.cut(text.getKey(), MAX_NAME_LENGTH),
                        List.of(Numbers.cut(text.getValue(), MAX_NOTE_LENGTH))));
    return new Table(caption, "words", List.of("name", "value"), rows.toList());
  }
}
