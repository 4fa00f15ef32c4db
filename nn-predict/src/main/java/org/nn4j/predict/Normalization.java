package org.nn4j.predict;

/** Normalizations of nn-core at inference: {@code y = γ (x − μ) / √(v + ε) + β}. */
final class Normalization {
  private Normalization() {}

  /** Batch normalization: μ and v of each column, from training. */
  static final class Batch extends Step {
    private final float[] mean;
    private final float[] factor;
    private final float[] shift;

    Batch(LayerDescription layer) throws ModelFormatException {
      super(layer.inputSize(), true);
      layer.requireOnly("epsilon", "momentum");
      double momentum = layer.number("momentum");
      if (!(momentum > 0 && momentum <= 1)) {
        throw layer.wrong("momentum", "a number above 0 and at most 1");
      }
      double epsilon = epsilon(layer);
      factor = layer.parameter("scale", width);
      mean = layer.parameter("running_mean", width);
      shift = layer.parameter("shift", width);
      float[] variance = layer.parameter("running_variance", width);
      for (int j = 0; j < width; j++) {
        factor[j] = (float) (factor[j] / Math.sqrt(variance[j] + epsilon));
      }
    }

    @Override
    void apply(float[] x, float[] y, int[] used) {
      for (int j = 0; j < width; j++) {
        y[j] = (x[j] - mean[j]) * factor[j] + shift[j];
      }
    }
  }

  /** Layer normalization: μ and v of each row. */
  static final class Layer extends Step {
    private final double epsilon;
    private final float[] scale;
    private final float[] shift;

    Layer(LayerDescription layer) throws ModelFormatException {
      super(layer.inputSize(), true);
      layer.requireOnly("epsilon");
      epsilon = epsilon(layer);
      scale = layer.parameter("scale", width);
      shift = layer.parameter("shift", width);
    }

    @Override
    void apply(float[] x, float[] y, int[] used) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += x[j];
      }
      double mean = sum / width;
      double squares = 0;
      for (int j = 0; j < width; j++) {
        squares += (x[j] - mean) * (x[j] - mean);
      }
      double root = Math.sqrt(squares / width + epsilon);
      for (int j = 0; j < width; j++) {
        y[j] = scale[j] * (float) ((x[j] - mean) / root) + shift[j];
      }
    }
  }

  private static double epsilon(LayerDescription layer) throws ModelFormatException {
    layer.requireVector();
    layer.requireSameShape();
    double epsilon = layer.number("epsilon");
    if (!(epsilon > 0)) {
      throw layer.wrong("epsilon", "a number above 0");
    }
    return epsilon;
  }
}
