package org.nn4j.report;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import java.util.stream.Stream;
import org.nn4j.explain.FeatureImportance;
import org.nn4j.report.Page.Cell;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Section;
import org.nn4j.report.Page.Table;

/** Permutation importance of the features, the most important first. */
final class ImportanceSection {
  private static final int MAX_FEATURES = 50;
  private static final int MAX_NAME_LENGTH = 80;

  private ImportanceSection() {}

  static Section of(List<FeatureImportance> importances) {
    if (importances.isEmpty()) {
      return Section.none();
    }
    List<FeatureImportance> shown =
        importances.stream()
            .sorted(comparingDouble(FeatureImportance::mean).reversed())
            .limit(MAX_FEATURES)
            .toList();
    double largest = Math.max(Double.MIN_NORMAL, shown.get(0).mean());
    List<Row> rows =
        shown.stream()
            .map(
                importance ->
                    new Row(
                        Numbers.cut(importance.feature(), MAX_NAME_LENGTH),
                        Stream.of(
                                Cell.shaded(
                                    Numbers.text(importance.mean()), importance.mean() / largest),
                                Cell.of(Numbers.text(importance.deviation())))
                            .toList()))
            .toList();
    String cut =
        shown.size() < importances.size()
            ? " The first " + shown.size() + " of " + importances.size() + " features."
            : "";
    return Section.ofTables(
        "importance",
        "Feature importance",
        "By how much the metric becomes worse when the values of a feature are permuted." + cut,
        new Table("Permutation importance", "bars", List.of("feature", "mean", "deviation"), rows));
  }
}
