package org.nn4j.data.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/** Finds the columns of a saved model in a file. */
final class KnownColumns {
  private final CsvFormat format;
  private final Path file;

  KnownColumns(CsvFormat format, Path file) {
    this.format = format;
    this.file = file;
  }

  CsvColumns columns(Features features, List<String> classes, List<TargetColumn> targets)
      throws IOException {
    try (CsvLines lines = new CsvLines(file, format.text(), column -> true)) {
      List<String> names = lines.names();
      Decimal decimal = format.text().decimal();
      Map<String, EncodedColumn> fields = new HashMap<>();
      for (Feature feature : features.list()) {
        fields.put(feature.name(), new EncodedColumn.Input(feature, decimal));
      }
      for (TargetColumn target : targets) {
        fields.put(target.name(), new EncodedColumn.Output(target, decimal));
      }
      String label = label(names);
      if (label != null && !classes.isEmpty()) {
        if (fields.containsKey(label)) {
          throw lines.wrong(
              0,
              "",
              "a label that is not a feature of the model",
              "'" + Texts.brief(label) + "'",
              "name the column of the classes with label(...)");
        }
        fields.put(label, new LabelColumn(label, new ColumnRole.Label(classes), classes, decimal));
      }
      List<String> missing =
          fields.keySet().stream().filter(name -> !names.contains(name)).sorted().toList();
      if (!missing.isEmpty() || (label == null && !classes.isEmpty())) {
        throw lines.wrong(
            format.text().header() ? 1 : 0,
            "",
            "the columns of the features and of the label or targets",
            missing.isEmpty() ? "no label" : "no column " + Texts.list(missing),
            "pass a file with these columns, and name the label with label(...)");
      }
      if (!format.text().header()) {
        new HeaderlessColumns(
                lines,
                format.roles(),
                features.names(),
                targets.stream().map(TargetColumn::name).toList())
            .requireAll();
      }
      List<EncodedColumn> inOrder = new ArrayList<>();
      for (String name : names) {
        inOrder.add(fields.getOrDefault(name, new EncodedColumn.Nothing(name)));
      }
      return new CsvColumns(format, names, inOrder, features);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private @Nullable String label(List<String> names) {
    return names.stream()
        .filter(name -> format.roles().role(name).isLabel())
        .findFirst()
        .orElse(null);
  }
}
