package org.nn4j.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;
import static org.nn4j.kernel.Memory.address;
import static org.nn4j.kernel.Memory.block;
import static org.nn4j.kernel.Memory.get;
import static org.nn4j.kernel.Memory.put;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The primitives on the arrays' own memory, for float arrays of which {@link Memory#isPlainRow}
 * holds: products by BLAS, small elementwise work in plain loops. An ND4J operation costs 2 to 25
 * µs whatever its size, which is more than these loops take on the arrays of a small network.
 *
 * <p>The equations are in {@link Kernel}; {@link PlainKernel} is the specification. The callers
 * keep the arrays alive.
 */
final class FastKernel {
  private static final float[] PIXEL = new float[256];

  static {
    for (int i = 0; i < PIXEL.length; i++) {
      PIXEL[i] = i / 255f;
    }
  }

  private FastKernel() {}

  private static int size(INDArray x, int axis) {
    return (int) x.size(axis);
  }

  static void affine(INDArray x, INDArray w, INDArray b, INDArray z) {
    int rows = size(x, 0);
    int in = size(w, 0);
    int out = size(w, 1);
    long biases = address(b);
    long to = address(z);
    for (int i = 0; i < rows; i++) {
      Memory.copy(biases, to + (long) i * out * Float.BYTES, out);
    }
    if (rows == 1) {
      cblas_sgemv(
          CblasRowMajor, CblasTrans, in, out, 1, block(w), out, block(x), 1, 1, block(z), 1);
    } else {
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          rows,
          out,
          in,
          1,
          block(x),
          in,
          block(w),
          out,
          1,
          block(z),
          out);
    }
  }

  static void affineInputGradient(INDArray dZ, INDArray w, INDArray dX) {
    int in = size(w, 0);
    int out = size(w, 1);
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        size(dZ, 0),
        in,
        out,
        1,
        block(dZ),
        out,
        block(w),
        out,
        0,
        block(dX),
        in);
  }

  static void addWeightGradient(INDArray x, INDArray dZ, INDArray dW) {
    int in = size(x, 1);
    int out = size(dZ, 1);
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        in,
        out,
        size(x, 0),
        1,
        block(x),
        in,
        block(dZ),
        out,
        1,
        block(dW),
        out);
  }

  static void addBiasGradient(INDArray dZ, INDArray db) {
    int rows = size(dZ, 0);
    int out = size(dZ, 1);
    long from = address(dZ);
    long to = address(db);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < out; j++) {
        put(to, j, get(to, j) + get(from, (long) i * out + j));
      }
    }
  }

  static void sigmoid(INDArray z, INDArray a) {
    long from = address(z);
    long to = address(a);
    for (long i = 0, n = z.length(); i < n; i++) {
      put(to, i, (float) (1 / (1 + Math.exp(-get(from, i)))));
    }
  }

  static void sigmoidGradient(INDArray dA, INDArray a, INDArray dZ) {
    long gradient = address(dA);
    long output = address(a);
    long to = address(dZ);
    for (long i = 0, n = a.length(); i < n; i++) {
      float ai = get(output, i);
      put(to, i, ai * (1 - ai) * get(gradient, i));
    }
  }

  static void tanh(INDArray z, INDArray a) {
    long from = address(z);
    long to = address(a);
    for (long i = 0, n = z.length(); i < n; i++) {
      put(to, i, (float) Math.tanh(get(from, i)));
    }
  }

  static void tanhGradient(INDArray dA, INDArray a, INDArray dZ) {
    long gradient = address(dA);
    long output = address(a);
    long to = address(dZ);
    for (long i = 0, n = a.length(); i < n; i++) {
      float ai = get(output, i);
      put(to, i, (1 - ai * ai) * get(gradient, i));
    }
  }

  static void relu(INDArray z, INDArray a) {
    long from = address(z);
    long to = address(a);
    for (long i = 0, n = z.length(); i < n; i++) {
      put(to, i, Math.max(get(from, i), 0));
    }
  }

  static void reluGradient(INDArray dA, INDArray a, INDArray dZ) {
    long gradient = address(dA);
    long output = address(a);
    long to = address(dZ);
    for (long i = 0, n = a.length(); i < n; i++) {
      put(to, i, get(output, i) > 0 ? get(gradient, i) : 0);
    }
  }

  static void softmax(INDArray z, INDArray a) {
    int out = size(z, z.rank() - 1);
    int rows = (int) (z.length() / out);
    for (int i = 0; i < rows; i++) {
      long from = address(z) + (long) i * out * Float.BYTES;
      long to = address(a) + (long) i * out * Float.BYTES;
      float highest = highest(from, out);
      double sum = 0;
      for (int j = 0; j < out; j++) {
        double e = Math.exp(get(from, j) - highest);
        put(to, j, (float) e);
        sum += e;
      }
      for (int j = 0; j < out; j++) {
        put(to, j, (float) (get(to, j) / sum));
      }
    }
  }

  private static float highest(long row, int length) {
    float highest = get(row, 0);
    for (int j = 1; j < length; j++) {
      highest = Math.max(highest, get(row, j));
    }
    return highest;
  }

  static void softmaxGradient(INDArray dA, INDArray a, INDArray dZ) {
    int out = size(a, a.rank() - 1);
    int rows = (int) (a.length() / out);
    for (int i = 0; i < rows; i++) {
      long gradient = address(dA) + (long) i * out * Float.BYTES;
      long output = address(a) + (long) i * out * Float.BYTES;
      long to = address(dZ) + (long) i * out * Float.BYTES;
      float inner = 0;
      for (int j = 0; j < out; j++) {
        inner += get(gradient, j) * get(output, j);
      }
      for (int j = 0; j < out; j++) {
        put(to, j, get(output, j) * (get(gradient, j) - inner));
      }
    }
  }

  static void squaredError(
      INDArray a, INDArray y, double share, INDArray perSample, INDArray gradient) {
    int rows = size(a, 0);
    int out = size(a, 1);
    long predictions = address(a);
    long targets = address(y);
    long losses = address(perSample);
    long to = address(gradient);
    float factor = (float) (2 * share / rows);
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < out; j++) {
        long at = (long) i * out + j;
        float error = get(predictions, at) - get(targets, at);
        sum += error * error;
        put(to, at, factor * error);
      }
      put(losses, i, (float) (share * sum));
    }
  }

  static void softmaxCrossEntropy(INDArray z, INDArray y, INDArray perSample, INDArray gradient) {
    int rows = size(z, 0);
    int out = size(z, 1);
    for (int i = 0; i < rows; i++) {
      long logits = address(z) + (long) i * out * Float.BYTES;
      long targets = address(y) + (long) i * out * Float.BYTES;
      long to = address(gradient) + (long) i * out * Float.BYTES;
      float highest = highest(logits, out);
      double sum = 0;
      double targetSum = 0;
      double inner = 0;
      for (int j = 0; j < out; j++) {
        float s = get(logits, j) - highest;
        float target = get(targets, j);
        double e = Math.exp(s);
        put(to, j, (float) e);
        sum += e;
        targetSum += target;
        inner += target * s;
      }
      put(address(perSample), i, (float) (targetSum * Math.log(sum) - inner));
      double factor = targetSum / sum;
      for (int j = 0; j < out; j++) {
        put(to, j, (float) ((get(to, j) * factor - get(targets, j)) / rows));
      }
    }
  }

  static void axpy(double alpha, INDArray x, INDArray y) {
    cblas_saxpy((int) y.length(), (float) alpha, block(x), 1, block(y), 1);
  }

  static void clear(INDArray x) {
    Pointer.memset(block(x), 0, x.length() * Float.BYTES);
  }

  static double sum(INDArray x) {
    long from = address(x);
    double sum = 0;
    for (long i = 0, n = x.length(); i < n; i++) {
      sum += get(from, i);
    }
    return sum;
  }

  static void gather(INDArray source, int[] rows, INDArray target) {
    long bytes = source.size(1) * Float.BYTES;
    long from = address(source);
    long to = address(target);
    Memory.Block source1 = new Memory.Block();
    Memory.Block target1 = new Memory.Block();
    for (int i = 0; i < rows.length; i++) {
      Pointer.memcpy(target1.at(to + i * bytes), source1.at(from + rows[i] * bytes), bytes);
    }
  }

  static void gatherPixels(byte[] source, int[] rows, INDArray target) {
    int length = (int) (target.length() / rows.length);
    long to = address(target);
    for (int i = 0; i < rows.length; i++) {
      int from = rows[i] * length;
      for (int j = 0; j < length; j++) {
        put(to, (long) i * length + j, PIXEL[source[from + j] & 0xff]);
      }
    }
  }

  static void gatherOneHot(int[] labels, int[] rows, INDArray target) {
    clear(target);
    int classes = size(target, 1);
    long to = address(target);
    for (int i = 0; i < rows.length; i++) {
      put(to, (long) i * classes + labels[rows[i]], 1);
    }
  }

  static void adam(
      INDArray g,
      INDArray m,
      INDArray v,
      INDArray theta,
      double beta1,
      double beta2,
      double rate,
      double scale,
      double epsilon) {
    long gradients = address(g);
    long first = address(m);
    long second = address(v);
    long values = address(theta);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    float step = (float) rate;
    float factor = (float) scale;
    float e = (float) epsilon;
    for (long i = 0, n = g.length(); i < n; i++) {
      float gi = get(gradients, i);
      float mi = b1 * get(first, i) + c1 * gi;
      float vi = b2 * get(second, i) + c2 * gi * gi;
      put(first, i, mi);
      put(second, i, vi);
      put(values, i, get(values, i) - step * mi / (factor * (float) Math.sqrt(vi) + e));
    }
  }
}
