package org.nn4j.data.feature;

/** Rule for a category that the training data do not have, and for a category that is missing. */
public enum UnknownCategory {
  /** Refuse it. */
  ERROR,
  /** Encode it as zeros. */
  ZEROS
}
