package org.nn4j.data.image;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random displacement of pixels: see {@link ImageAugmentation#elastic}. */
final class Elastic {
  /** ∫ β², the share of the variance of u that remains in d, for each dimension. */
  private static final double VARIANCE_LEFT = 151.0 / 315;

  static final Elastic NONE = new Elastic(1, 1, 0, 1);

  private final int height;
  private final int width;
  private final double displacement;
  private final double smoothness;
  private final double spacing;

  Elastic(int height, int width, double displacement, double smoothness) {
    this.height = height;
    this.width = width;
    this.displacement = displacement;
    this.smoothness = smoothness;
    this.spacing = Math.sqrt(3) * smoothness;
  }

  /** Returns a displacement, or null if there is none. */
  @Nullable Displacement draw(RandomGenerator random) {
    if (displacement == 0) {
      return null;
    }
    Splines rows = Splines.of(height, spacing, random);
    Splines columns = Splines.of(width, spacing, random);
    // A uniform number from −1 to 1 has the variance 1/3.
    double bound = displacement * Math.sqrt(3) / VARIANCE_LEFT;
    return new Displacement(
        rows, field(rows, columns, bound, random), field(rows, columns, bound, random));
  }

  /**
   * Returns {@code Σⱼ uᵢⱼ β(column − j)} for each row i of the grid and each column of the image.
   */
  private float[] field(Splines rows, Splines columns, double bound, RandomGenerator random) {
    float[] u = new float[columns.knots()];
    float[] field = new float[rows.knots() * width];
    for (int i = 0; i < rows.knots(); i++) {
      for (int j = 0; j < u.length; j++) {
        u[j] = (float) (bound * UniformNumber.symmetric(random));
      }
      for (int column = 0; column < width; column++) {
        field[i * width + column] = columns.at(column, u);
      }
    }
    return field;
  }

  @Override
  public String toString() {
    return displacement > 0 ? ", elastic " + displacement + " by " + smoothness : "";
  }
}
