package org.nn4j.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Shape;

/** Rows in Java arrays of a network's data type. Immutable. */
final class PackedRows implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final float[][] floats;
  private final double[][] doubles;

  private PackedRows(float[][] floats, double[][] doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  static PackedRows of(List<double[]> rows, DataType type) {
    return type == DataType.FLOAT
        ? new PackedRows(rows.stream().map(PackedRows::toFloats).toArray(float[][]::new), NONE)
        : new PackedRows(new float[0][], rows.toArray(double[][]::new));
  }

  private static final double[][] NONE = {};

  private static float[] toFloats(double[] row) {
    float[] floats = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      floats[i] = (float) row[i];
    }
    return floats;
  }

  int size() {
    return Math.max(floats.length, doubles.length);
  }

  /** Returns a copy of some rows, {@code [rows.length, sample...]}. */
  INDArray array(int[] rows, Shape sample) {
    INDArray flat;
    if (floats.length > 0) {
      float[][] some = new float[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        some[i] = floats[rows[i]];
      }
      flat = Nd4j.createFromArray(some);
    } else {
      double[][] some = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        some[i] = doubles[rows[i]];
      }
      flat = Nd4j.createFromArray(some);
    }
    return flat.reshape('c', sample.withBatch(rows.length));
  }
}
