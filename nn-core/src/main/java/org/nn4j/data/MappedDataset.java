package org.nn4j.data;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;

/** Samples of which a function is taken when they are gathered. */
record MappedDataset(Dataset source, @Nullable Mapping ofInputs, @Nullable Mapping ofTargets)
    implements View {
  static Dataset ofInputs(Dataset source, UnaryOperator<INDArray> function) {
    try (Batches first = first(source)) {
      INDArray example = first.evaluation().iterator().next().inputs();
      return new MappedDataset(source, Mapping.of("Dataset.mapInputs", function, example), null);
    }
  }

  static Dataset ofTargets(Dataset source, UnaryOperator<INDArray> function) {
    try (Batches first = first(source)) {
      INDArray example = first.evaluation().iterator().next().targets();
      return new MappedDataset(source, null, Mapping.of("Dataset.mapTargets", function, example));
    }
  }

  private static Batches first(Dataset source) {
    DataType type = Precise.mayExceedFloat(source) ? DataType.DOUBLE : DataType.FLOAT;
    return Batches.inOrder(source.take(1), 1, type);
  }

  @Override
  public Dataset on(Dataset other) {
    return new MappedDataset(other, ofInputs, ofTargets);
  }

  @Override
  public Shape inputShape() {
    return ofInputs == null ? source.inputShape() : ofInputs.to();
  }

  @Override
  public Shape targetShape() {
    return ofTargets == null ? source.targetShape() : ofTargets.to();
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
          Precise.put(ofInputs == null ? x : ofInputs.apply(x), inputs);
          Precise.put(ofTargets == null ? y : ofTargets.apply(y), targets);
        });
  }

  @Override
  public int[] classes() {
    return ofTargets == null ? source.classes() : Labels.classesOf(this);
  }
}
