package org.nn4j.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Samples whose inputs are scaled when they are gathered. */
final class ScaledDataset implements View {
  private final Dataset source;
  private final InputScaling.Rows floats;
  private final InputScaling.Rows doubles;

  ScaledDataset(Dataset source, InputScaling scaling) {
    this(source, scaling.rows(DataType.FLOAT), scaling.rows(DataType.DOUBLE));
    scaling.requireFits(source.inputShape());
  }

  private ScaledDataset(Dataset source, InputScaling.Rows floats, InputScaling.Rows doubles) {
    this.source = source;
    this.floats = floats;
    this.doubles = doubles;
  }

  @Override
  public Dataset source() {
    return source;
  }

  @Override
  public Dataset on(Dataset other) {
    return new ScaledDataset(other, floats, doubles);
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    source.gather(rows, inputs, targets);
    (inputs.dataType() == DataType.FLOAT ? floats : doubles).scale(inputs);
  }
}
