package org.nn4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.kernel.Rows;

/**
 * Batch normalization: each feature gets mean 0 and variance 1 over the batch, then a scale and a
 * shift.
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
 * with PyTorch's meaning of m. Shapes: {@code [B, n]}. Inference is thread-safe on the terms of
 * {@link Layer}; training changes the statistics.
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

  private static final Formula.Whole<BatchNormalization> NORMALIZE_BY_BATCH =
      Formula.ofWhole(
          (layer, x, mean, v, root, to) -> layer.loop(x, mean, v, root, to, true),
          (layer, x, mean, v, root, to) -> layer.loopOfDoubles(x, mean, v, root, to, true),
          (layer, x, mean, v, root, to) -> layer.operations(x, mean, v, root, to, true));
  private static final Formula.Whole<BatchNormalization> NORMALIZE =
      Formula.ofWhole(
          (layer, x, mean, v, root, to) -> layer.loop(x, mean, v, root, to, false),
          (layer, x, mean, v, root, to) -> layer.loopOfDoubles(x, mean, v, root, to, false),
          (layer, x, mean, v, root, to) -> layer.operations(x, mean, v, root, to, false));
  private static final Formula.Whole<BatchNormalization> BACKWARD_BY_BATCH =
      Formula.ofWhole(
          (layer, dY, normal, scale, root, dX) -> gradientLoop(dY, normal, scale, root, dX, true),
          (layer, dY, normal, scale, root, dX) ->
              gradientLoopOfDoubles(dY, normal, scale, root, dX, true),
          (layer, dY, normal, scale, root, dX) -> gradient(dY, normal, scale, root, dX, true));
  private static final Formula.Whole<BatchNormalization> BACKWARD =
      Formula.ofWhole(
          (layer, dY, normal, scale, root, dX) -> gradientLoop(dY, normal, scale, root, dX, false),
          (layer, dY, normal, scale, root, dX) ->
              gradientLoopOfDoubles(dY, normal, scale, root, dX, false),
          (layer, dY, normal, scale, root, dX) -> gradient(dY, normal, scale, root, dX, false));

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
    INDArray root = pass.buffer(this, "root", type, 1, shape.size());
    if (usesBatch(pass)) {
      INDArray mean = pass.buffer(this, "mean", type, shape.size());
      INDArray variance = pass.buffer(this, "variance", type, shape.size());
      NORMALIZE_BY_BATCH.apply(this, x, mean, variance, root, normal);
      follow(mean, variance, (double) x.size(0));
    } else {
      NORMALIZE.apply(this, x, runningMean.value(), runningVariance.value(), root, normal);
    }
    return root;
  }

  private void loop(
      INDArray x, INDArray mean, INDArray v, INDArray root, INDArray normal, boolean byBatch) {
    Rows<float[]> rows = Rows.ofFloats(x);
    double[] mu = byBatch ? rows.means() : Kernel.doubles(mean);
    if (byBatch) {
      Kernel.fromJava(mu, mean);
      Kernel.fromJava(rows.variances(mu), v);
    }
    float[] roots = Kernel.floats(v);
    for (int j = 0; j < roots.length; j++) {
      roots[j] = (float) Math.sqrt(roots[j] + (float) settings.epsilon());
    }
    Kernel.fromJava(roots, root);
    float[] reciprocals = reciprocals(root);
    Rows<float[]> results = Rows.ofFloats(normal);
    for (int i = 0; i < rows.count(); i++) {
      float[] row = rows.get(i);
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (row[j] - mu[j]) * reciprocals[j];
      }
      results.set(i, row);
    }
  }

  private void loopOfDoubles(
      INDArray x, INDArray mean, INDArray v, INDArray root, INDArray normal, boolean byBatch) {
    Rows<double[]> rows = Rows.ofDoubles(x);
    if (byBatch) {
      double[] means = rows.means();
      Kernel.fromJava(means, mean);
      Kernel.fromJava(rows.variances(means), v);
    }
    double[] mu = Kernel.doubles(mean);
    double[] roots = Kernel.doubles(v);
    for (int j = 0; j < roots.length; j++) {
      roots[j] = Math.sqrt(roots[j] + settings.epsilon());
    }
    Kernel.fromJava(roots, root);
    Rows<double[]> results = Rows.ofDoubles(normal);
    for (int i = 0; i < rows.count(); i++) {
      double[] row = rows.get(i);
      for (int j = 0; j < row.length; j++) {
        row[j] = (row[j] - mu[j]) / roots[j];
      }
      results.set(i, row);
    }
  }

  private void operations(
      INDArray x, INDArray mean, INDArray v, INDArray root, INDArray normal, boolean byBatch) {
    if (byBatch) {
      x.mean(mean, 0);
    }
    x.sub(mean, normal);
    if (byBatch) {
      try (INDArray squares = normal.mul(normal)) {
        squares.mean(v, 0);
      }
    }
    root.assign(v.reshape(root.shape()));
    root.addi(settings.epsilon());
    Transforms.sqrt(root, false);
    normal.divi(root);
  }

  /** Updates the running statistics from those of a batch, if these are finite. */
  private void follow(INDArray mean, INDArray variance, double rows) {
    if (Double.isFinite(Kernel.sum(mean) + Kernel.sum(variance))) {
      double m = settings.momentum();
      new RunningAverage(1 - m, m).apply(runningMean.value(), mean);
      if (rows > 1) {
        new RunningAverage(1 - m, m * (rows / (rows - 1))).apply(runningVariance.value(), variance);
      }
    }
  }

  @Override
  void inputGradient(
      INDArray dY, INDArray normal, INDArray gamma, INDArray root, INDArray dX, Pass pass) {
    (usesBatch(pass) ? BACKWARD_BY_BATCH : BACKWARD).apply(this, dY, normal, gamma, root, dX);
  }

  private static void gradientLoop(
      INDArray dY, INDArray normal, INDArray scale, INDArray root, INDArray dX, boolean byBatch) {
    Rows<float[]> rows = Rows.ofFloats(dY);
    Rows<float[]> normals = Rows.ofFloats(normal);
    Rows<float[]> results = Rows.ofFloats(dX);
    float[] gamma = Kernel.floats(scale);
    float[] reciprocals = reciprocals(root);
    double[] mean = new double[gamma.length];
    double[] meanOfProducts = new double[gamma.length];
    for (int i = 0; byBatch && i < rows.count(); i++) {
      float[] g = rows.get(i);
      float[] x = normals.get(i);
      for (int j = 0; j < g.length; j++) {
        g[j] *= gamma[j];
        mean[j] += g[j];
        meanOfProducts[j] += (double) g[j] * x[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= rows.count();
      meanOfProducts[j] /= rows.count();
    }
    for (int i = 0; i < rows.count(); i++) {
      float[] g = rows.get(i);
      float[] x = normals.get(i);
      for (int j = 0; j < g.length; j++) {
        g[j] *= gamma[j];
        g[j] = (float) (g[j] - mean[j] - x[j] * meanOfProducts[j]) * reciprocals[j];
      }
      results.set(i, g);
    }
  }

  private static void gradientLoopOfDoubles(
      INDArray dY, INDArray normal, INDArray scale, INDArray root, INDArray dX, boolean byBatch) {
    Rows<double[]> rows = Rows.ofDoubles(dY);
    Rows<double[]> normals = Rows.ofDoubles(normal);
    Rows<double[]> results = Rows.ofDoubles(dX);
    double[] gamma = Kernel.doubles(scale);
    double[] roots = Kernel.doubles(root);
    double[] mean = new double[gamma.length];
    double[] meanOfProducts = new double[gamma.length];
    for (int i = 0; byBatch && i < rows.count(); i++) {
      double[] g = rows.get(i);
      double[] x = normals.get(i);
      for (int j = 0; j < g.length; j++) {
        mean[j] += gamma[j] * g[j] / rows.count();
        meanOfProducts[j] += gamma[j] * g[j] * x[j] / rows.count();
      }
    }
    for (int i = 0; i < rows.count(); i++) {
      double[] g = rows.get(i);
      double[] x = normals.get(i);
      for (int j = 0; j < g.length; j++) {
        g[j] = (gamma[j] * g[j] - mean[j] - x[j] * meanOfProducts[j]) / roots[j];
      }
      results.set(i, g);
    }
  }

  private static void gradient(
      INDArray dY, INDArray normal, INDArray scale, INDArray root, INDArray dX, boolean byBatch) {
    dY.mul(scale, dX);
    if (byBatch) {
      removeMeans(dX, normal, 0);
    }
    dX.divi(root);
  }

  private static float[] reciprocals(INDArray root) {
    float[] reciprocals = Kernel.floats(root);
    for (int j = 0; j < reciprocals.length; j++) {
      reciprocals[j] = 1 / reciprocals[j];
    }
    return reciprocals;
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
