package org.nn4j.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.nn4j.Require;
import org.nn4j.data.Sample;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Encoding of rows as samples, by the features and the labels or targets of a network. */
final class RowEncoder {
  private static final String NAME = "SparkSamples";

  private final ModelInfo info;
  private final Features features;
  private final int outputs;
  private final boolean isRegression;
  private final List<String> targets;

  /**
   * Creates an encoding.
   *
   * @param label the column of the class label; empty for the targets of the network
   * @throws IllegalArgumentException if the network has no features, or neither labels nor targets
   */
  RowEncoder(Network network, String label) {
    this.info = network.info();
    this.outputs = Math.toIntExact(network.outputShape().size());
    Require.that(
        info.features().isPresent(),
        NAME,
        "a network with named features",
        "none",
        "set them by network.setInfo(ModelInfo.none().withFeatures(...))");
    this.features = info.features().orElseThrow();
    Require.that(
        !label.isEmpty() ? !info.classLabels().isEmpty() : !info.targets().isEmpty(),
        NAME,
        !label.isEmpty() ? "a network with class labels" : "a network with target columns",
        "none",
        "set them by network.setInfo(...)");
    this.isRegression = label.isEmpty();
    this.targets =
        label.isEmpty() ? info.targets().stream().map(TargetColumn::name).toList() : List.of(label);
  }

  /** Requires the columns that the encoding reads. */
  void requireColumns(List<String> columns) {
    List<String> missing = new ArrayList<>(features.names());
    missing.addAll(targets);
    missing.removeAll(columns);
    Require.that(
        missing.isEmpty(), NAME, "the columns " + missing, columns, "rename or add the columns");
  }

  /** Encodes a row. */
  Sample encode(Row row) {
    double[] input = features.encode(RowValues.byName(row, features.names()));
    return isRegression
        ? Sample.of(input, scaledTargets(row))
        : Sample.of(input, oneHot(String.valueOf(row.<Object>getAs(targets.get(0)))));
  }

  private double[] oneHot(String label) {
    int index = info.classLabels().indexOf(label);
    Require.that(
        index >= 0,
        NAME + ", column '" + targets.get(0) + "'",
        "one of the labels " + info.classLabels(),
        "'" + label + "'",
        "correct or remove the row");
    if (outputs == 1) {
      return new double[] {index};
    }
    double[] target = new double[outputs];
    target[index] = 1;
    return target;
  }

  private double[] scaledTargets(Row row) {
    double[] scaled = new double[targets.size()];
    for (int i = 0; i < scaled.length; i++) {
      Object value = row.getAs(targets.get(i));
      scaled[i] =
          value instanceof Number number
              ? info.targets().get(i).scale(number.doubleValue())
              : Double.NaN;
      Require.that(
          Double.isFinite(scaled[i]),
          NAME + ", column '" + targets.get(i) + "'",
          "a finite number",
          String.valueOf(value),
          "correct or remove the row");
    }
    return scaled;
  }
}
