package org.nn4j.loss;

import java.util.Locale;

/** Reduction of the errors of a sample's outputs to its loss. */
public enum SumOrMean {
  /** Sum over the outputs. */
  SUM,
  /** Mean over the outputs. */
  MEAN;

  /** Returns the factor of the error of each output. */
  double share(long outputs) {
    return this == SUM ? 1 : 1.0 / outputs;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
