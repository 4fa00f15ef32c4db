package org.nn4j.report;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nn4j.metric.Average;
import org.nn4j.metric.ConfusionMatrix;
import org.nn4j.metric.Metrics;
import org.nn4j.report.Page.Cell;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Section;
import org.nn4j.report.Page.Table;

/** Confusion matrix, and precision, recall and F1 of each class. */
final class ClassSection {
  private static final int MAX_OF_MATRIX = 30;
  private static final int MAX_CONFUSIONS = 50;
  private static final int MAX_CLASSES = 200;
  private static final List<String> SCORES =
      List.of("class", "precision", "recall", "F1", "samples");

  private record Confusion(int truth, int prediction, long count) {}

  private ClassSection() {}

  static Section of(EvaluatedData evaluated, List<String> labels) {
    if (evaluated.kind() == EvaluatedData.Kind.LABELS) {
      List<Row> rows =
          IntStream.range(0, labels.size())
              .limit(MAX_CLASSES)
              .mapToObj(
                  j ->
                      scores(
                          labels.get(j),
                          evaluated.column(j).measured(Metrics.confusionMatrix(2)),
                          1))
              .toList();
      return Section.ofTables(
          "classes", "Labels", evaluated.note(), new Table("Scores", "plain", SCORES, rows));
    }
    ConfusionMatrix matrix = evaluated.measured(Metrics.confusionMatrix(labels.size()));
    return Section.ofTables(
        "classes",
        "Classes",
        evaluated.note() + " Accuracy " + Numbers.percent(matrix.value()) + ".",
        labels.size() <= MAX_OF_MATRIX ? matrix(matrix, labels) : confusions(matrix, labels),
        scores(matrix, labels));
  }

  private static Table matrix(ConfusionMatrix matrix, List<String> labels) {
    List<Row> rows = new ArrayList<>();
    for (int truth = 0; truth < labels.size(); truth++) {
      int t = truth;
      double support = Math.max(1, matrix.support(t));
      rows.add(
          new Row(
              labels.get(t),
              IntStream.range(0, labels.size())
                  .mapToObj(p -> cell(matrix.count(t, p), support))
                  .toList()));
    }
    return new Table(
        "Confusion matrix",
        "matrix",
        Stream.concat(Stream.of("true \\ predicted"), labels.stream()).toList(),
        rows);
  }

  private static Cell cell(long count, double support) {
    String text = Long.toString(count);
    return count == 0 ? Cell.of(text) : Cell.shaded(text, count / support);
  }

  private static Table confusions(ConfusionMatrix matrix, List<String> labels) {
    List<Confusion> all = new ArrayList<>();
    for (int t = 0; t < labels.size(); t++) {
      for (int p = 0; p < labels.size(); p++) {
        if (t != p && matrix.count(t, p) > 0) {
          all.add(new Confusion(t, p, matrix.count(t, p)));
        }
      }
    }
    List<Row> rows =
        all.stream()
            .sorted(comparingLong(Confusion::count).reversed())
            .limit(MAX_CONFUSIONS)
            .map(
                c ->
                    Row.of(
                        labels.get(c.truth),
                        List.of(labels.get(c.prediction), Long.toString(c.count))))
            .toList();
    return new Table(
        "Most frequent confusions",
        "plain",
        List.of("true class", "predicted class", "samples"),
        rows);
  }

  private static Table scores(ConfusionMatrix matrix, List<String> labels) {
    List<Row> rows = new ArrayList<>();
    boolean isCut = labels.size() > MAX_CLASSES;
    Stream<Integer> classes = IntStream.range(0, labels.size()).boxed();
    (isCut ? classes.sorted(comparingDouble(matrix::f1)).limit(MAX_CLASSES) : classes)
        .forEach(c -> rows.add(scores(labels.get(c), matrix, c)));
    for (Average average : List.of(Average.MACRO, Average.WEIGHTED)) {
      rows.add(
          Row.of(
              average == Average.MACRO ? "mean" : "weighted mean",
              List.of(
                  Numbers.percent(matrix.precision(average)),
                  Numbers.percent(matrix.recall(average)),
                  Numbers.percent(matrix.f1(average)),
                  Long.toString(matrix.total()))));
    }
    String cut = isCut ? " (the " + MAX_CLASSES + " with the lowest F1)" : "";
    return new Table("Scores by class" + cut, "plain", SCORES, rows);
  }

  private static Row scores(String label, ConfusionMatrix matrix, int c) {
    return Row.of(
        label,
        List.of(
            Numbers.percent(matrix.precision(c)),
            Numbers.percent(matrix.recall(c)),
            Numbers.percent(matrix.f1(c)),
            Long.toString(matrix.support(c))));
  }
}
