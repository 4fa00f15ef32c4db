package org.nn4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.GradientSum;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.Layout;
import org.nn4j.model.LayerReport.Statistics;

/**
 * Activations and gradients of each layer of a network for a batch; its text is a table. Layers of
 * nested networks appear in the same sequence. Immutable unless code changes its arrays.
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

  /**
   * Reports the activations of each layer for some samples.
   *
   * @param network the network
   * @param x {@code [B, in...]}
   * @return a report without gradients
   * @throws org.nn4j.ShapeMismatchException if the shape does not fit
   * @throws IllegalStateException if the network is closed
   */
  public static NetworkReport of(Network network, INDArray x) {
    Require.notNull(network, "NetworkReport.of", "network");
    Require.notNull(x, "NetworkReport.of", "x");
    network.guard().beginUse();
    try (Pass pass = Pass.inference()) {
      return report(network, forward(network, x, pass), List.of());
    } finally {
      network.guard().endUse();
    }
  }

  /**
   * Reports the activations and gradients of each layer for a batch in training. The accumulated
   * gradients and the statistics of the network are not changed.
   *
   * @param network the network
   * @param x {@code [B, in...]}
   * @param targets {@code [B, out]}
   * @param loss the loss of its predictions
   * @return a report with gradients
   * @throws org.nn4j.ShapeMismatchException if a shape does not fit
   * @throws IllegalStateException if the network is closed
   */
  public static NetworkReport of(Network network, INDArray x, INDArray targets, Loss loss) {
    Require.notNull(network, "NetworkReport.of", "network");
    Require.notNull(x, "NetworkReport.of", "x");
    Require.notNull(targets, "NetworkReport.of", "targets");
    Require.notNull(loss, "NetworkReport.of", "loss");
    network.guard().beginUse();
    try {
      return ofTraining(Objective.of(network, loss), x, targets);
    } finally {
      network.guard().endUse();
    }
  }

  private static NetworkReport ofTraining(Objective objective, INDArray x, INDArray targets) {
    Network network = objective.trained();
    ParameterVector parameters = network.parameters();
    try (INDArray gradientsBefore = PackedParameters.of(parameters).gradients().dup();
        INDArray valuesBefore = parameters.values().dup();
        Pass pass = Pass.training()) {
      try {
        parameters.zeroGrad();
        List<INDArray> outputs = forward(network, x, pass);
        INDArray last = outputs.get(outputs.size() - 1);
        objective.loss().forward(last, targets, pass);
        List<Statistics> gradients = backward(network, objective.loss().backward(pass), pass);
        objective.toPredictions(last);
        return report(network, outputs, gradients);
      } finally {
        parameters.setGradients(gradientsBefore);
        parameters.setValues(valuesBefore);
      }
    }
  }

  /** Returns a copy of each layer's output; nested layers are in the same sequence. */
  private static List<INDArray> forward(Network network, INDArray x, Pass pass) {
    Require.batch(x, network.inputShape(), network.dataType(), "Network", "input");
    List<INDArray> outputs = new ArrayList<>();
    INDArray a = Layout.plain(x);
    for (Layer layer : NetworkAccess.get().leaves(network).values()) {
      a = layer.forward(a, pass);
      INDArray output = a;
      outputs.add(Detached.make(() -> output.dup('c')));
    }
    return outputs;
  }

  /** Returns the statistics of ∂L/∂output of each layer, first to last. */
  private static List<Statistics> backward(Network network, INDArray dY, Pass pass) {
    List<Layer> layers = List.copyOf(NetworkAccess.get().leaves(network).values());
    List<Statistics> gradients = new ArrayList<>();
    INDArray gradient = dY;
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradients.add(0, Statistics.of(gradient));
      gradient = layers.get(i).backward(gradient, pass);
    }
    return gradients;
  }

  private static NetworkReport report(
      Network network, List<INDArray> outputs, List<Statistics> gradients) {
    List<LayerReport> reports = new ArrayList<>();
    NetworkAccess.get()
        .leaves(network)
        .forEach(
            (path, layer) -> {
              int i = reports.size();
              boolean withGradients = !gradients.isEmpty();
              reports.add(
                  new LayerReport(
                      path,
                      layer.toString(),
                      outputs.get(i),
                      Statistics.of(outputs.get(i)),
                      withGradients ? Optional.of(gradients.get(i)) : Optional.empty(),
                      withGradients ? parameterGradient(layer) : Optional.empty()));
            });
    return new NetworkReport(reports);
  }

  private static Optional<Statistics> parameterGradient(Layer layer) {
    List<INDArray> trained =
        layer.parameters().stream()
            .filter(parameter -> parameter.role() != Parameter.Role.STATISTIC)
            .map(parameter -> GradientSum.of(parameter).array())
            .toList();
    if (trained.isEmpty()) {
      return Optional.empty();
    }
    try (INDArray all = Nd4j.toFlattened('c', trained)) {
      return Optional.of(Statistics.of(all.reshape(1, all.length())));
    }
  }

  /**
   * Returns a table with a row for each layer, and the first activations if there is one sample.
   */
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

  /** Returns a table with strings aligned left, numbers right, and the last column unaligned. */
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
