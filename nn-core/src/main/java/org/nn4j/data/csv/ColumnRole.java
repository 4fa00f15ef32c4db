package org.nn4j.data.csv;

import java.util.List;

/** What a column is for. */
sealed interface ColumnRole {
  /** A numeric input, the default for a column. */
  record Numeric() implements ColumnRole {
    @Override
    public String toString() {
      return "a number";
    }
  }

  /** An input that is true or false. */
  record Truth() implements ColumnRole {
    @Override
    public String toString() {
      return "true or false";
    }
  }

  /** Nothing. */
  record Ignored() implements ColumnRole {
    @Override
    public String toString() {
      return "ignored";
    }
  }

  /** A target that is a number. */
  record Target() implements ColumnRole {
    @Override
    public String toString() {
      return "a target";
    }
  }

  /** An input that is one of several texts, one-hot. */
  record Categorical() implements ColumnRole {
    @Override
    public String toString() {
      return "categorical";
    }
  }

  /**
   * The class, by name.
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
   * The class, by number.
   *
   * @param classes how many
   */
  record LabelNumber(int classes) implements ColumnRole {
    @Override
    public String toString() {
      return "the label";
    }
  }

  /** Whether it is an input. */
  default boolean isInput() {
    return this instanceof Numeric || this instanceof Truth || this instanceof Categorical;
  }

  /** Whether it is a target or a label. */
  default boolean isTarget() {
    return this instanceof Target || isLabel();
  }

  /** Whether it is one of the two kinds of label. */
  default boolean isLabel() {
    return this instanceof Label || this instanceof LabelNumber;
  }
}
