package org.nn4j.data.batch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.internal.memory.PortionSize;

/**
 * Means, standard deviations and bounds of the inputs of a data set, and the scalings that follow
 * from them.
 *
 * <p>Compute them on the training data only, and scale the validation data by the same values. All
 * sums are in double precision, by Welford's method (Technometrics 4, 1962), in one pass. Samples
 * and data sets are read in double precision too, whatever the data type of the batches, and data
 * sets about 1 MB at a time:
 *
 * <pre>
 * δ = x − mean     mean ← mean + δ / n     M ← M + δ (x − mean)     deviation = √(M / n)
 * </pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class InputStatistics {
  private static final String WHO = "InputStatistics";

  private final double[] mean;
  private final double[] squares;
  private final double[] minimum;
  private final double[] maximum;
  private long count;

  private InputStatistics(int numbers) {
    mean = new double[numbers];
    squares = new double[numbers];
    minimum = new double[numbers];
    maximum = new double[numbers];
    Arrays.fill(minimum, Double.POSITIVE_INFINITY);
    Arrays.fill(maximum, Double.NEGATIVE_INFINITY);
  }

  /**
   * Returns the statistics of a data set, without augmentation.
   *
   * @param training the data that the network is to be trained on
   * @return its statistics
   * @throws IllegalArgumentException if a number is not finite
   */
  public static InputStatistics of(Dataset training) {
    Require.notNull(training, "InputStatistics.of", "training");
    long bytes = Double.BYTES * (training.inputShape().size() + training.targetShape().size());
    return ofDoubles(Batches.inOrder(training, PortionSize.rows(bytes), DataType.DOUBLE));
  }

  /**
   * Returns the statistics of all batches of {@link BatchSource#evaluation}.
   *
   * @param training the data that the network is to be trained on
   * @return its statistics
   * @throws IllegalArgumentException if a number is not finite, or there is no sample
   */
  public static InputStatistics of(BatchSource training) {
    Require.notNull(training, "InputStatistics.of", "training");
    return ofDoubles(exact(training));
  }

  /** Returns the same samples before they are cast, in any order. */
  private static BatchSource exact(BatchSource source) {
    if (source instanceof ShuffleBuffer shuffled) {
      return exact(shuffled.source());
    }
    if (source instanceof SampleStream samples) {
      return samples.as(DataType.DOUBLE);
    }
    return source instanceof Batches batches ? batches.as(DataType.DOUBLE) : source;
  }

  private static InputStatistics ofDoubles(BatchSource training) {
    long numbers = training.inputShape().size();
    Require.that(
        numbers <= Integer.MAX_VALUE,
        WHO,
        "inputs of at most " + Integer.MAX_VALUE + " elements",
        training.inputShape(),
        "split each sample into smaller ones");
    InputStatistics statistics = new InputStatistics((int) numbers);
    try (Epoch epoch = training.evaluation()) {
      for (Batch batch : epoch) {
        statistics.add(batch.inputs());
      }
    }
    Require.that(
        statistics.count > 0, WHO, "at least one sample", "none", "check the source of the data");
    return statistics;
  }

  private void add(INDArray inputs) {
    try (INDArray copy = NewArrays.uninitialized(DataType.DOUBLE, inputs.shape()).assign(inputs)) {
      double[] numbers = copy.reshape(copy.length()).toDoubleVector();
      for (int from = 0; from < numbers.length; from += mean.length) {
        addSample(numbers, from);
      }
    }
  }

  private void addSample(double[] numbers, int from) {
    count++;
    for (int j = 0; j < mean.length; j++) {
      double x = numbers[from + j];
      if (!Double.isFinite(x)) {
        throw new IllegalArgumentException(
            Require.message(
                WHO,
                "finite inputs",
                x + " as element " + j + " of sample " + (count - 1),
                "correct or omit the sample"));
      }
      double delta = x - mean[j];
      mean[j] += delta / count;
      squares[j] += delta * (x - mean[j]);
      minimum[j] = Math.min(minimum[j], x);
      maximum[j] = Math.max(maximum[j], x);
    }
  }

  /**
   * Returns the mean of each input element.
   *
   * @return as many as an input has numbers, row-major
   */
  public List<Double> mean() {
    return list(mean);
  }

  /**
   * Returns the standard deviation of each input element, with the divisor N.
   *
   * @return as many as an input has numbers, row-major
   */
  public List<Double> deviation() {
    return list(deviations());
  }

  /**
   * Returns the smallest value of each input element.
   *
   * @return as many as an input has numbers, row-major
   */
  public List<Double> minimum() {
    return list(minimum);
  }

  /**
   * Returns the largest value of each input element.
   *
   * @return as many as an input has numbers, row-major
   */
  public List<Double> maximum() {
    return list(maximum);
  }

  /**
   * Returns the scaling of each input element to mean 0 and standard deviation 1. A constant
   * element becomes 0.
   *
   * @return {@code x = (raw − mean) / deviation}, element by element
   */
  public InputScaling standard() {
    return scaling(mean, deviations());
  }

  /**
   * Returns the scaling of all elements together to mean 0 and standard deviation 1, so that they
   * stay comparable, as for pixels.
   *
   * @return {@code x = (raw − mean) / deviation}, with one mean and one deviation
   */
  public InputScaling standardOverall() {
    double center = Arrays.stream(mean).average().orElse(0);
    double variance = 0;
    for (int j = 0; j < mean.length; j++) {
      double offset = mean[j] - center;
      variance += (squares[j] / count + offset * offset) / mean.length;
    }
    return scaling(new double[] {center}, new double[] {Math.sqrt(variance)});
  }

  /**
   * Returns the scaling of each input element from its smallest and largest value to 0 and 1. A
   * constant element becomes 0.
   *
   * @return {@code x = (raw − minimum) / (maximum − minimum)}, element by element
   */
  public InputScaling range() {
    double[] width = new double[mean.length];
    Arrays.setAll(width, j -> maximum[j] - minimum[j]);
    return scaling(minimum, width);
  }

  private static InputScaling scaling(double[] shift, double[] width) {
    return new InputScaling(
        list(shift), DoubleStream.of(width).map(w -> w == 0 ? 1 : w).boxed().toList());
  }

  private double[] deviations() {
    return Arrays.stream(squares).map(m -> Math.sqrt(m / count)).toArray();
  }

  private static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
