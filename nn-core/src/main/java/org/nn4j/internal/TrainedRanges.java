package org.nn4j.internal;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;

/**
 * Ranges of a packed vector that optimizers train: all but the frozen parameters, neighbors joined.
 * They are kept until a parameter is frozen or unfrozen, so a training step allocates none.
 */
final class TrainedRanges {
  private final List<Parameter> parameters;
  private final boolean[] frozen;
  private List<Range> ranges = List.of();
  private List<Range> viewed = List.of();
  private List<INDArray> views = List.of();

  TrainedRanges(List<Parameter> parameters) {
    this.parameters = parameters;
    this.frozen = new boolean[parameters.size()];
  }

  List<Range> ranges() {
    boolean changed = ranges.isEmpty();
    for (int i = 0; i < frozen.length; i++) {
      boolean now = parameters.get(i).isFrozen();
      changed |= now != frozen[i];
      frozen[i] = now;
    }
    if (changed) {
      ranges = List.copyOf(joined());
    }
    return ranges;
  }

  private List<Range> joined() {
    List<Range> joined = new ArrayList<>();
    long offset = 0;
    for (Parameter parameter : parameters) {
      long end = offset + ParameterArrays.of(parameter).length();
      if (!parameter.isFrozen()) {
        int last = joined.size() - 1;
        if (last >= 0 && joined.get(last).to() == offset) {
          joined.set(last, new Range(joined.get(last).from(), end));
        } else {
          joined.add(new Range(offset, end));
        }
      }
      offset = end;
    }
    return joined;
  }

  /** Returns views, the same ones as long as neither the vector nor the ranges change. */
  List<INDArray> of(INDArray vector) {
    List<Range> now = ranges();
    if (!now.equals(viewed)) {
      views = now.stream().map(range -> range.of(vector)).toList();
      viewed = now;
    }
    return views;
  }

  /** Drops the views, because the vector moves. */
  void forgetViews() {
    viewed = List.of();
    views = List.of();
  }

  /** Makes the views throw when the memory of the vector is freed. */
  void close(DataBuffer freed) {
    views.forEach(view -> view.setData(freed));
  }
}
