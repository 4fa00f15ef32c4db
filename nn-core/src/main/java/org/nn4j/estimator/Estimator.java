package org.nn4j.estimator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.OffHeap;
import org.nn4j.Require;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Epoch;
import org.nn4j.data.csv.CsvColumns;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.feature.Features;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluation;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/**
 * Trained network with the encoding of raw rows and the conversion of outputs to predictions.
 *
 * <pre>
 * x = encoding of the raw row,  y = network(x),  prediction = conversion of y
 * </pre>
 *
 * <p>A raw row is one of: a {@code Map} by the names of the features; a {@code List} of values or
 * strings in the order of the features; a {@code record} with a component for each feature; numbers
 * in the order of the features. Null, NaN and empty strings are missing values. A network without
 * named features takes an array or a list of numbers, and scales them.
 *
 * <p>The {@link ModelInfo} of the network defines both, so model files and checkpoints contain
 * them. Thread-safe while no thread trains the network.
 *
 * @param <A> the type of a prediction
 */
public abstract sealed class Estimator<A> implements OffHeap permits Classifier, Regressor {
  /** Number of rows in a batch. */
  private static final int PORTION = 1024;

  private final Network network;
  private final RawRows rows;

  Estimator(Network network) {
    this.network = network;
    this.rows = new RawRows(this, network);
  }

  /** Returns the prediction for outputs {@link #inUnits}. */
  abstract A prediction(double[] outputs);

  /** Returns the names of the columns of predictions. */
  abstract List<String> answerColumns();

  /** Returns the strings and numbers of these columns. */
  abstract List<Object> columnValues(A prediction);

  /** Returns the columns of a file with these features and outputs. */
  abstract CsvColumns columns(CsvFormat format, Path file, Features features) throws IOException;

  /** Converts outputs of the network for one row to the units of the prediction. */
  abstract double[] inUnits(double[] outputs);

  /**
   * Returns the network.
   *
   * @return the network itself
   */
  public final Network network() {
    return network;
  }

  /**
   * Returns the features.
   *
   * @return empty for a network of plain numbers
   */
  public final Optional<Features> features() {
    return rows.namedFeatures();
  }

  /**
   * Predicts for a row of values by name, such as a request in JSON.
   *
   * @param row a value for each feature; null for a missing one
   * @return the prediction
   * @throws org.nn4j.data.feature.FeatureException if a feature is not in the row, the row has an
   *     unknown one, or a value is refused, such as one beyond the range of float
   * @throws IllegalStateException if another thread trains the network, it is closed, or an output
   *     is not finite
   */
  public final A predict(Map<String, ?> row) {
    return predictOne(Require.notNull(row, "Estimator.predict", "row"));
  }

  /**
   * Predicts for a row of values in the order of the features, such as the fields of a line of a
   * CSV file without its label.
   *
   * @param row a value or string for each feature; null or "" for a missing one
   * @return the prediction
   * @throws IllegalArgumentException if a value is refused, or the row has another length
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public final A predict(List<? extends @Nullable Object> row) {
    return predictOne(Require.notNull(row, "Estimator.predict", "row"));
  }

  /**
   * Predicts for a record with a component for each feature.
   *
   * @param row the record; null or an empty {@code Optional} for a missing component
   * @return the prediction
   * @throws IllegalArgumentException if a component is missing, unknown or refused
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public final A predict(Record row) {
    return predictOne(Require.notNull(row, "Estimator.predict", "row"));
  }

  /**
   * Predicts for raw numbers in the order of the features, such as the pixels of a picture.
   *
   * @param row a number for each feature; NaN for a missing one
   * @return the prediction
   * @throws IllegalArgumentException if a number is refused, a feature is not numeric, or the row
   *     has another length
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public final A predict(float... row) {
    return predictOne(Require.notNull(row, "Estimator.predict", "row"));
  }

  /**
   * Predicts for raw numbers in double precision.
   *
   * @param row a number for each feature; NaN for a missing one
   * @return the prediction
   * @throws IllegalArgumentException as of {@link #predict(float...)}
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public final A predict(double... row) {
    return predictOne(Require.notNull(row, "Estimator.predict", "row"));
  }

  private A predictOne(Object row) {
    return predictions(0, rows.encode(row)).get(0);
  }

  /**
   * Predicts for several rows in one pass of the network.
   *
   * @param several each a map, a list, a record, or an array of float or double
   * @return the predictions in the same order; empty for no rows
   * @throws org.nn4j.data.feature.FeatureException if a feature of a row is refused, missing or
   *     unknown
   * @throws IllegalArgumentException if a row is refused for another reason
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public final List<A> predictAll(Collection<?> several) {
    List<?> list = Checks.noNulls(several, "Estimator.predictAll", "several");
    return list.isEmpty() ? List.of() : predictions(0, rows.encodeAll(list));
  }

  /**
   * Copies a CSV file and appends columns of predictions. The file need not have the label or
   * target column. For a file without a header, pass the format of the training file; see {@link
   * CsvFormat#appendColumns}.
   *
   * @param format of the file
   * @param file the rows
   * @param copy the file to create or replace, packed if its name ends with {@code .gz}
   * @throws org.nn4j.data.csv.CsvFormatException if the file lacks a feature, a field is refused,
   *     or the encoding of the format lacks a character of a label
   * @throws IllegalStateException if the network has no named features
   * @throws IOException if a file cannot be read or written
   */
  public final void predict(CsvFormat format, Path file, Path copy) throws IOException {
    Require.notNull(format, "Estimator.predict", "format");
    Require.notNull(file, "Estimator.predict", "file");
    Require.notNull(copy, "Estimator.predict", "copy");
    AtomicLong done = new AtomicLong();
    format.appendColumns(
        file,
        copy,
        rows.features(),
        answerColumns(),
        encoded ->
            predictions(done.getAndAdd(encoded.length), encoded).stream()
                .map(prediction -> columnValues(prediction).toArray())
                .toArray(Object[][]::new));
  }

  /**
   * Evaluates on a CSV file with its label or target columns.
   *
   * @param format of the file, which names the label or the targets
   * @param file the rows
   * @param metrics the metrics, which are reset first; for a regression, in the units of the data
   * @return the values of the metrics
   * @throws org.nn4j.data.csv.CsvFormatException if a column is missing or a field is refused
   * @throws IllegalStateException if the network has no named features
   * @throws IOException if the file cannot be read
   */
  public final Evaluation evaluate(CsvFormat format, Path file, Metric... metrics)
      throws IOException {
    Require.notNull(format, "Estimator.evaluate", "format");
    Require.notNull(file, "Estimator.evaluate", "file");
    Checks.noNulls(metrics, "Estimator.evaluate", "metrics");
    BatchSource source =
        columns(format, file, rows.features()).batches(file, PORTION, DataType.DOUBLE);
    Arrays.stream(metrics).forEach(Metric::reset);
    try (Epoch epoch = source.evaluation()) {
      for (Batch batch : epoch) {
        INDArray outputs = network.predict(batch.inputs().castTo(network.dataType()));
        INDArray predictions = inUnits(outputs);
        Arrays.stream(metrics).forEach(metric -> metric.update(predictions, batch.targets()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    Arrays.stream(metrics).forEach(metric -> figures.put(metric.name(), metric.value()));
    return new Evaluation(figures);
  }

  /** Returns predictions as doubles, which units such as seconds since 1970 need. */
  private INDArray inUnits(INDArray outputs) {
    double[][] rows = JavaArrays.rows(outputs);
    Arrays.setAll(rows, i -> inUnits(rows[i]));
    return NewArrays.of(rows);
  }

  /**
   * Returns the predictions for encoded rows.
   *
   * @param first the index of the first row, for messages
   */
  private List<A> predictions(long first, double[]... x) {
    double[][] outputs = network.predict(x);
    for (int i = 0; i < outputs.length; i++) {
      if (!Arrays.stream(outputs[i]).allMatch(Double::isFinite)) {
        throw new IllegalStateException(
            Require.message(
                toString(),
                "finite outputs of the network",
                "NaN or infinite ones"
                    + (first + x.length == 1 ? "" : " for the row at index " + (first + i)),
                "check the row for huge numbers, or train again with a smaller learning rate"));
      }
    }
    return Arrays.stream(outputs).map(this::inUnits).map(this::prediction).toList();
  }

  /**
   * Saves the network with its {@link ModelInfo}. The file is written atomically.
   *
   * @param file the file to create or replace, usually {@code name.safetensors}
   * @throws IOException if it cannot be written; an existing file is unchanged then
   * @throws IllegalArgumentException if a layer or activation is not one of the library's own: save
   *     its {@link #network} with {@link ModelFiles} and a registry
   */
  public final void save(Path file) throws IOException {
    ModelFiles.save(network, Require.notNull(file, "Estimator.save", "file"));
  }

  /**
   * Returns the estimator of a network with new information. A failure leaves the network
   * unchanged.
   */
  static <E> E withInfo(Network network, ModelInfo info, Function<Network, E> of) {
    ModelInfo before = network.info();
    network.setInfo(info);
    try {
      return of.apply(network);
    } catch (IllegalArgumentException e) {
      network.setInfo(before);
      throw e;
    }
  }

  /** Returns the network of a file, if it fits. */
  static Network loaded(Path file, Function<Network, @Nullable Misfit> check) throws IOException {
    Network network = ModelFiles.load(Require.notNull(file, "Estimator.load", "file"));
    Misfit misfit = check.apply(network);
    if (misfit != null) {
      network.close();
      throw misfit.ofFile(file);
    }
    return network;
  }

  /** Returns a network that fits. */
  static Network fitting(Network network, Function<Network, @Nullable Misfit> check) {
    Misfit misfit = check.apply(network);
    if (misfit != null) {
      throw misfit.ofNetwork();
    }
    return network;
  }

  @Override
  public final long offHeapBytes() {
    return network.offHeapBytes();
  }

  /** Closes the network. */
  @Override
  public final void close() {
    network.close();
  }
}
