package org.nn4j.mnist;

/**
 * How the labels of a file tell the classes.
 *
 * @param first the label of class 0
 * @param type the type that the labels must have
 * @param rank 1 for {@code [labels]}, or 2 for {@code [labels, columns]} with the label in column 0
 */
record Labelling(int first, ElementType type, int rank) {
  /** As in MNIST: one byte for each label. */
  static Labelling bytesFrom(int first) {
    return new Labelling(first, ElementType.UBYTE, 1);
  }

  void require(IdxFile labels) throws IdxFormatException {
    labels.requireForm(type, rank, rank == 1 ? "[labels]" : "[labels, columns]");
  }
}
