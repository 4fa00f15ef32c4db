package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/** View whose inputs are scaled when they are gathered. */
final class ScaledDataset extends KeptView {
  private final InputScaling.Scaler scaler;

  ScaledDataset(Dataset source, InputScaling scaling) {
    this(source, scaling.scaler());
    scaling.requireFits(source.inputShape());
  }

  private ScaledDataset(Dataset source, InputScaling.Scaler scaler) {
    super(source, Part.INPUTS, source.inputShape().size());
    this.scaler = scaler;
  }

  @Override
  INDArray compute(INDArray rows) {
    scaler.scale(rows);
    return rows;
  }

  @Override
  public Dataset on(Dataset other) {
    return new ScaledDataset(other, scaler);
  }
}
