package org.nn4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.kernel.Kernel;

/**
 * Batch normalization: each feature is normalized to mean 0 and variance 1 over the batch, then
 * scaled and shifted.
 *
 * <pre>
 * training    μ = mean x,  v = mean (x − μ)²             (by column)
 *             X̂ = (X − μ) / √(v + ε),  Y = γ X̂ + β      γ [n], β [n]
 *             running mean     ← (1 − m) running mean + m μ
 *             running variance ← (1 − m) running variance + m v B / (B − 1)
 * inference   X̂ = (X − running mean) / √(running variance + ε)
 *
 * backward    dγ += Σ dY X̂,  dβ += Σ dY                  (over the rows)
 *             G  = γ dY
 *             dX = (G − mean g − X̂ mean(g x̂)) / √(v + ε)  in training (means by column)
 *             dX = G / √(running variance + ε)            in inference
 * </pre>
 *
 * <p>The running statistics are parameters of the role STATISTIC: they are saved with the network,
 * and no optimizer changes them. A training forward updates them, unless they are frozen: then it
 * normalizes by them. A batch of one row has no variance: its output is β, and the running variance
 * does not change. Statistics of a batch that are not finite are ignored. γ starts at 1, β at 0;
 * neither is decayed. Source: Ioffe and Szegedy, "Batch Normalization" (ICML 2015), algorithm 1,
 * with PyTorch's meaning of m. Shapes: {@code [B, n]}. Inference is thread-safe under the
 * conditions of {@link Layer}; training changes the statistics.
 */
public final class BatchNormalization extends Normalization {
  /** Default of ε, as in PyTorch. */
  static final double DEFAULT_EPSILON = 1e-5;

  /** Default of m, as in PyTorch. */
  static final double DEFAULT_MOMENTUM = 0.1;

  record Spec(double epsilon, double momentum) implements SizedSpec {
    Spec {
      Require.positive(epsilon, "BatchNormalization", "epsilon");
      Require.that(
          momentum > 0 && momentum <= 1,
          "BatchNormalization",
          "momentum above 0 and at most 1",
          momentum,
          "pass a share such as 0.1");
    }

    @Override
    public Size size(Shape input) {
      return new Size(4 * input.size(), input);
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(random, "BatchNormalization.build", "random");
      return new BatchNormalization(this, input, type);
    }

    @Override
    public String toString() {
      return "BatchNormalization";
    }
  }

  private static final Formula.Rowwise<Columns> NORMALIZE =
      Formula.ofRows(Columns::normalize, Columns::normalize, Columns::normalize);
  private static final Formula.Rowwise<Columns> BACKWARD =
      Formula.ofRows(Columns::backward, Columns::backward, Columns::backward);

  private final Spec settings;
  private final Parameter runningMean = parameter("running_mean", Parameter.Role.STATISTIC, 0);
  private final Parameter runningVariance =
      parameter("running_variance", Parameter.Role.STATISTIC, 1);

  private BatchNormalization(Spec settings, Shape shape, DataType type) {
    super(shape, type, "BatchNormalization");
    this.settings = settings;
  }

  private boolean usesBatch(Pass pass) {
    return pass.isTraining() && !runningMean.isFrozen();
  }

  @Override
  INDArray normalize(INDArray x, INDArray normal, Pass pass) {
    double[] means = JavaArrays.doubles(runningMean.value());
    double[] variances = JavaArrays.doubles(runningVariance.value());
    if (usesBatch(pass)) {
      double[] meansOfBatch = Kernel.columnMeans(x);
      double[] variancesOfBatch = Kernel.columnVariances(x, meansOfBatch);
      if (areFinite(meansOfBatch, variancesOfBatch)) {
        double rows = (double) x.size(0);
        average(runningMean, means, meansOfBatch, settings.momentum());
        if (rows > 1) {
          double share = settings.momentum() * (rows / (rows - 1));
          average(runningVariance, variances, variancesOfBatch, share);
        }
      }
      means = meansOfBatch;
      variances = variancesOfBatch;
    }
    double[] roots = new double[variances.length];
    for (int j = 0; j < roots.length; j++) {
      roots[j] = root(variances[j]);
    }
    NORMALIZE.apply(new Columns(means, means, roots), x, x, normal);
    INDArray root = pass.buffer(this, "root", type, 1, shape.size());
    JavaArrays.copy(roots, root);
    return root;
  }

  /** Returns √(v + ε). A variance above the largest float has a root that is a float. */
  private double root(double variance) {
    double sum = typed(typed(variance) + typed(settings.epsilon()));
    return typed(Math.sqrt(Double.isInfinite(sum) ? variance : sum));
  }

  private boolean areFinite(double[] means, double[] variances) {
    double sum = 0;
    for (int j = 0; j < means.length; j++) {
      sum += means[j] + variances[j];
    }
    return Double.isFinite(typed(sum));
  }

  /** Updates a running statistic, given its average so far, from that of a batch. */
  private void average(Parameter running, double[] average, double[] batch, double share) {
    for (int j = 0; j < average.length; j++) {
      average[j] = (1 - settings.momentum()) * average[j] + share * typed(batch[j]);
    }
    JavaArrays.copy(average, running.value());
  }

  /** Rounds to the precision of the layer. */
  private double typed(double number) {
    return type == DataType.FLOAT ? (float) number : number;
  }

  @Override
  void inputGradient(INDArray g, INDArray normal, INDArray root, Pass pass) {
    double[] zeros = new double[(int) shape.size()];
    double[] means = usesBatch(pass) ? Kernel.columnMeans(g) : zeros;
    double[] meansOfProducts = usesBatch(pass) ? Kernel.columnMeans(g, normal) : zeros;
    BACKWARD.apply(new Columns(means, meansOfProducts, JavaArrays.doubles(root)), g, normal, g);
  }

  /** Statistics of each column: the mean of X or G, the mean of G X̂, and √(v + ε). */
  private static final class Columns {
    private final double[] means;
    private final double[] meansOfProducts;
    private final double[] roots;
    private final float[] reciprocals;

    Columns(double[] means, double[] meansOfProducts, double[] roots) {
      this.means = means;
      this.meansOfProducts = meansOfProducts;
      this.roots = roots;
      this.reciprocals = new float[roots.length];
      for (int j = 0; j < roots.length; j++) {
        reciprocals[j] = (float) (1 / roots[j]);
      }
    }

    private void normalize(float[] x, float[] unused, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = (float) (x[at + j] - means[j]) * reciprocals[j];
      }
    }

    private void normalize(double[] x, double[] unused, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = (x[at + j] - means[j]) / roots[j];
      }
    }

    private void normalize(INDArray x, INDArray unused, INDArray normal) {
      x.sub(array(means, x, 1, means.length), normal);
      normal.divi(array(roots, x, 1, roots.length));
    }

    private void backward(float[] g, float[] normal, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        double centered = g[at + j] - means[j] - normal[at + j] * meansOfProducts[j];
        g[at + j] = (float) centered * reciprocals[j];
      }
    }

    private void backward(double[] g, double[] normal, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        g[at + j] = (g[at + j] - means[j] - normal[at + j] * meansOfProducts[j]) / roots[j];
      }
    }

    private void backward(INDArray g, INDArray normal, INDArray dX) {
      INDArray share = normal.mul(array(meansOfProducts, g, 1, meansOfProducts.length));
      g.sub(array(means, g, 1, means.length), dX);
      dX.subi(share);
      dX.divi(array(roots, g, 1, roots.length));
    }
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  /** {@return ε} */
  public double epsilon() {
    return settings.epsilon();
  }

  /** {@return the weight m of the newest batch in the running statistics} */
  public double momentum() {
    return settings.momentum();
  }
}
