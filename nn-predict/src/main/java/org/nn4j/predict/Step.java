package org.nn4j.predict;

/** A part of a network at inference. Thread-safe. */
final class Step {
  /** The elements of one output. */
  final int width;

  /** Whether input and output may be the same array. */
  final boolean worksInPlace;

  /** Computes the output from the input, each from index 0 on of an array that may be longer. */
  final LayerFunction function;

  private Step(int width, boolean worksInPlace, LayerFunction function) {
    this.width = width;
    this.worksInPlace = worksInPlace;
    this.function = function;
  }

  /** A step that reads each element before it writes it. */
  static Step inPlace(int width, LayerFunction function) {
    return new Step(width, true, function);
  }

  static Step of(int width, LayerFunction function) {
    return new Step(width, false, function);
  }
}
