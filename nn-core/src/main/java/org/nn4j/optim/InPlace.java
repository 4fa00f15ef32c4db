package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.kernel.Kernel;

/**
 * The passes over a vector that the updates consist of; none makes an array.
 *
 * <p>ND4J's {@code muli(number)} makes an array of the number at each call, so factors go through
 * BLAS.
 */
final class InPlace {
  private InPlace() {}

  /** {@code x ← α x}. */
  static void scale(double alpha, INDArray x) {
    Nd4j.getBlasWrapper().level1().scal(x.length(), alpha, x);
  }

  /** {@code average ← decay average + (1 − decay) x}. */
  static void average(double decay, INDArray average, INDArray x) {
    scale(decay, average);
    Kernel.axpy(1 - decay, x, average);
  }

  /** {@code x ← x + addend}. */
  static void plus(double addend, INDArray x) {
    x.addi(addend);
  }

  /** {@code z ← √x}. */
  static void sqrt(INDArray x, INDArray z) {
    Nd4j.exec(new Sqrt(x, z));
  }
}
