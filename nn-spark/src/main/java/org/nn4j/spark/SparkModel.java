package org.nn4j.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.nn4j.predict.Estimate;
import org.nn4j.predict.ModelFormatException;
import org.nn4j.predict.Prediction;

/**
 * Saved model that predicts on the executors of a Spark cluster.
 *
 * <pre>{@code
 * SparkModel<Prediction> model = SparkModel.classifier(session, "churn.safetensors");
 * Dataset<Row> scored = model.transform(customers); // + prediction, probabilities, error
 * }</pre>
 *
 * <p>The model file is broadcast once. Each executor parses it once and predicts with nn-predict,
 * in plain Java. Predictions equal those of nn-predict.
 *
 * <p>The columns of a prediction:
 *
 * <ul>
 *   <li>classifier: {@code prediction}, the label, a string; {@code probabilities}, a map from
 *       labels to doubles
 *   <li>regressor: {@code prediction}, a double, or with several targets a map from targets to
 *       doubles
 *   <li>network: {@code prediction}, its outputs, an array of floats
 *   <li>each: {@code error}, the reason why a row has no prediction, else null
 * </ul>
 *
 * <p>A row that the model refuses has an error, and all other columns of its prediction are null.
 * Thread-safe.
 *
 * @param <P> the type of a prediction of an RDD
 */
public final class SparkModel<P> {
  private final SharedModel<?, P> model;
  private final Broadcast<SharedModel<?, P>> shared;

  private SparkModel(SparkSession session, String file, SharedModel<?, P> model)
      throws IOException {
    try {
      model.load();
    } catch (ModelFormatException e) {
      String message =
          String.valueOf(e.getMessage())
              .replace("model file in memory", "model file " + file)
              .replace("Classifier.load", "SparkModel.classifier")
              .replace("Regressor.load", "SparkModel.regressor")
              .replace("Predictor.load", "SparkModel.network");
      throw new IOException(message, e);
    }
    this.model = model;
    this.shared = JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(model);
  }

  /**
   * Returns a saved classifier.
   *
   * @param session the session, whose context broadcasts the file
   * @param file a file that {@code save} of nn-core wrote: a path or URI of any file system of
   *     Hadoop, such as {@code hdfs:///models/churn.safetensors}
   * @return the classifier
   * @throws IllegalArgumentException if Hadoop refuses the path
   * @throws IOException if the file cannot be read; or, caused by a {@link ModelFormatException},
   *     if it is damaged, of another kind or of a newer format, or has user-defined layers
   */
  public static SparkModel<Prediction> classifier(SparkSession session, String file)
      throws IOException {
    return new SparkModel<>(session, file, new SharedClassifier(read(session, file, "classifier")));
  }

  /**
   * Returns a saved regressor.
   *
   * @param session the session, whose context broadcasts the file
   * @param file as of {@link #classifier}
   * @return the regressor
   * @throws IOException as of {@link #classifier}
   */
  public static SparkModel<Estimate> regressor(SparkSession session, String file)
      throws IOException {
    return new SparkModel<>(session, file, new SharedRegressor(read(session, file, "regressor")));
  }

  /**
   * Returns a saved network, which takes encoded inputs: numbers that it neither scales nor fills.
   *
   * @param session the session, whose context broadcasts the file
   * @param file as of {@link #classifier}
   * @return the network
   * @throws IOException as of {@link #classifier}
   */
  public static SparkModel<float[]> network(SparkSession session, String file) throws IOException {
    return new SparkModel<>(session, file, new SharedNetwork(read(session, file, "network")));
  }

  private static byte[] read(SparkSession session, String file, String method) throws IOException {
    SparkErrors.notNull(session, method, "session");
    SparkErrors.notNull(file, method, "file");
    try {
      Path path = new Path(file);
      try (InputStream in =
          path.getFileSystem(session.sparkContext().hadoopConfiguration()).open(path)) {
        return in.readAllBytes();
      }
    } catch (IllegalArgumentException e) {
      throw SparkErrors.refused(
          method,
          "a path or URI of a file system of Hadoop",
          "'" + file + "' (" + e.getMessage() + ")",
          "check scheme and host, or rename a file with a colon");
    }
  }

  /**
   * Returns the names of the features.
   *
   * @return in the order of a row; empty for a model of plain numbers
   */
  public List<String> features() {
    return model.features();
  }

  /**
   * Returns a column of predictions: a struct with the columns of this class. A value of an
   * unsupported type, such as a date, is an error of its row.
   *
   * @param columns a column for each feature, in the order of the features; or a single column of
   *     arrays of numbers; or none for the columns with the names of the features
   * @return the column, deterministic
   * @throws IllegalArgumentException if the number of columns differs
   */
  public Column predict(Column... columns) {
    SparkErrors.noNulls(columns, "predict", "columns");
    if (columns.length > 0 || features().isEmpty()) {
      InputColumns.requireCount(columns.length, model.width(), "predict");
    }
    Column[] inputs =
        columns.length > 0
            ? columns
            : features().stream().map(name -> col(quoted(name))).toArray(Column[]::new);
    Broadcast<SharedModel<?, P>> broadcast = shared;
    UDF1<Row, Row> score = row -> broadcast.value().scoreColumns(row);
    return functions.udf(score, model.type()).apply(functions.struct(inputs));
  }

  /**
   * Appends the columns of the predictions to rows. All other columns stay as they are; their names
   * can repeat.
   *
   * @param rows the rows
   * @param columns a column for each feature, in the order of the features; or a single column of
   *     arrays of numbers; or none for the columns with the names of the features
   * @return the rows with predictions, computed lazily
   * @throws IllegalArgumentException if a column is missing, its name repeats or its type is
   *     unsupported, if the number of columns differs, or if there already is a column with the
   *     name of one that this method appends
   */
  public Dataset<Row> transform(Dataset<Row> rows, String... columns) {
    SparkErrors.notNull(rows, "transform", "rows");
    SparkErrors.noNulls(columns, "transform", "columns");
    List<String> names = InputColumns.of(rows, List.of(columns), model);
    Column[] inputs = names.stream().map(name -> rows.col(quoted(name))).toArray(Column[]::new);
    String prediction = InputColumns.unused(rows.schema());
    List<Column> all = new ArrayList<>(List.of(col("*")));
    for (String name : model.type().fieldNames()) {
      all.add(col(prediction).getField(name).as(name));
    }
    return rows.select(col("*"), predict(inputs).as(prediction))
        .select(all.toArray(new Column[0]))
        .drop(prediction);
  }

  /**
   * Predicts for each row of an RDD.
   *
   * @param <T> {@code Map}, {@code List}, {@code Record}, {@code double[]} or {@code float[]} as of
   *     {@code Estimator} of nn-predict; or {@code Row}, whose fields with the names of the
   *     features are taken, or all without such names
   * @param rows the rows
   * @return each row with its prediction or the reason why there is none, computed lazily
   */
  public <T> JavaRDD<Scored<T, P>> transform(JavaRDD<T> rows) {
    Broadcast<SharedModel<?, P>> broadcast = shared;
    return SparkErrors.notNull(rows, "transform", "rows").map(row -> broadcast.value().score(row));
  }

  Broadcast<SharedModel<?, P>> shared() {
    return shared;
  }

  /** Returns the expression of a column whose name may have dots. */
  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return "SparkModel(" + model.model() + ")";
  }
}
