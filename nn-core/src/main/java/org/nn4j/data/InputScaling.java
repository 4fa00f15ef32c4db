package org.nn4j.data;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.kernel.NewArrays;

/**
 * What is done to raw numbers before they become the input of a network: to those that it is
 * trained on and, by the same numbers, to those that it is to judge.
 *
 * <pre>
 * x = (raw − mean) / deviation
 * </pre>
 *
 * <pre>{@code
 * InputScaling scaling = InputStatistics.of(training).standard();
 * trainer.fit(training.normalise(scaling));
 * network.setInfo(ModelInfo.none().withInputScaling(scaling)); // saved with the network
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param mean one number for all of the input, or one for each of its numbers, row-major
 * @param deviation as many, none of them 0
 */
public record InputScaling(List<Double> mean, List<Double> deviation) {
  /**
   * Checks the arguments.
   *
   * @param mean one number for all of the input, or one for each of its numbers, row-major
   * @param deviation as many, none of them 0
   * @throws IllegalArgumentException if they are not as many, or one is not finite or divides by 0
   */
  public InputScaling {
    Require.noNulls(mean, "InputScaling", "mean");
    Require.noNulls(deviation, "InputScaling", "deviation");
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Require.that(
        !mean.isEmpty() && mean.size() == deviation.size(),
        "InputScaling",
        "as many deviations as means, one or more",
        mean.size() + " means and " + deviation.size() + " deviations",
        "pass lists of one length");
    mean.forEach(number -> Require.finite(number, "InputScaling", "mean"));
    deviation.forEach(
        number ->
            Require.that(
                number != 0 && Double.isFinite(number),
                "InputScaling",
                "deviations that are finite and not 0",
                number));
  }

  /**
   * Divides all numbers: pixels from 0 to 255 by 255.
   *
   * @param divisor finite and not 0
   * @return {@code x = raw / divisor}
   * @throws IllegalArgumentException if it is 0 or not finite
   */
  public static InputScaling divideBy(double divisor) {
    return new InputScaling(List.of(0.0), List.of(divisor));
  }

  /**
   * Checks that there is a number for all, or for each number, of an input.
   *
   * @param input the shape of an input
   * @throws IllegalArgumentException if there is neither
   */
  public void requireFits(Shape input) {
    Require.notNull(input, "InputScaling.requireFits", "input");
    Require.that(
        mean.size() == 1 || mean.size() == input.size(),
        "InputScaling",
        "one mean, or one for each number of the input " + input,
        mean.size(),
        "take the statistics of data of this shape");
  }

  /**
   * Scales raw numbers.
   *
   * @param raw {@code [B, in...]}; not changed
   * @return {@code x}, a new array of the same shape and data type
   * @throws IllegalArgumentException if there is neither one mean nor one for each number of a row
   */
  public INDArray apply(INDArray raw) {
    Require.notNull(raw, "InputScaling.apply", "raw");
    requireFits(Shape.ofSamples(raw));
    try (Rows rows = rows(raw.dataType())) {
      return rows.scale(raw.dup('c'));
    }
  }

  /** The numbers as arrays of a data type. */
  Rows rows(DataType type) {
    return new Rows(row(mean, type), row(deviation, type));
  }

  private static INDArray row(List<Double> numbers, DataType type) {
    double[] row = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return NewArrays.of(row).castTo(type).reshape(1, row.length);
  }

  /** Means and deviations, {@code [1, 1]} or {@code [1, in]}. */
  record Rows(INDArray means, INDArray deviations) implements AutoCloseable {
    /** Scales numbers where they are. */
    INDArray scale(INDArray raw) {
      long rows = raw.size(0);
      INDArray x = raw.rank() == 2 ? raw : raw.reshape('c', rows, raw.length() / rows);
      x.subi(means);
      x.divi(deviations);
      return raw;
    }

    @Override
    public void close() {
      means.close();
      deviations.close();
    }
  }
}
