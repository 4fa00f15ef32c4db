package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.kernel.Kernel;

/** Steps of the updates, in place over a vector, without allocation. */
final class InPlace {
  private InPlace() {}

  /** Computes {@code average ← decay average + (1 − decay) x}. */
  static void average(double decay, INDArray average, INDArray x) {
    Kernel.scale(average, decay);
    Kernel.axpy(1 - decay, x, average);
  }

  /** Computes {@code x ← x + addend}. */
  static void plus(double addend, INDArray x) {
    x.addi(addend);
  }

  /** Computes {@code z ← √x}. */
  static void sqrt(INDArray x, INDArray z) {
    Nd4j.exec(new Sqrt(x, z));
  }
}
