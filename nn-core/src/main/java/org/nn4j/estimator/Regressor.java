package org.nn4j.estimator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.activation.Activations;
import org.nn4j.data.csv.CsvColumns;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Checks;
import org.nn4j.io.ModelFormatException;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;

/**
 * Trained model that predicts values in the units of the training data from a raw row.
 *
 * <pre>{@code
 * CsvFormat format = CsvFormat.infer(file).target("price");
 * Regressor model = Regressor.builder(format, file).hidden(32, relu()).epochs(50).seed(1).fit();
 * double price = model.predict(Map.of("rooms", 3, "city", "Rome")).value();
 * }</pre>
 */
public final class Regressor extends Estimator<Estimate> {
  private static final String WHO = "Regressor";

  private final List<TargetColumn> targets;

  private Regressor(Network network) {
    super(network);
    this.targets = network.info().targets();
  }

  /**
   * Returns a regressor of a network whose {@link Network#info} has targets.
   *
   * @param network a trained network; not copied
   * @return the regressor
   * @throws IllegalArgumentException if there are no targets
   */
  public static Regressor of(Network network) {
    Require.notNull(network, "Regressor.of", "network");
    return new Regressor(fitting(network, Regressor::misfit));
  }

  private static @Nullable Misfit misfit(Network network) {
    if (!network.info().targets().isEmpty()) {
      return null;
    }
    String expected = "a network with targets";
    String set = "set them: network.setInfo(network.info().withTargets(...))";
    return network.info().classLabels().isEmpty()
        ? new Misfit(WHO, expected, "none", set, "load it with ModelFiles.load, and " + set)
        : new Misfit(
            WHO, expected, "one with class labels", "use Classifier", "use Classifier.load");
  }

  /**
   * Returns a regressor of a network that was trained on encoded rows. Sets the {@link
   * Network#info}.
   *
   * @param network a trained network; not copied
   * @param features the encoding of raw rows
   * @param targets the column of each output, with the scaling that it was trained with
   * @return the regressor
   * @throws IllegalArgumentException if features or targets do not fit the network
   */
  public static Regressor of(Network network, Features features, List<TargetColumn> targets) {
    Require.notNull(network, "Regressor.of", "network");
    Require.notNull(features, "Regressor.of", "features");
    Checks.noNulls(targets, "Regressor.of", "targets");
    return withInfo(
        network, network.info().withFeatures(features).withTargets(targets), Regressor::of);
  }

  /**
   * Returns a builder that trains a regressor on a CSV file.
   *
   * @param format with one or more targets
   * @param file the training data
   * @return the builder
   */
  public static EstimatorBuilder<Regressor> builder(CsvFormat format, Path file) {
    return new EstimatorBuilder<>(
        format,
        file,
        new EstimatorBuilder.Task<>(
            Activations.identity(), Losses.meanSquaredError(), Regressor::of));
  }

  static Regressor of(Network network, CsvColumns columns) {
    Require.that(
        !columns.targets().isEmpty(),
        WHO,
        "a format with targets",
        "a label",
        "name the columns with target(...), or use Classifier");
    return of(network, columns.features(), columns.targets());
  }

  /**
   * Loads a regressor, also from a checkpoint.
   *
   * @param file a file that {@link #save} wrote
   * @return the regressor
   * @throws ModelFormatException if the file is damaged, of another kind or of a newer format
   * @throws IOException if it cannot be read
   */
  public static Regressor load(Path file) throws IOException {
    return new Regressor(loaded(file, Regressor::misfit));
  }

  /**
   * Returns the target columns.
   *
   * @return in the order of the outputs
   */
  public List<TargetColumn> targets() {
    return targets;
  }

  @Override
  double[] inUnits(double[] outputs) {
    double[] values = new double[outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = targets.get(i).unscale(outputs[i]);
    }
    return values;
  }

  @Override
  Estimate prediction(double[] values) {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      byName.put(targets.get(i).name(), values[i]);
    }
    return new Estimate(byName);
  }

  @Override
  List<String> answerColumns() {
    return targets.stream().map(target -> "predicted " + target.name()).toList();
  }

  @Override
  List<Object> columnValues(Estimate prediction) {
    return List.copyOf(prediction.values().values());
  }

  @Override
  CsvColumns columns(CsvFormat format, Path file, Features features) throws IOException {
    List<TargetColumn> raw =
        targets.stream().map(target -> TargetColumn.unscaled(target.name())).toList();
    return format.columnsOf(file, features, List.of(), raw);
  }

  @Override
  public String toString() {
    return "Regressor("
        + features().map(Object::toString).orElse("numbers")
        + " -> "
        + targets.stream().map(TargetColumn::name).toList()
        + ")";
  }
}
