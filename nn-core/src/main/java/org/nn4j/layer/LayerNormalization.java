package org.nn4j.layer;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Layer;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.JavaArrays;

/**
 * Layer normalization: the features of each sample are normalized to mean 0 and variance 1, then
 * scaled and shifted.
 *
 * <pre>
 * forward    μ = mean x,  v = mean (x − μ)²            (by row)
 *            X̂ = (X − μ) / √(v + ε)
 *            Y = γ X̂ + β                               γ [n], β [n]
 *
 * backward   dγ += Σ dY X̂,  dβ += Σ dY                 (over the rows)
 *            G  = γ dY
 *            dX = (G − mean g − X̂ mean(g x̂)) / √(v + ε)  (means by row)
 * </pre>
 *
 * <p>The same in training and inference. γ starts at 1, β at 0; neither is decayed. Source: Ba,
 * Kiros and Hinton, "Layer Normalization" (2016), equation 4. Shapes: {@code [B, n]}. Thread-safe
 * under the conditions of {@link Layer}.
 */
public final class LayerNormalization extends Normalization {
  /** Default of ε, as in PyTorch. */
  static final double DEFAULT_EPSILON = 1e-5;

  record Spec(double epsilon) implements SizedSpec {
    Spec {
      Require.positive(epsilon, "LayerNormalization", "epsilon");
    }

    @Override
    public Size size(Shape input) {
      return new Size(2 * input.size(), input);
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(random, "LayerNormalization.build", "random");
      return new LayerNormalization(epsilon, input, type);
    }

    @Override
    public String toString() {
      return "LayerNormalization";
    }
  }

  private static final Formula.Samplewise<LayerNormalization> NORMALIZE =
      Formula.ofSamples(
          LayerNormalization::loop, LayerNormalization::loop, LayerNormalization::operations);

  private static final Formula.Rowwise<Centering> BACKWARD =
      Formula.ofRows(Centering::loop, Centering::loop, Centering::operations);

  private final double epsilon;

  private LayerNormalization(double epsilon, Shape shape, DataType type) {
    super(shape, type, "LayerNormalization");
    this.epsilon = epsilon;
  }

  @Override
  INDArray normalize(INDArray x, INDArray normal, Pass pass) {
    INDArray root = pass.buffer(this, "root", type, x.size(0), 1);
    NORMALIZE.apply(this, x, x, root, normal);
    return root;
  }

  /** Computes {@code x̂ = (x − μ) / √(v + ε)} of one row, and returns the root. */
  private double loop(float[] x, float[] unused, int at, int n) {
    double mean = RowSums.sum(x, at, n) / n;
    double root = Math.sqrt(RowSums.squares(x, mean, at, n) / n + epsilon);
    double reciprocal = 1 / root; // a division for each element would take longer
    for (int j = at; j < at + n; j++) {
      x[j] = (float) ((x[j] - mean) * reciprocal);
    }
    return root;
  }

  private double loop(double[] x, double[] unused, int at, int n) {
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      sum += x[j];
    }
    double mean = sum / n;
    double squares = 0;
    for (int j = at; j < at + n; j++) {
      squares += (x[j] - mean) * (x[j] - mean);
    }
    double root = Math.sqrt(squares / n + epsilon);
    for (int j = at; j < at + n; j++) {
      x[j] = (x[j] - mean) / root;
    }
    return root;
  }

  private void operations(INDArray x, INDArray unused, INDArray root, INDArray normal) {
    try (INDArray mean = x.mean(true, 1)) {
      x.sub(mean, normal);
    }
    try (INDArray squares = normal.mul(normal);
        INDArray variance = squares.mean(true, 1)) {
      root.assign(variance);
    }
    root.addi(epsilon);
    Transforms.sqrt(root, false);
    normal.divi(root);
  }

  @Override
  void inputGradient(INDArray g, INDArray normal, INDArray root, Pass pass) {
    BACKWARD.apply(new Centering(JavaArrays.doubles(root)), g, normal, g);
  }

  /** {@code dX = (G − mean g − X̂ mean(g x̂)) / √(v + ε)}, the means by row. */
  private static final class Centering {
    private final double[] roots;

    Centering(double[] roots) {
      this.roots = roots;
    }

    private void loop(float[] g, float[] x, int row, int at, int n) {
      double mean = RowSums.sum(g, at, n) / n;
      double meanOfProducts = RowSums.products(g, x, at, n) / n;
      double reciprocal = 1 / roots[row];
      for (int j = at; j < at + n; j++) {
        g[j] = (float) ((g[j] - mean - x[j] * meanOfProducts) * reciprocal);
      }
    }

    private void loop(double[] g, double[] x, int row, int at, int n) {
      double sum = 0;
      double products = 0;
      for (int j = at; j < at + n; j++) {
        sum += g[j];
        products += g[j] * x[j];
      }
      double mean = sum / n;
      double meanOfProducts = products / n;
      for (int j = at; j < at + n; j++) {
        g[j] = (g[j] - mean - x[j] * meanOfProducts) / roots[row];
      }
    }

    private void operations(INDArray g, INDArray normal, INDArray dX) {
      try (INDArray mean = g.mean(true, 1);
          INDArray products = g.mul(normal);
          INDArray meanOfProducts = products.mean(true, 1);
          INDArray share = normal.mul(meanOfProducts)) {
        g.sub(mean, dX);
        dX.subi(share);
      }
      dX.divi(array(roots, g, roots.length, 1));
    }
  }

  /** {@return ε} */
  public double epsilon() {
    return epsilon;
  }
}
