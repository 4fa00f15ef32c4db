package org.nn4j.explain;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.OffHeap;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.internal.memory.PortionSize;
import org.nn4j.model.Network;

/**
 * Attribution of one output of a network to its inputs.
 *
 * <pre>
 * saliency               g_i = ∂y_k/∂x_i
 * integrated gradients   a_i = (x_i − b_i) mean over α of ∂y_k/∂x_i at b + α (x − b)
 *                        Σ a_i ≈ y_k(x) − y_k(b)          (completeness)
 * </pre>
 *
 * <p>y_k is the k-th output as {@link Network#predict} returns it, a probability where the network
 * ends in softmax; b is a baseline, such as zeros. The mean is over the midpoints of equal steps
 * from 0 to 1. Inputs are those of the network: scale raw ones first. Sources: Simonyan, Vedaldi
 * and Zisserman, "Deep Inside Convolutional Networks" (2013), equation 4; Sundararajan, Taly and
 * Yan, "Axiomatic Attribution for Deep Networks" (ICML 2017), equation 3.
 *
 * <p>It works on a copy of the network, made when it is created. Not thread-safe.
 */
public final class Attribution implements OffHeap {
  private static final String WHO = "Attribution";

  private final Network network;
  private final int inputs;
  private final int outputs;
  private final Pass pass = Pass.inference();

  private Attribution(Network network) {
    this.network = network;
    this.inputs = Math.toIntExact(network.inputShape().size());
    this.outputs = Math.toIntExact(network.outputShape().size());
  }

  /**
   * Returns attributions of the present state of a network.
   *
   * @param network the network, which is copied
   * @return a new object; close it
   * @throws IllegalStateException if another thread trains the network, or it is closed
   */
  public static Attribution of(Network network) {
    return new Attribution(Require.notNull(network, "Attribution.of", "network").copy());
  }

  /**
   * Returns the gradient of an output with respect to the input.
   *
   * @param x the sample {@code [in...]}, row-major
   * @param output k, the index of the output, from 0
   * @return {@code ∂y_k/∂x}, one number for each input
   * @throws ShapeMismatchException if the sample has another length
   * @throws IllegalArgumentException if there is no such output, or an input is not finite
   */
  public double[] saliency(double[] x, int output) {
    requireSample(x, "x");
    requireOutput(output);
    return gradients(x, 1, output);
  }

  /**
   * Returns the integrated gradients of an output.
   *
   * @param x the sample {@code [in...]}, row-major
   * @param baseline b, a sample without information, such as zeros
   * @param output k, the index of the output, from 0
   * @param steps the number of steps from the baseline to the sample, usually 50 to 300; the error
   *     of their sum falls with its square where the network is smooth
   * @return one number for each input; their sum approaches the difference of the outputs
   * @throws ShapeMismatchException if the sample or the baseline has another length
   * @throws IllegalArgumentException if there is no such output, no step, or an input is not finite
   */
  public double[] integratedGradients(double[] x, double[] baseline, int output, int steps) {
    Require.notNull(baseline, WHO, "baseline");
    requireSample(x, "x");
    requireSample(baseline, "baseline");
    requireOutput(output);
    Require.atLeastOne(steps, WHO, "number of steps");
    double[] sums = new double[inputs];
    int most = PortionSize.rows((long) inputs * Double.BYTES);
    for (int from = 0; from < steps; from += most) {
      int rows = Math.min(most, steps - from);
      double[] points = new double[rows * inputs];
      for (int r = 0; r < rows; r++) {
        double alpha = (from + r + 0.5) / steps;
        for (int i = 0; i < inputs; i++) {
          points[r * inputs + i] = baseline[i] + alpha * (x[i] - baseline[i]);
        }
      }
      double[] gradients = gradients(points, rows, output);
      for (int at = 0; at < gradients.length; at++) {
        sums[at % inputs] += gradients[at];
      }
    }
    for (int i = 0; i < inputs; i++) {
      sums[i] *= (x[i] - baseline[i]) / steps;
    }
    return sums;
  }

  /** Returns ∂y_k/∂x of each row. */
  private double[] gradients(double[] points, int rows, int output) {
    double[] chosen = new double[rows * outputs];
    for (int at = output; at < chosen.length; at += outputs) {
      chosen[at] = 1;
    }
    try (INDArray x =
            NewArrays.uninitialized(network.dataType(), network.inputShape().withBatch(rows));
        INDArray dY =
            NewArrays.uninitialized(network.dataType(), network.outputShape().withBatch(rows))) {
      JavaArrays.copy(points, x);
      JavaArrays.copy(chosen, dY);
      network.forward(x, pass);
      return JavaArrays.doubles(network.backward(dY, pass));
    }
  }

  private void requireSample(double[] sample, String name) {
    Require.notNull(sample, WHO, name);
    if (sample.length != inputs) {
      throw new ShapeMismatchException(
          WHO,
          name + " of " + inputs + " elements " + network.inputShape(),
          sample.length + " elements",
          "pass all elements of one sample");
    }
    Require.that(
        Arrays.stream(sample).allMatch(Double::isFinite),
        WHO,
        "finite elements of " + name,
        Arrays.stream(sample).filter(each -> !Double.isFinite(each)).findFirst().orElse(0),
        "replace missing values first");
  }

  private void requireOutput(int output) {
    Require.that(
        output >= 0 && output < outputs,
        WHO,
        "an output from 0 to " + (outputs - 1),
        output,
        "count the outputs from 0");
  }

  @Override
  public long offHeapBytes() {
    return network.offHeapBytes() + pass.offHeapBytes();
  }

  @Override
  public void close() {
    network.close();
    pass.close();
  }
}
