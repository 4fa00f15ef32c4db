package org.nn4j.tuning;

import org.nn4j.data.Dataset;

/**
 * One division of a data set into training and validation rows. Immutable and thread-safe.
 *
 * <p>Statistics and encodings must come from {@link #training} alone: {@code
 * InputStatistics.of(fold.training())}, or {@code format.split(file, fold.trainingRows(),
 * fold.validationRows())} for a CSV file.
 */
public final class Fold {
  private final int number;
  private final long seed;
  private final Dataset data;
  private final int[] trainingRows;
  private final int[] validationRows;

  Fold(int number, long seed, Dataset data, int[] trainingRows, int[] validationRows) {
    this.number = number;
    this.seed = seed;
    this.data = data;
    this.trainingRows = trainingRows;
    this.validationRows = validationRows;
  }

  /** {@return its number, from 1} */
  public int number() {
    return number;
  }

  /** {@return a seed of this fold, for network and trainer} */
  public long seed() {
    return seed;
  }

  /** {@return a view of the training rows} */
  public Dataset training() {
    return data.subset(trainingRows);
  }

  /** {@return a view of the validation rows} */
  public Dataset validation() {
    return data.subset(validationRows);
  }

  /** {@return the indices of the training rows, ascending; a copy} */
  public int[] trainingRows() {
    return trainingRows.clone();
  }

  /** {@return the indices of the validation rows, ascending; a copy} */
  public int[] validationRows() {
    return validationRows.clone();
  }

  @Override
  public String toString() {
    return "fold "
        + number
        + " ("
        + trainingRows.length
        + " and "
        + validationRows.length
        + " rows)";
  }
}
