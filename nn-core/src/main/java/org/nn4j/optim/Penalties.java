package org.nn4j.optim;

/** Factory of penalties, for static import. Thread-safe; the penalties are not. */
public final class Penalties {
  private Penalties() {}

  /**
   * Returns the sum of the absolute weights, {@code λ Σ |w|}.
   *
   * @param strength λ, 0 or more
   * @return {@link L1}
   * @throws IllegalArgumentException if λ is negative, infinite or NaN
   */
  public static Penalty l1(double strength) {
    return new L1(strength);
  }

  /**
   * Returns half the sum of the squared weights, {@code λ / 2 Σ w²}.
   *
   * @param strength λ, 0 or more; the weight decay of PyTorch's SGD; Keras's λ doubled
   * @return {@link L2}
   * @throws IllegalArgumentException if λ is negative, infinite or NaN
   */
  public static Penalty l2(double strength) {
    return new L2(strength);
  }
}
