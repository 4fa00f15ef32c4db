package org.nn4j.internal;

import org.jspecify.annotations.Nullable;
import org.nn4j.Activation;

/**
 * Activation of the library, with properties for losses and model files. Immutable and thread-safe.
 */
public interface StandardActivation extends Activation {
  /** Range of the outputs of an activation. */
  enum OutputRange {
    /** From 0 to 1, with a sum of 1. */
    DISTRIBUTION,
    /** From 0 to 1. */
    PROBABILITIES,
    /** With a lower or an upper bound. */
    BOUNDED,
    /** Any real number. */
    REAL,
    /** Unknown. */
    UNKNOWN
  }

  /** Returns the range of the outputs. */
  OutputRange range();

  /** Returns the coefficient of an activation that has exactly one, else NaN. */
  default double coefficient() {
    return Double.NaN;
  }

  /** Returns the range of any activation; that of a user-defined one is unknown. */
  static OutputRange rangeOf(@Nullable Activation activation) {
    return activation instanceof StandardActivation standard
        ? standard.range()
        : OutputRange.UNKNOWN;
  }
}
