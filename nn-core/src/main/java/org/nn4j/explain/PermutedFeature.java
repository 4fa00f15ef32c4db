package org.nn4j.explain;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.NewArrays;

/** View in which the inputs of one feature are those of other samples. */
final class PermutedFeature implements Dataset {
  private final Dataset source;
  private final int first;
  private final int end;
  private final int[] order;

  /** Creates a view in which the inputs from first to before end are permuted. */
  PermutedFeature(Dataset source, int first, int end, SeededRandom random) {
    this.source = source;
    this.first = first;
    this.end = end;
    this.order = IntStream.range(0, source.size()).toArray();
    random.shuffle(order);
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Shape inputShape() {
    return source.inputShape();
  }

  @Override
  public Shape targetShape() {
    return source.targetShape();
  }

  @Override
  public boolean isWeighted() {
    return source.isWeighted();
  }

  @Override
  public void gatherWeights(int[] rows, INDArray weights) {
    source.gatherWeights(rows, weights);
  }

  @Override
  public void gather(int[] rows, INDArray inputs, INDArray targets) {
    int[] others = IntStream.of(rows).map(row -> order[row]).toArray();
    double[] permuted;
    try (INDArray unused = NewArrays.uninitialized(targets.dataType(), targets.shape())) {
      source.gather(others, inputs, unused);
      permuted = JavaArrays.doubles(inputs);
    }
    source.gather(rows, inputs, targets);
    double[] own = JavaArrays.doubles(inputs);
    int length = own.length / rows.length;
    for (int at = 0; at < own.length; at += length) {
      System.arraycopy(permuted, at + first, own, at + first, end - first);
    }
    JavaArrays.copy(own, inputs);
  }
}
