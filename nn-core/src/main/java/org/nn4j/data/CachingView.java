package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/** View that computes the inputs or the targets of samples, and caches rows that are in memory. */
abstract class CachingView implements View {
  private final Dataset source;
  private final Part part;
  private final long length;
  private final CachedRows kept;

  /**
   * Creates a view.
   *
   * @param part the array that is computed
   * @param length the elements of a computed row
   */
  CachingView(Dataset source, Part part, long length) {
    this.source = source;
    this.part = part;
    this.length = length;
    this.kept = new CachedRows(source.size(), length);
  }

  /** Computes rows, in a new array or in the same one. */
  abstract INDArray compute(INDArray rows);

  @Override
  public final Dataset source() {
    return source;
  }

  final Part part() {
    return part;
  }

  @Override
  public final void gather(int[] rows, INDArray inputs, INDArray targets) {
    checkGather(rows, inputs, targets);
    boolean ofInputs = part == Part.INPUTS;
    INDArray computed = ofInputs ? inputs : targets;
    if (kept.gather(rows, computed)) {
      gather(ofInputs ? Part.TARGETS : Part.INPUTS, rows, ofInputs ? targets : inputs);
      return;
    }
    gatherFromSource(
        rows,
        inputs,
        targets,
        (x, y) -> {
          View.put(ofInputs ? compute(x) : x, inputs);
          View.put(ofInputs ? y : compute(y), targets);
        });
    if (CachedRows.areWorthKeeping(source, length)) {
      kept.keep(rows, computed);
    }
  }

  @Override
  public final void gather(Part which, int[] rows, INDArray array) {
    if (which != part && source instanceof BaseDataset base) {
      base.gather(which, rows, array);
    } else {
      View.super.gather(which, rows, array);
    }
  }

  @Override
  public final boolean isHeld() {
    return BaseDataset.isHeld(source);
  }

  @Override
  public final long offHeapBytes() {
    return kept.bytes();
  }

  @Override
  public final void close() {
    kept.close();
  }

  @Override
  public final String toString() {
    return BaseDataset.print(this);
  }
}
