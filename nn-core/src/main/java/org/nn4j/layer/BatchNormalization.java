package org.nn4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.kernel.Kernel;

/**
 * Brings each feature to mean 0 and variance 1 over the batch, then scales and shifts it.
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
 * <p>The running statistics are parameters of the role STATISTIC: they are saved with the network
 * and no optimizer changes them; a training forward does, unless they are frozen, in which case it
 * normalises by them. A batch of one row has no variance: its output is β and the running variance
 * stays. Statistics of a batch that are not finite are not followed. γ starts at 1, β at 0; neither
 * is decayed. Source: Ioffe and Szegedy, "Batch Normalization" (ICML 2015), algorithm 1, with
 * PyTorch's meaning of m. Shapes: {@code [B, n]}. Inference is thread-safe as {@link Layer} says;
 * training changes the statistics.
 */
public final class BatchNormalization implements Layer {
  /** Keeps the root away from zero, in PyTorch as well. */
  public static final double DEFAULT_EPSILON = 1e-5;

  /** The weight of the newest batch in the running statistics, in PyTorch as well. */
  public static final double DEFAULT_MOMENTUM = 0.1;

  /**
   * The recipe of a batch normalisation.
   *
   * @param epsilon ε, above 0
   * @param momentum m, above 0 and at most 1
   */
  public record Spec(double epsilon, double momentum) implements LayerSpec {
    /**
     * Checks the arguments.
     *
     * @param epsilon ε, above 0
     * @param momentum m, above 0 and at most 1
     */
    public Spec {
      Require.positive(epsilon, "BatchNormalization", "epsilon");
      Require.that(
          momentum > 0 && momentum <= 1,
          "BatchNormalization",
          "momentum above 0 and at most 1",
          momentum,
          "pass a share such as 0.1");
    }

    /** With {@link #DEFAULT_EPSILON} and {@link #DEFAULT_MOMENTUM}. */
    public Spec() {
      this(DEFAULT_EPSILON, DEFAULT_MOMENTUM);
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(input, "BatchNormalization.build", "input");
      Require.notNull(type, "BatchNormalization.build", "type");
      Require.notNull(random, "BatchNormalization.build", "random");
      Normalized.requireRow(input, toString());
      return new BatchNormalization(this, input, type);
    }

    @Override
    public String toString() {
      return "BatchNormalization";
    }
  }

  private final Spec settings;
  private final Shape shape;
  private final DataType type;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  private BatchNormalization(Spec settings, Shape shape, DataType type) {
    this.settings = settings;
    this.shape = shape;
    this.type = type;
    this.scale = Normalized.parameter("scale", Parameter.Role.BIAS, 1, shape, type);
    this.shift = Normalized.parameter("shift", Parameter.Role.BIAS, 0, shape, type);
    this.runningMean =
        Normalized.parameter("running_mean", Parameter.Role.STATISTIC, 0, shape, type);
    this.runningVariance =
        Normalized.parameter("running_variance", Parameter.Role.STATISTIC, 1, shape, type);
  }

  private boolean usesBatch(Pass pass) {
    return pass.isTraining() && !runningMean.isFrozen();
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, shape, type, this, "input");
    INDArray normal = pass.buffer(this, "X^", type, x.shape());
    INDArray root = pass.buffer(this, "root", type, 1, shape.size());
    if (usesBatch(pass)) {
      INDArray mean = pass.buffer(this, "mean", type, 1, shape.size());
      INDArray variance = pass.buffer(this, "variance", type, 1, shape.size());
      center(x, mean, variance, normal);
      root(variance, root);
      follow(mean, variance, x.size(0));
    } else {
      subtract(x, runningMean.value(), normal);
      root(runningVariance.value(), root);
    }
    divide(normal, root);
    pass.keep(this, "X^", normal);
    pass.keep(this, "root", root);
    return Normalized.scaleAndShift(normal, scale, shift, pass.buffer(this, "Y", type, x.shape()));
  }

  /** {@code X − μ}, with μ and v. */
  private static void center(INDArray x, INDArray mean, INDArray variance, INDArray centered) {
    int rows = Math.toIntExact(x.size(0));
    double[] sums = new double[Math.toIntExact(x.size(1))];
    double[] squares = new double[sums.length];
    boolean done =
        Kernel.mapRows(
            x,
            x,
            centered,
            null,
            (row, same, at, n) -> {
              for (int j = 0; j < n; j++) {
                sums[j] += row[at + j];
              }
              return 0;
            });
    if (!done) {
      x.mean(mean, 0);
      x.sub(mean, centered);
      try (INDArray squared = centered.mul(centered)) {
        squared.mean(variance, 0);
      }
      return;
    }
    Kernel.mapRows(
        x,
        x,
        centered,
        null,
        (row, same, at, n) -> {
          for (int j = 0; j < n; j++) {
            double distance = row[at + j] - sums[j] / rows;
            squares[j] += distance * distance;
            row[at + j] = (float) distance;
          }
          return 0;
        });
    Kernel.fromJava(means(sums, rows), mean);
    Kernel.fromJava(means(squares, rows), variance);
  }

  /** {@code X − mean}, by column. */
  private static void subtract(INDArray x, INDArray mean, INDArray centered) {
    float[] ones = new float[Math.toIntExact(mean.length())];
    Arrays.fill(ones, 1);
    float[] negated = Normalized.floats(mean);
    for (int j = 0; j < negated.length; j++) {
      negated[j] = -negated[j];
    }
    if (!Normalized.byColumn(x, ones, negated, centered)) {
      x.sub(mean, centered);
    }
  }

  /** {@code √(v + ε)}. */
  private void root(INDArray variance, INDArray root) {
    if (!Kernel.map(variance, root, this::root)) {
      root.assign(variance.reshape(root.shape()));
      root.addi(settings.epsilon());
      Transforms.sqrt(root, false);
    }
  }

  private void root(float[] v, int n) {
    float epsilon = (float) settings.epsilon();
    for (int j = 0; j < n; j++) {
      v[j] = (float) Math.sqrt(v[j] + epsilon);
    }
  }

  private static float[] means(double[] sums, int rows) {
    float[] means = new float[sums.length];
    for (int j = 0; j < means.length; j++) {
      means[j] = (float) (sums[j] / rows);
    }
    return means;
  }

  /** {@code X ← X / root}, by column. */
  private static void divide(INDArray x, INDArray root) {
    float[] reciprocals = Normalized.floats(root);
    for (int j = 0; j < reciprocals.length; j++) {
      reciprocals[j] = 1 / reciprocals[j];
    }
    if (!Normalized.byColumn(x, reciprocals, new float[reciprocals.length], x)) {
      x.divi(root);
    }
  }

  /** Moves the running statistics towards those of a batch, unless these are not finite. */
  private void follow(INDArray mean, INDArray variance, long rows) {
    if (!Double.isFinite(Kernel.sum(mean) + Kernel.sum(variance))) {
      return;
    }
    move(runningMean.value(), mean, 1);
    if (rows > 1) {
      move(runningVariance.value(), variance, (double) rows / (rows - 1));
    }
  }

  private void move(INDArray running, INDArray batch, double factor) {
    double kept = 1 - settings.momentum();
    double share = settings.momentum() * factor;
    boolean done =
        Kernel.map(
            running,
            batch,
            running,
            (r, v, n) -> {
              for (int j = 0; j < n; j++) {
                r[j] = (float) (kept * r[j] + share * v[j]);
              }
            });
    if (!done) {
      running.muli(kept);
      try (INDArray scaled = batch.mul(share)) {
        running.addi(scaled.reshape(shape.size()));
      }
    }
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    Require.notNull(dY, this, "gradient");
    Require.notNull(pass, this, "pass");
    INDArray normal = pass.kept(this, "X^");
    INDArray root = pass.kept(this, "root");
    Require.sameShape(normal, dY, this, "gradient");
    INDArray dX = pass.buffer(this, "dX", type, dY.shape());
    Normalized.addGradients(dY, normal, scale, shift, dX);

    Normalized.scale(dY, scale, dX);
    if (usesBatch(pass)) {
      removeMeans(dX, normal);
    }
    divide(dX, root);
    return dX;
  }

  /** {@code G ← G − mean g − X̂ mean(g x̂)}, the means by column. */
  private static void removeMeans(INDArray g, INDArray normal) {
    int rows = Math.toIntExact(g.size(0));
    double[] sums = new double[Math.toIntExact(g.size(1))];
    double[] products = new double[sums.length];
    boolean done =
        Kernel.mapRows(
            g,
            normal,
            g,
            null,
            (row, ofNormal, at, n) -> {
              for (int j = 0; j < n; j++) {
                sums[j] += row[at + j];
                products[j] += (double) row[at + j] * ofNormal[at + j];
              }
              return 0;
            });
    if (!done) {
      Normalized.removeMeans(g, normal, 0);
      return;
    }
    Kernel.mapRows(
        g,
        normal,
        g,
        null,
        (row, ofNormal, at, n) -> {
          for (int j = 0; j < n; j++) {
            double share = ofNormal[at + j] * (products[j] / rows);
            row[at + j] = (float) (row[at + j] - sums[j] / rows - share);
          }
          return 0;
        });
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  @Override
  public Shape outputShape() {
    return shape;
  }

  /**
   * The settings.
   *
   * @return ε and the momentum
   */
  public Spec settings() {
    return settings;
  }

  @Override
  public String toString() {
    return "BatchNormalization(" + shape.size() + ")";
  }
}
