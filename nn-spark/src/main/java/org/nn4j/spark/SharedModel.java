package org.nn4j.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Model that the tasks of an executor share. Every serializer of Spark writes the bytes of its
 * file, which are parsed at the first use. Thread-safe.
 *
 * @param <M> the type of the parsed model
 * @param <P> the type of a prediction
 */
abstract class SharedModel<M, P> implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** The first column of all predictions. */
  static final String PREDICTION = "prediction";

  private static final String ERROR = "error";

  private final byte[] file;
  private transient volatile @Nullable M parsed;

  SharedModel(byte[] file) {
    this.file = file;
  }

  abstract M parse(byte[] bytes) throws IOException;

  abstract List<String> features();

  /** Returns the number of elements of an encoded row. */
  abstract int inputSize();

  /** Returns the columns of a prediction. */
  abstract List<StructField> columns();

  /** Returns the values of these columns. */
  abstract Object[] values(P prediction);

  /** Predicts for a map, list, record or array. */
  abstract P predict(Object row);

  /** Returns the model, parsed at the first call of the JVM. */
  final M load() throws IOException {
    M model = parsed;
    return model == null ? parseOnce() : model;
  }

  private synchronized M parseOnce() throws IOException {
    M model = parsed;
    if (model == null) {
      model = parse(file);
      parsed = model;
    }
    return model;
  }

  /** Returns the model of a file that has been loaded on the driver. */
  final M model() {
    try {
      return load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the type of a scored row: the columns of a prediction and its error. */
  final StructType type() {
    List<StructField> fields = new ArrayList<>(columns());
    fields.add(field(ERROR, DataTypes.StringType));
    return DataTypes.createStructType(fields);
  }

  static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  static DataType numbersByName() {
    return DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);
  }

  /** Returns the number of values of a row. */
  final int width() {
    return features().isEmpty() ? inputSize() : features().size();
  }

  /** Scores the columns of a row's features. */
  final Row scoreColumns(Row row) {
    try {
      Object[] values = values(predict(RowValues.inOrder(row, width())));
      return RowFactory.create(Arrays.copyOf(values, values.length + 1));
    } catch (RuntimeException e) {
      @Nullable Object[] failed = new @Nullable Object[columns().size() + 1];
      failed[failed.length - 1] = reason(e);
      return RowFactory.create(failed);
    }
  }

  /** Scores a row of an RDD. */
  final <T> Scored<T, P> score(T row) {
    try {
      Object values = row instanceof Row columns ? RowValues.byName(columns, features()) : row;
      return new Scored<>(row, predict(values), null);
    } catch (RuntimeException e) {
      return new Scored<>(row, null, reason(e));
    }
  }

  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
