package org.nn4j.data.toy;

import java.util.Arrays;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.internal.memory.NewArrays;

/**
 * Factory of classic small data sets: a seed yields the same values on every machine.
 *
 * <p>{@code ε} is a draw from N(0, 1), a new one at each occurrence. Samples are ordered by class;
 * training shuffles them by default, as does {@link Dataset#split}. Values are in double precision.
 * Every method throws {@link IllegalArgumentException} if an argument is out of range. Thread-safe.
 */
public final class ToySets {
  /** Angle over which an arm of the spiral turns, in radians. */
  private static final double TURN = 4;

  private static final double[][] CORNERS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  private ToySets() {}

  /**
   * Returns spiral arms around the origin, each a class: no straight lines separate them.
   *
   * <pre>
   * r = (i + 1) / n          for i = 0 ... n − 1
   * t = 2π k / arms + 4 r + noise ε
   * x = (r sin t, r cos t)   of class k = 0 ... arms − 1
   * </pre>
   *
   * <p>Source: Stanford's course CS231n, "Neural Networks Part 3", with other start angles.
   *
   * @param arms the number of arms, at least 1
   * @param pointsPerArm n, at least 1
   * @param noise the standard deviation of the angle in radians, 0 or more; with three arms 0.2 is
   *     usual
   * @param seed the seed of the noise
   * @return inputs {@code [arms n, 2]} and one-hot targets {@code [arms n, arms]}
   */
  public static Dataset spiral(int arms, int pointsPerArm, double noise, long seed) {
    Require.atLeastOne(arms, "ToySets.spiral", "number of arms");
    Require.atLeastOne(pointsPerArm, "ToySets.spiral", "number of points per arm");
    Require.notNegative(noise, "ToySets.spiral", "noise");
    SeededRandom random = new SeededRandom(seed);
    return classes(
        arms,
        pointsPerArm,
        (k, i) -> {
          double r = (i + 1.0) / pointsPerArm;
          double t = 2 * Math.PI * k / arms + TURN * r + noise * random.nextGaussian();
          return new double[] {r * StrictMath.sin(t), r * StrictMath.cos(t)};
        });
  }

  /**
   * Returns two interleaved half circles, each a class.
   *
   * <pre>
   * t = π i / (n − 1)                     for i = 0 ... n − 1; 0 if n = 1
   * x = (cos t, sin t) + noise (ε, ε)            of class 0
   * x = (1 − cos t, ½ − sin t) + noise (ε, ε)    of class 1
   * </pre>
   *
   * <p>Without noise, the points of scikit-learn's {@code make_moons}.
   *
   * @param pointsPerMoon n, at least 1
   * @param noise the standard deviation of each coordinate, 0 or more; 0.1 to 0.2 is usual
   * @param seed the seed of the noise
   * @return inputs {@code [2n, 2]} and one-hot targets {@code [2n, 2]}
   */
  public static Dataset moons(int pointsPerMoon, double noise, long seed) {
    Require.atLeastOne(pointsPerMoon, "ToySets.moons", "number of points per moon");
    Require.notNegative(noise, "ToySets.moons", "noise");
    SeededRandom random = new SeededRandom(seed);
    return classes(
        2,
        pointsPerMoon,
        (k, i) -> {
          double t = Math.PI * i / Math.max(1, pointsPerMoon - 1);
          double cos = StrictMath.cos(t);
          double sin = StrictMath.sin(t);
          return k == 0 ? noisy(random, noise, cos, sin) : noisy(random, noise, 1 - cos, 0.5 - sin);
        });
  }

  /**
   * Returns two concentric circles, each a class.
   *
   * <pre>
   * t = 2π i / n               for i = 0 ... n − 1
   * x = ρ (cos t, sin t) + noise (ε, ε)    with ρ = 1 of class 0, ρ = innerRadius of class 1
   * </pre>
   *
   * <p>Without noise, the points of scikit-learn's {@code make_circles}.
   *
   * @param pointsPerCircle n, at least 1
   * @param innerRadius the radius of the inner circle, in (0, 1); 0.5 is usual
   * @param noise the standard deviation of each coordinate, 0 or more; 0.05 to 0.1 is usual
   * @param seed the seed of the noise
   * @return inputs {@code [2n, 2]} and one-hot targets {@code [2n, 2]}
   */
  public static Dataset circles(int pointsPerCircle, double innerRadius, double noise, long seed) {
    Require.atLeastOne(pointsPerCircle, "ToySets.circles", "number of points per circle");
    Require.that(
        innerRadius > 0 && innerRadius < 1,
        "ToySets.circles",
        "inner radius in (0, 1)",
        innerRadius);
    Require.notNegative(noise, "ToySets.circles", "noise");
    SeededRandom random = new SeededRandom(seed);
    return classes(
        2,
        pointsPerCircle,
        (k, i) -> {
          double radius = k == 0 ? 1 : innerRadius;
          double t = 2 * Math.PI * i / pointsPerCircle;
          return noisy(random, noise, radius * StrictMath.cos(t), radius * StrictMath.sin(t));
        });
  }

  /**
   * Returns the exclusive or, {@code (0, 0) → 0, (0, 1) → 1, (1, 0) → 1, (1, 1) → 0}: the smallest
   * problem that needs a hidden layer.
   *
   * @return inputs {@code [4, 2]} and targets {@code [4, 1]}, for one output
   */
  public static Dataset xor() {
    return xor(1, 0, 0);
  }

  /**
   * Returns clouds around the corners of the unit square, with the exclusive or of the corner.
   *
   * <pre>
   * x = corner + noise (ε, ε)      y = corner₀ xor corner₁
   * </pre>
   *
   * @param pointsPerCorner at least 1
   * @param noise the standard deviation of each coordinate, 0 or more; 0.1 to 0.2 is usual
   * @param seed the seed of the noise
   * @return inputs {@code [4 pointsPerCorner, 2]} and targets {@code [4 pointsPerCorner, 1]}, for
   *     one output
   */
  public static Dataset xor(int pointsPerCorner, double noise, long seed) {
    Require.atLeastOne(pointsPerCorner, "ToySets.xor", "number of points per corner");
    Require.notNegative(noise, "ToySets.xor", "noise");
    SeededRandom random = new SeededRandom(seed);
    double[][] x = new double[product(CORNERS.length, pointsPerCorner)][];
    double[][] y = new double[x.length][];
    for (int row = 0; row < x.length; row++) {
      double[] corner = CORNERS[row / pointsPerCorner];
      x[row] = noisy(random, noise, corner[0], corner[1]);
      y[row] = new double[] {corner[0] == corner[1] ? 0 : 1};
    }
    return Dataset.of(NewArrays.of(x), NewArrays.of(y));
  }

  /**
   * Returns samples of a linear function: {@code x = (ε, ... ε), y = x·w + b + noise ε}.
   *
   * @param samples N, at least 1
   * @param weights w, at least one
   * @param bias b
   * @param noise the standard deviation of the target's error, 0 or more
   * @param seed the seed of the inputs and the noise
   * @return inputs {@code [N, in]} and targets {@code [N, 1]}
   */
  public static Dataset linear(
      int samples, double[] weights, double bias, double noise, long seed) {
    Require.notNull(weights, "ToySets.linear", "weights");
    return linear(samples, weights, bias, noise, new SeededRandom(seed));
  }

  /**
   * Returns samples of a linear function as above, whose weights and bias are drawn from N(0, 1).
   *
   * @param samples N, at least 1
   * @param inputs the number of weights, at least 1
   * @param noise the standard deviation of the target's error, 0 or more
   * @param seed the seed of the weights, the bias, the inputs and the noise
   * @return inputs {@code [N, inputs]} and targets {@code [N, 1]}, with the weights and the bias
   */
  public static LinearProblem linear(int samples, int inputs, double noise, long seed) {
    Require.atLeastOne(inputs, "ToySets.linear", "number of inputs");
    SeededRandom random = new SeededRandom(seed);
    double[] weights = new double[inputs];
    Arrays.setAll(weights, i -> random.nextGaussian());
    double bias = random.nextGaussian();
    return new LinearProblem(
        linear(samples, weights, bias, noise, random),
        Arrays.stream(weights).boxed().toList(),
        bias);
  }

  private static Dataset linear(
      int samples, double[] weights, double bias, double noise, SeededRandom random) {
    Require.atLeastOne(samples, "ToySets.linear", "number of samples");
    Require.atLeastOne(weights.length, "ToySets.linear", "number of weights");
    for (double weight : weights) {
      Require.finite(weight, "ToySets.linear", "weight");
    }
    Require.finite(bias, "ToySets.linear", "bias");
    Require.notNegative(noise, "ToySets.linear", "noise");
    double[][] x = new double[samples][weights.length];
    double[][] y = new double[samples][1];
    for (int row = 0; row < samples; row++) {
      double sum = bias;
      for (int j = 0; j < weights.length; j++) {
        x[row][j] = random.nextGaussian();
        sum += x[row][j] * weights[j];
      }
      y[row][0] = sum + noise * random.nextGaussian();
    }
    return Dataset.of(NewArrays.of(x), NewArrays.of(y));
  }

  private static double[] noisy(SeededRandom random, double noise, double x, double y) {
    return new double[] {x + noise * random.nextGaussian(), y + noise * random.nextGaussian()};
  }

  private static int product(int groups, int points) {
    long samples = (long) groups * points;
    Require.that(
        samples <= Integer.MAX_VALUE,
        "ToySets",
        "at most " + Integer.MAX_VALUE + " samples",
        groups + " x " + points,
        "use fewer points");
    return (int) samples;
  }

  /** Coordinates of point i of class k. */
  @FunctionalInterface
  private interface Place {
    double[] of(int k, int i);
  }

  private static Dataset classes(int classes, int pointsPerClass, Place place) {
    double[][] x = new double[product(classes, pointsPerClass)][];
    int[] labels = new int[x.length];
    for (int row = 0; row < x.length; row++) {
      labels[row] = row / pointsPerClass;
      x[row] = place.of(labels[row], row % pointsPerClass);
    }
    return Dataset.ofLabels(NewArrays.of(x), labels, classes);
  }
}
