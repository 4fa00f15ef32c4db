package org.nn4j.loss;

import java.util.Locale;

/** How the errors of the outputs of one sample become one number. */
public enum Reduction {
  /** Their sum. */
  SUM,
  /** Their mean. */
  MEAN;

  /** The factor of each output's error. */
  double share(long outputs) {
    return this == SUM ? 1 : 1.0 / outputs;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
