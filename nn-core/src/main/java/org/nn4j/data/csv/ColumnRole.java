package org.nn4j.data.csv;

import java.util.List;

/** Role of a column. */
sealed interface ColumnRole {
  /** Numeric input, the default. */
  record Numeric() implements ColumnRole {
    @Override
    public String toString() {
      return "a number";
    }
  }

  /** Boolean input. */
  record Truth() implements ColumnRole {
    @Override
    public String toString() {
      return "true or false";
    }
  }

  /** Ignored column. */
  record Ignored() implements ColumnRole {
    @Override
    public String toString() {
      return "ignored";
    }
  }

  /** Numeric target. */
  record Target() implements ColumnRole {
    @Override
    public String toString() {
      return "a target";
    }
  }

  /** Categorical input, one-hot. */
  record Categorical() implements ColumnRole {
    @Override
    public String toString() {
      return "categorical";
    }
  }

  /**
   * Class, by name.
   *
   * @param classes their names, or none if they are to be learned
   */
  record Label(List<String> classes) implements ColumnRole {
    @Override
    public String toString() {
      return "the label";
    }
  }

  /**
   * Class, by number.
   *
   * @param classes how many
   */
  record LabelNumber(int classes) implements ColumnRole {
    @Override
    public String toString() {
      return "the label";
    }
  }

  /** Returns whether it is an input. */
  default boolean isInput() {
    return this instanceof Numeric || this instanceof Truth || this instanceof Categorical;
  }

  /** Returns whether it is a target or a label. */
  default boolean isTarget() {
    return this instanceof Target || isLabel();
  }

  /** Returns whether it is a label. */
  default boolean isLabel() {
    return this instanceof Label || this instanceof LabelNumber;
  }
}
