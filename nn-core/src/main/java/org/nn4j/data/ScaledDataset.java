package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.RowScaling;

/** View whose inputs are scaled when they are gathered. */
final class ScaledDataset extends CachingView {
  private final RowScaling scaling;

  ScaledDataset(Dataset source, InputScaling scaling) {
    this(source, new RowScaling(scaling.mean(), scaling.deviation()));
    scaling.requireFits(source.inputShape());
  }

  private ScaledDataset(Dataset source, RowScaling scaling) {
    super(source, Part.INPUTS, source.inputShape().size());
    this.scaling = scaling;
  }

  @Override
  INDArray compute(INDArray rows) {
    scaling.apply(rows);
    return rows;
  }

  @Override
  public Dataset on(Dataset other) {
    return new ScaledDataset(other, scaling);
  }
}
