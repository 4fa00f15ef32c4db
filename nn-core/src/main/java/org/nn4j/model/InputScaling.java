package org.nn4j.model;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.io.Settings;

/**
 * What was done to raw numbers before they became the input of a network, and has to be done to
 * those it is to judge.
 *
 * <pre>
 * x = (raw − mean) / deviation
 * </pre>
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
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Require.that(
        !mean.isEmpty() && mean.size() == deviation.size(),
        "InputScaling",
        "as many deviations as means, one or more",
        mean.size() + " means and " + deviation.size() + " deviations");
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

  /** Checks that there is a number for all, or for each number, of an input. */
  void requireFits(Shape input) {
    Require.that(
        mean.size() == 1 || mean.size() == input.size(),
        "InputScaling",
        "one mean, or one for each number of the input " + input,
        mean.size());
  }

  /**
   * Scales raw numbers.
   *
   * @param raw {@code [B, in...]}; not changed
   * @return {@code x}, a new array of the same shape and data type
   * @throws IllegalArgumentException if there is neither one mean nor one for each number of a row
   */
  public INDArray apply(INDArray raw) {
    Shape sample = Shape.ofSamples(raw);
    requireFits(sample);
    long[] row = {1, mean.size()};
    INDArray scaled = raw.dup('c').reshape('c', new long[] {raw.size(0), sample.size()});
    try (INDArray means = row(mean, raw).reshape(row);
        INDArray deviations = row(deviation, raw).reshape(row)) {
      scaled.subi(means);
      scaled.divi(deviations);
    }
    return scaled.reshape('c', raw.shape());
  }

  private static INDArray row(List<Double> numbers, INDArray like) {
    double[] row = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return Nd4j.createFromArray(row).castTo(like.dataType());
  }

  Settings toSettings() {
    return Settings.none().with("mean", mean).with("deviation", deviation);
  }

  static InputScaling of(Settings settings) {
    return new InputScaling(doubles(settings, "mean"), doubles(settings, "deviation"));
  }

  private static List<Double> doubles(Settings settings, String name) {
    return settings.getList(name, Number.class).stream().map(Number::doubleValue).toList();
  }
}
