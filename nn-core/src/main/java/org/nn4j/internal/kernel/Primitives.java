package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Primitives of the hot paths, documented and dispatched by {@link Kernel}. {@link PlainKernel} is
 * the specification, {@link FastKernel} the fast implementation. Activations, losses and optimizers
 * are not primitives but each a {@link Formula} in its own class.
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
