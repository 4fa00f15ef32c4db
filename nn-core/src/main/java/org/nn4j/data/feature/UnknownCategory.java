package org.nn4j.data.feature;

/** Rule for missing categories and for those that are not in the training data. */
public enum UnknownCategory {
  /** Refuse it. */
  ERROR,
  /** Encode it as zeros. */
  ZEROS
}
