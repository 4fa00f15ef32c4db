package org.nn4j.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The primitives of the hot paths in plain ND4J operations: right on every backend and data type.
 *
 * <p>Shapes are the callers' to check. Results are written into arrays that the caller owns; an
 * argument named {@code scratch} is an array of the result's shape whose content is lost.
 * Thread-safe as long as no two threads write to one array.
 */
public final class Kernel {
  private Kernel() {}

  /**
   * {@code Z = X·W + b}.
   *
   * @param x {@code [B, in]}
   * @param w {@code [in, out]}
   * @param b {@code [out]}, or null for none
   * @param z receives {@code [B, out]}; not a view
   */
  public static void affine(INDArray x, INDArray w, @Nullable INDArray b, INDArray z) {
    Nd4j.gemm(x, w, z, false, false, 1, 0);
    if (b != null) {
      z.addi(b);
    }
  }

  /**
   * {@code dX = dZ·Wᵀ}.
   *
   * @param dZ {@code [B, out]}
   * @param w {@code [in, out]}
   * @param dX receives {@code [B, in]}; not a view
   */
  public static void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    Nd4j.gemm(dZ, w, dX, false, true, 1, 0);
  }

  /**
   * {@code dW += Xᵀ·dZ}.
   *
   * @param x {@code [B, in]}
   * @param dZ {@code [B, out]}
   * @param scratch {@code [in, out]}; not a view
   * @param dW {@code [in, out]}, added to
   */
  public static void addWeightGradient(INDArray x, INDArray dZ, INDArray scratch, INDArray dW) {
    Nd4j.gemm(x, dZ, scratch, true, false, 1, 0);
    dW.addi(scratch);
  }

  /**
   * {@code db += Σ over the rows of dZ}.
   *
   * @param dZ {@code [B, out]}
   * @param scratch {@code [out]}
   * @param db {@code [out]}, added to
   */
  public static void addBiasGradient(INDArray dZ, INDArray scratch, INDArray db) {
    dZ.sum(scratch, 0);
    db.addi(scratch);
  }

  /**
   * {@code A = 1 / (1 + e^−Z)}.
   *
   * @param z the pre-activations
   * @param a receives the result; may be {@code z}
   */
  public static void sigmoid(INDArray z, INDArray a) {
    Nd4j.exec(new Sigmoid(z, a));
  }

  /**
   * {@code dZ = A (1 − A) dA}.
   *
   * @param dA ∂L/∂A
   * @param a the output of {@link #sigmoid}
   * @param dZ receives the result
   */
  public static void sigmoidGradient(INDArray dA, INDArray a, INDArray dZ) {
    a.rsub(1, dZ);
    dZ.muli(a);
    dZ.muli(dA);
  }

  /**
   * {@code A = tanh Z}.
   *
   * @param z the pre-activations
   * @param a receives the result; may be {@code z}
   */
  public static void tanh(INDArray z, INDArray a) {
    Nd4j.exec(new Tanh(z, a));
  }

  /**
   * {@code dZ = (1 − A²) dA}.
   *
   * @param dA ∂L/∂A
   * @param a the output of {@link #tanh}
   * @param dZ receives the result
   */
  public static void tanhGradient(INDArray dA, INDArray a, INDArray dZ) {
    a.mul(a, dZ);
    dZ.rsubi(1);
    dZ.muli(dA);
  }

  /**
   * {@code A = max(Z, 0)}.
   *
   * @param z the pre-activations
   * @param a receives the result; may be {@code z}
   */
  public static void relu(INDArray z, INDArray a) {
    Nd4j.exec(new RectifiedLinear(z, a, 0));
  }

  /**
   * {@code dZ = dA where A > 0, else 0}.
   *
   * @param dA ∂L/∂A
   * @param a the output of {@link #relu}
   * @param dZ receives the result
   */
  public static void reluGradient(INDArray dA, INDArray a, INDArray dZ) {
    Nd4j.exec(new Step(a, dZ, 0));
    dZ.muli(dA);
  }

  /**
   * {@code A = e^(Z − max Z) / Σ e^(Z − max Z)} by row.
   *
   * @param z the pre-activations {@code [B, out]}
   * @param a receives the result; may be {@code z}
   */
  public static void softmax(INDArray z, INDArray a) {
    Nd4j.exec(new SoftMax(z, a, 1));
  }

  /**
   * {@code dZ = A (dA − Σ dA A)}, the sum by row.
   *
   * @param dA ∂L/∂A {@code [B, out]}
   * @param a the output of {@link #softmax}
   * @param dZ receives the result
   */
  public static void softmaxGradient(INDArray dA, INDArray a, INDArray dZ) {
    dA.mul(a, dZ);
    try (INDArray inner = dZ.sum(true, 1)) {
      dA.sub(inner, dZ);
    }
    dZ.muli(a);
  }

  /**
   * {@code y += α x}.
   *
   * @param alpha the factor
   * @param x a vector
   * @param y a vector of the same length, added to
   */
  public static void axpy(double alpha, INDArray x, INDArray y) {
    Nd4j.getBlasWrapper().level1().axpy(y.length(), alpha, x, y);
  }

  /**
   * Row {@code i} of the target becomes row {@code rows[i]} of the source.
   *
   * @param source {@code [N, n]}
   * @param rows indices into the source
   * @param target receives {@code [rows.length, n]}; of any floating-point type
   */
  public static void gather(INDArray source, int[] rows, INDArray target) {
    if (source.dataType() == target.dataType()) {
      Nd4j.pullRows(source, target, 1, rows);
    } else {
      try (INDArray sameType = Nd4j.pullRows(source, 1, rows)) {
        target.assign(sameType);
      }
    }
  }

  /**
   * Row {@code i} of the target becomes row {@code rows[i]} of the source, each byte divided by
   * 255.
   *
   * @param source rows of bytes from 0 to 255, one after the other
   * @param rows indices into the source
   * @param target receives {@code [rows.length, n]}
   */
  public static void gatherPixels(byte[] source, int[] rows, INDArray target) {
    int length = Math.toIntExact(target.size(1));
    float[] numbers = new float[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < length; j++) {
        numbers[i * length + j] = source[rows[i] * length + j] & 0xff;
      }
    }
    try (INDArray gathered = Nd4j.createFromArray(numbers)) {
      target.assign(gathered.reshape(target.shape()));
    }
    target.divi(255);
  }
}
