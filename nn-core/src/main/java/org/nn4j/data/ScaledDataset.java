package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Samples whose inputs are scaled when they are gathered. */
final class ScaledDataset implements View {
  private final Dataset source;
  private final Scaler scaler;

  ScaledDataset(Dataset source, InputScaling scaling) {
    this(source, scaling.scaler());
    scaling.requireFits(source.inputShape());
  }

  private ScaledDataset(Dataset source, Scaler scaler) {
    this.source = source;
    this.scaler = scaler;
  }

  @Override
  public Dataset source() {
    return source;
  }

  @Override
  public Dataset on(Dataset other) {
    return new ScaledDataset(other, scaler);
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    GatherCheck.check(this, rows, inputs, targets);
    Precise.gather(
        source,
        rows,
        inputs,
        targets,
        (x, y) -> {
          scaler.scale(x);
          Precise.put(x, inputs);
          Precise.put(y, targets);
        });
  }
}
