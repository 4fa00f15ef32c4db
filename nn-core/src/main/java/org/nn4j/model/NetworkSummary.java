package org.nn4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Shape;

/** Table of a network: a row for each layer, the layers of nested networks indented. */
final class NetworkSummary {
  private static final String INDENT = "  ";

  private record Row(String layer, String output, String parameters) {}

  private NetworkSummary() {}

  static String of(Network network) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("layer", "output", "parameters"));
    rows.add(new Row("input", network.inputShape().describeBatch(), ""));
    addLayers(network, "", rows);
    rows.add(new Row("total", network.dataType().toString(), count(network)));

    int first = width(rows.stream().map(Row::layer).toList());
    int second = width(rows.stream().map(Row::output).toList());
    int third = width(rows.stream().map(Row::parameters).toList());
    String format = "%-" + first + "s  %-" + second + "s  %" + third + "s\n";
    StringBuilder table = new StringBuilder();
    for (Row row : rows) {
      table.append(String.format(Locale.ROOT, format, row.layer, row.output, row.parameters));
    }
    return table.toString().stripTrailing();
  }

  private static void addLayers(Network network, String indent, List<Row> rows) {
    for (Layer layer : network.layers()) {
      Shape output = layer.outputShape();
      if (layer instanceof Network nested) {
        rows.add(new Row(indent + "Network", output.describeBatch(), count(nested)));
        addLayers(nested, indent + INDENT, rows);
      } else {
        rows.add(new Row(indent + layer, output.describeBatch(), count(layer)));
      }
    }
  }

  private static String count(Layer layer) {
    long trained =
        layer.parameters().stream()
            .filter(parameter -> parameter.role() != Parameter.Role.STATISTIC)
            .mapToLong(parameter -> parameter.value().length())
            .sum();
    return String.format(Locale.ROOT, "%,d", trained);
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(String::length).max().orElse(1);
  }
}
