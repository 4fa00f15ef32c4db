package org.nn4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Checks;

/**
 * What each layer of a network did with a batch; its text is a table. The layers of nested networks
 * stand in line with the others. Immutable, as long as no one changes its arrays.
 *
 * @param layers first to last
 */
public record NetworkReport(List<LayerReport> layers) {
  private static final int SHOWN = 8;

  /**
   * Copies the argument.
   *
   * @param layers first to last
   */
  public NetworkReport {
    Checks.noNulls(layers, "NetworkReport", "layers");
    layers = List.copyOf(layers);
  }

  /** One row a layer; the first numbers of the activations too if there is one sample. */
  @Override
  public String toString() {
    boolean gradients = layers.stream().anyMatch(layer -> layer.outputGradient().isPresent());
    boolean single = layers.stream().allMatch(layer -> layer.activations().size(0) == 1);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("layer", "", "mean", "deviation", "zeros", "dead"));
    if (gradients) {
      head.addAll(List.of("dA mean", "deviation", "dead", "dθ mean", "deviation", "zeros"));
    }
    if (single) {
      head.add("activations");
    }
    rows.add(head);
    for (LayerReport layer : layers) {
      rows.add(row(layer, gradients, single));
    }
    return table(rows);
  }

  private static List<String> row(LayerReport layer, boolean gradients, boolean single) {
    Statistics a = layer.activation();
    List<String> row = new ArrayList<>(List.of(layer.path(), layer.layer()));
    row.addAll(List.of(number(a.mean()), number(a.deviation()), share(a.zeros())));
    row.add(share(a.dead()));
    if (gradients) {
      row.addAll(gradient(layer.outputGradient(), true));
      row.addAll(gradient(layer.parameterGradient(), false));
    }
    if (single) {
      row.add(first(layer.activations()));
    }
    return row;
  }

  private static List<String> gradient(Optional<Statistics> statistics, boolean dead) {
    return statistics
        .map(
            s ->
                List.of(
                    number(s.mean()), number(s.deviation()), share(dead ? s.dead() : s.zeros())))
        .orElse(List.of("", "", ""));
  }

  private static String first(INDArray activations) {
    String numbers =
        LongStream.range(0, Math.min(SHOWN, activations.length()))
            .mapToObj(i -> number(activations.getDouble(i)))
            .collect(Collectors.joining(" "));
    return activations.length() > SHOWN ? numbers + " ..." : numbers;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * value);
  }

  /** Texts to the left, numbers to the right, and the last column as it comes. */
  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        boolean left = i < 2 || rows.get(0).get(i).equals("activations");
        line.append(left ? row.get(i) + padding : padding + row.get(i)).append("  ");
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString().stripTrailing();
  }
}
