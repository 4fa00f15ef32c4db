package org.nn4j.data.feature;

/** Scaling of a column of numbers: {@code x = (raw − mean) / deviation}. */
public enum Scaling {
  /** None: mean 0, deviation 1. */
  NONE,
  /** To mean 0 and standard deviation 1. */
  STANDARD,
  /** To the range from 0 to 1: the minimum is the mean, the range the deviation. */
  MIN_MAX
}
