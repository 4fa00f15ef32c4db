package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Row of an RDD with its prediction, or the reason why there is none. As immutable as the row.
 *
 * <p>A class, because Kryo cannot serialize records.
 *
 * @param <T> the type of the row
 * @param <P> the type of the prediction
 */
@SuppressWarnings("serial") // Spark serializes rows, whatever their type.
public final class Scored<T, P> implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** As it was in the RDD. */
  private final T row;

  /** Null if there is an error. */
  private final @Nullable P prediction;

  /** Null if there is a prediction. */
  private final @Nullable String error;

  Scored(T row, @Nullable P prediction, @Nullable String error) {
    this.row = row;
    this.prediction = prediction;
    this.error = error;
  }

  /**
   * Returns the row.
   *
   * @return as it was in the RDD
   */
  public T row() {
    return row;
  }

  /**
   * Returns the prediction.
   *
   * @return null if there is an error
   */
  public @Nullable P prediction() {
    return prediction;
  }

  /**
   * Returns the reason why there is no prediction.
   *
   * @return null if there is a prediction
   */
  public @Nullable String error() {
    return error;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Scored<?, ?> scored
        && Objects.equals(row, scored.row)
        && Objects.equals(prediction, scored.prediction)
        && Objects.equals(error, scored.error);
  }

  @Override
  public int hashCode() {
    return Objects.hash(row, prediction, error);
  }

  @Override
  public String toString() {
    return "Scored[row=" + row + ", prediction=" + prediction + ", error=" + error + "]";
  }
}
