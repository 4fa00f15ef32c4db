package org.nn4j.data;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.Checks;
import org.nn4j.internal.RowScaling;
import org.nn4j.internal.memory.NewArrays;

/**
 * Scaling of raw inputs, the same for training and for predictions.
 *
 * <pre>
 * x = (raw − mean) / deviation
 * </pre>
 *
 * <pre>{@code
 * InputScaling scaling = InputStatistics.of(training).standard();
 * trainer.fit(training.normalize(scaling));
 * network.setInfo(ModelInfo.none().withInputScaling(scaling)); // saved with the network
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param mean one element for the whole input, or one for each of its elements, row-major
 * @param deviation one for each mean, none of them 0
 */
public record InputScaling(List<Double> mean, List<Double> deviation) {
  private static final String WHO = "InputScaling";

  /**
   * Checks the arguments.
   *
   * @param mean one element for the whole input, or one for each of its elements, row-major
   * @param deviation one for each mean, none of them 0
   * @throws IllegalArgumentException if their numbers differ, one is not finite, or a deviation is
   *     0
   */
  public InputScaling {
    Checks.noNulls(mean, "InputScaling", "mean");
    Checks.noNulls(deviation, "InputScaling", "deviation");
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Require.that(
        !mean.isEmpty() && mean.size() == deviation.size(),
        WHO,
        "as many deviations as means, one or more",
        mean.size() + " means and " + deviation.size() + " deviations",
        "pass lists of one length");
    mean.forEach(number -> Require.finite(number, WHO, "mean"));
    deviation.forEach(
        number ->
            Require.that(
                number != 0 && Double.isFinite(number),
                WHO,
                "deviations that are finite and not 0",
                number));
  }

  /**
   * Returns a division of all elements, such as pixels from 0 to 255 by 255.
   *
   * @param divisor finite and not 0
   * @return {@code x = raw / divisor}
   * @throws IllegalArgumentException if it is 0 or not finite
   */
  public static InputScaling divideBy(double divisor) {
    return new InputScaling(List.of(0.0), List.of(divisor));
  }

  /**
   * Checks that there is one mean for the whole input, or one for each element.
   *
   * @param input the shape of an input
   * @throws IllegalArgumentException if there is neither
   */
  public void requireFits(Shape input) {
    Require.notNull(input, "InputScaling.requireFits", "input");
    Require.that(
        mean.size() == 1 || mean.size() == input.size(),
        WHO,
        "one mean, or one for each element of the input " + input,
        mean.size(),
        "compute the statistics of data of this shape");
  }

  /**
   * Scales raw inputs in double precision, with the same bits as {@link Dataset#normalize}.
   *
   * @param raw {@code [B, in...]} of any numeric or boolean type; not changed
   * @return {@code x}, a new array of the same shape: DOUBLE if {@code raw} is, else FLOAT
   * @throws IllegalArgumentException if there is neither one mean nor one for each element of a
   *     row, or the array is not numeric
   */
  public INDArray apply(INDArray raw) {
    Require.notNull(raw, "InputScaling.apply", "raw");
    return apply(raw, raw.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT);
  }

  /**
   * Scales raw inputs in double precision, and casts the result to the data type of a network.
   *
   * <pre>{@code
   * INDArray x = scaling.apply(timestamps, network.dataType()); // timestamps: DOUBLE or LONG
   * }</pre>
   *
   * @param raw {@code [B, in...]} of any numeric or boolean type; not changed
   * @param type FLOAT or DOUBLE
   * @return {@code x}, a new array of the same shape
   * @throws IllegalArgumentException if there is neither one mean nor one for each element of a
   *     row, the array is not numeric, or the type is neither FLOAT nor DOUBLE
   */
  public INDArray apply(INDArray raw, DataType type) {
    Require.notNull(raw, "InputScaling.apply", "raw");
    Checks.floatOrDouble(type, "InputScaling.apply");
    Checks.numeric(raw.dataType(), "InputScaling.apply");
    requireFits(Shape.ofSamples(raw));
    if (raw.isEmpty()) {
      return NewArrays.uninitialized(type, raw.shape());
    }
    if (type == DataType.DOUBLE || !TypedRows.exceedsFloat(raw.dataType())) {
      INDArray x = copy(raw, type);
      new RowScaling(mean, deviation).apply(x);
      return x;
    }
    try (INDArray doubles = apply(raw, DataType.DOUBLE)) {
      return copy(doubles, type);
    }
  }

  /**
   * Scales raw inputs in a Java array, such as those of a request.
   *
   * @param raw one sample, or several one after the other, row-major; not changed
   * @return {@code x}, a new array of the same length
   * @throws IllegalArgumentException if there is more than one mean and the length is not a
   *     multiple of their number
   */
  public double[] apply(double[] raw) {
    Require.notNull(raw, "InputScaling.apply", "raw");
    int n = mean.size();
    Require.that(
        raw.length % n == 0,
        WHO,
        "samples of " + n + " elements, one after the other",
        raw.length + " numbers",
        "pass all elements of each sample");
    double[] x = raw.clone();
    new RowScaling(mean, deviation).apply(x);
    return x;
  }

  private static INDArray copy(INDArray x, DataType type) {
    return NewArrays.uninitialized(type, x.shape()).assign(x);
  }
}
