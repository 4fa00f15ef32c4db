package org.nn4j.data.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.data.batch.Batch;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.NewArrays;

/**
 * CSV file in two parts, with the columns learned from it.
 *
 * @param columns the encoding, whose statistics come from the training part only
 * @param data the two parts, encoded by these columns
 */
public record CsvSplit(CsvColumns columns, Split data) {
  /**
   * Checks the arguments.
   *
   * @param columns the encoding
   * @param data the two parts
   */
  public CsvSplit {
    Require.notNull(columns, "CsvSplit", "columns");
    Require.notNull(data, "CsvSplit", "data");
  }

  static CsvSplit of(CsvFormat format, Path file, double fraction, long seed) throws IOException {
    CsvColumns ofAll = format.columnsOf(file);
    // The split depends only on the classes, so it is drawn before statistics are computed.
    Dataset targets = ofAll.read(file);
    Dataset rows = numbered(targets);
    Split split =
        ofAll.classes().isEmpty()
            ? rows.split(fraction, seed)
            : rows.splitStratified(fraction, seed);
    int[] training = numbers(split.training());
    BitSet isTraining = new BitSet();
    Arrays.stream(training).forEach(isTraining::set);
    CsvColumns columns = format.columnsOf(file, isTraining::get);
    Dataset all = columns.read(file);
    return new CsvSplit(
        columns, new Split(all.subset(training), all.subset(numbers(split.validation()))));
  }

  static CsvSplit of(CsvFormat format, Path file, int[] training, int[] validation)
      throws IOException {
    BitSet isTraining = new BitSet();
    Arrays.stream(training).filter(row -> row >= 0).forEach(isTraining::set);
    CsvColumns columns = format.columnsOfTraining(file, isTraining::get);
    Dataset all = columns.read(file);
    return new CsvSplit(columns, new Split(all.subset(training), all.subset(validation)));
  }

  /** Returns the same targets, with the index of the row as the input. */
  private static Dataset numbered(Dataset data) {
    double[][] numbers = new double[data.size()][1];
    Arrays.setAll(numbers, i -> new double[] {i});
    return Dataset.of(numbers, JavaArrays.rows(gather(data).targets()));
  }

  private static int[] numbers(Dataset rows) {
    return gather(rows).inputs().toIntVector();
  }

  private static Batch gather(Dataset data) {
    long n = data.size();
    INDArray inputs = NewArrays.uninitialized(DataType.DOUBLE, n, data.inputShape().size());
    INDArray targets = NewArrays.uninitialized(DataType.DOUBLE, n, data.targetShape().size());
    data.gather(IntStream.range(0, data.size()).toArray(), inputs, targets);
    return new Batch(inputs, targets);
  }
}
