package org.nn4j.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;

/** Class labels as targets. Thread-safe. */
public final class Labels {
  private Labels() {}

  /**
   * One-hot rows: 1 at the label, 0 elsewhere.
   *
   * @param labels the class of each sample, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @param type the data type
   * @return {@code [N, classes]}
   * @throws IllegalArgumentException if there is no label, or one is out of range
   */
  public static INDArray oneHot(int[] labels, int classes, DataType type) {
    check(labels, classes);
    INDArray rows = Nd4j.create(type, labels.length, classes);
    for (int i = 0; i < labels.length; i++) {
      rows.putScalar(i, labels[i], 1);
    }
    return rows;
  }

  static void check(int[] labels, int classes) {
    Require.atLeastOne(classes, "Labels", "classes");
    Require.atLeastOne(labels.length, "Labels", "number of labels");
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            Require.message(
                "Labels",
                "labels from 0 to " + (classes - 1),
                labels[i] + " at index " + i,
                "count classes from 0, or raise the number of classes"));
      }
    }
  }
}
