package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/** View whose inputs are scaled when they are gathered. */
final class ScaledDataset implements View {
  private final Dataset source;
  private final InputScaling.Scaler scaler;
  private final KeptRows kept;

  ScaledDataset(Dataset source, InputScaling scaling) {
    this(source, scaling.scaler());
    scaling.requireFits(source.inputShape());
  }

  private ScaledDataset(Dataset source, InputScaling.Scaler scaler) {
    this.source = source;
    this.scaler = scaler;
    this.kept = new KeptRows(source.size(), source.inputShape().size());
  }

  @Override
  public String toString() {
    return BaseDataset.print(this);
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
    checkGather(rows, inputs, targets);
    if (kept.gather(rows, inputs)) {
      gather(Part.TARGETS, rows, targets);
      return;
    }
    gatherFromSource(
        rows,
        inputs,
        targets,
        (x, y) -> {
          scaler.scale(x);
          View.put(x, inputs);
          View.put(y, targets);
        });
    if (KeptRows.areWorthKeeping(source, inputShape().size())) {
      kept.keep(rows, inputs);
    }
  }

  @Override
  public void gather(Part part, int[] rows, INDArray array) {
    if (part == Part.TARGETS && source instanceof BaseDataset base) {
      base.gather(part, rows, array);
    } else {
      View.super.gather(part, rows, array);
    }
  }

  @Override
  public boolean isHeld() {
    return BaseDataset.isHeld(source);
  }

  @Override
  public long offHeapBytes() {
    return kept.bytes();
  }

  @Override
  public void close() {
    kept.close();
  }
}
