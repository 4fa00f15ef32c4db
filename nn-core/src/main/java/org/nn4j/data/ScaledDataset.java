package org.nn4j.data;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.internal.memory.Portion;

/** View whose inputs are scaled when they are gathered. */
final class ScaledDataset implements View {
  private final Dataset source;
  private final InputScaling.Scaler scaler;
  private volatile @Nullable INDArray floats;

  ScaledDataset(Dataset source, InputScaling scaling) {
    this(source, scaling.scaler());
    scaling.requireFits(source.inputShape());
  }

  private ScaledDataset(Dataset source, InputScaling.Scaler scaler) {
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
    checkGather(rows, inputs, targets);
    if (inputs.dataType() == DataType.FLOAT && keepsFloats()) {
      INDArray scaled = floats();
      source.gather(
          rows, inputs, targets); // for the targets, and for the check that the data set is open
      Kernel.gather(scaled, rows, ArrayDataset.flat(inputs));
      return;
    }
    gatherAndScale(rows, inputs, targets);
  }

  private void gatherAndScale(int[] rows, INDArray inputs, INDArray targets) {
    gatherFromSource(
        rows,
        inputs,
        targets,
        (x, y) -> {
          scaler.scale(x);
          View.put(x, inputs);
          View.put(y, targets);
        });
  }

  /**
   * Returns whether doubles are scaled once and kept as floats, which is much faster than scaling
   * each batch.
   */
  private boolean keepsFloats() {
    return source instanceof BaseDataset held
        && held.exceedsFloat()
        && held.isHeld()
        && TypedRows.areFew(size() * inputShape().size());
  }

  private INDArray floats() {
    INDArray made = floats;
    return made != null ? made : scaleAll();
  }

  private synchronized INDArray scaleAll() {
    INDArray made = floats;
    if (made == null) {
      int length = Math.toIntExact(inputShape().size());
      float[] all = new float[Math.multiplyExact(size(), length)];
      int most = Portion.rows(Double.BYTES * (length + targetShape().size()));
      for (int from = 0; from < size(); from += most) {
        int[] rows = IntStream.range(from, Math.min(from + most, size())).toArray();
        float[] some = new float[rows.length * length];
        try (INDArray x =
                NewArrays.uninitialized(DataType.FLOAT, inputShape().withBatch(rows.length));
            INDArray y =
                NewArrays.uninitialized(DataType.FLOAT, targetShape().withBatch(rows.length))) {
          gatherAndScale(rows, x, y);
          Kernel.toJava(x, some);
        }
        System.arraycopy(some, 0, all, from * length, some.length);
      }
      made = NewArrays.uninitialized(DataType.FLOAT, size(), length);
      Kernel.fromJava(all, made);
      floats = made;
    }
    return made;
  }

  @Override
  public boolean isHeld() {
    return BaseDataset.isHeld(source);
  }

  @Override
  public long offHeapBytes() {
    INDArray made = floats;
    return made == null ? 0 : made.length() * Float.BYTES;
  }
}
