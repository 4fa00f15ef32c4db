package org.nn4j.report;

import java.util.ArrayList;
import java.util.List;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.model.Network;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Section;
import org.nn4j.report.Page.Table;

/** Table of the layers of a network. */
final class NetworkSection {
  private static final int MAX_LAYERS = 200;
  private static final int MAX_LAYER_LENGTH = 200;

  private NetworkSection() {}

  static Section of(Network network) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of("input", List.of(network.inputShape().describeBatch(), "")));
    add(network, "", rows);
    int count = rows.size();
    if (count > MAX_LAYERS) {
      rows.subList(MAX_LAYERS, count).clear();
      rows.add(Row.of((count - MAX_LAYERS) + " more layers", List.of("", "")));
    }
    rows.add(Row.of("total", List.of(network.dataType().toString(), parameters(network))));
    return Section.ofTables(
        "network",
        "Network",
        "",
        new Table("Layers", "plain", List.of("layer", "output", "parameters"), rows));
  }

  private static void add(Network network, String path, List<Row> rows) {
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      String name = path + i;
      boolean isNested = layer instanceof Network;
      rows.add(
          Row.of(
              name + " " + (isNested ? "Network" : Numbers.cut(layer.toString(), MAX_LAYER_LENGTH)),
              List.of(layer.outputShape().describeBatch(), parameters(layer))));
      if (layer instanceof Network nested) {
        add(nested, name + ".", rows);
      }
    }
  }

  private static String parameters(Layer layer) {
    long trained =
        layer.parameters().stream()
            .filter(parameter -> parameter.role() != Parameter.Role.STATISTIC)
            .mapToLong(parameter -> parameter.value().length())
            .sum();
    return Long.toString(trained);
  }
}
