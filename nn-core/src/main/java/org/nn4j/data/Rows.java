package org.nn4j.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.NewArrays;

/** Rows of Java numbers as arrays. */
final class Rows {
  private Rows() {}

  /** All rows of one length; there is at least one. */
  static INDArray of(double[][] rows, String name) {
    Require.atLeastOne(rows.length, "Dataset", "number of samples");
    Require.atLeastOne(rows[0].length, "Dataset", "number of " + name + " in sample 0");
    for (int i = 0; i < rows.length; i++) {
      requireLength(rows[0].length, rows[i].length, name, i);
    }
    return NewArrays.of(rows);
  }

  /** All samples that are left. */
  static Dataset of(Iterator<Sample> samples) {
    List<double[]> inputs = new ArrayList<>();
    List<double[]> targets = new ArrayList<>();
    while (samples.hasNext()) {
      Sample sample =
          Checks.returned(samples.next(), "Dataset.ofSamples", "a sample from the iterator");
      inputs.add(sample.input());
      targets.add(sample.target());
    }
    return Dataset.of(inputs.toArray(double[][]::new), targets.toArray(double[][]::new));
  }

  static void requireLength(long expected, int found, String name, long index) {
    if (found != expected) {
      throw new ShapeMismatchException(
          "Dataset",
          expected + " " + name + " in each sample",
          found + " in sample " + index,
          "give the same numbers for each sample");
    }
  }
}
