package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The primitives of the hot paths, which {@link Kernel} documents and dispatches: {@link
 * PlainKernel} is right everywhere and the specification, {@link FastKernel} works on memory.
 * Formulas are no primitives; each is declared where it belongs, as a {@link Formula}.
 */
sealed interface Primitives permits FastKernel, PlainKernel {
  void affine(INDArray x, INDArray w, INDArray b, INDArray z);

  void affineInputGradient(INDArray dZ, INDArray w, INDArray dX);

  void weightGradient(INDArray x, INDArray dZ, INDArray dW);

  void addWeightGradient(INDArray x, INDArray dZ, INDArray dW);

  void addBiasGradient(INDArray dZ, INDArray db);

  void axpy(double alpha, INDArray x, INDArray y);

  void scale(INDArray x, double alpha);

  void scaleRows(INDArray x, INDArray factors);

  void multiply(INDArray x, INDArray y, INDArray z);

  void gather(INDArray source, int[] rows, INDArray target);

  void scatter(INDArray source, int[] rows, INDArray target);

  void gatherPixels(byte[] source, int[] rows, INDArray target);

  void gatherOneHot(int[] labels, int[] rows, INDArray target);

  int firstFailingRow(INDArray x, RowCondition test);

  double norm(INDArray x);

  boolean isShorter(INDArray x, double length);

  double sumOfAbs(INDArray x);

  double sumOfSquares(INDArray x);

  double sum(INDArray x);

  boolean isFinite(INDArray x);

  double[] columnMeans(INDArray x);

  double[] columnMeans(INDArray x, INDArray y);

  double[] columnVariances(INDArray x, double[] means);

  void copy(INDArray from, INDArray to);

  void fromJava(float[] numbers, INDArray to);

  void fromJava(double[] numbers, INDArray to);

  void toJava(INDArray from, float[] numbers);

  void toJava(INDArray from, double[] numbers);

  void clear(INDArray x);
}
