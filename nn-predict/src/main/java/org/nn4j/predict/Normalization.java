package org.nn4j.predict;

/** The normalizations of nn-core at inference. */
final class Normalization {
  private Normalization() {}

  /** {@code y = γ (x − running mean) / √(running variance + ε) + β}, by column. */
  static Step batch(LayerDescription layer) throws ModelFormatException {
    layer.requireOnly("epsilon", "momentum");
    layer.number("momentum");
    double epsilon = epsilon(layer);
    int n = layer.inputSize();
    float[] gamma = layer.parameter("scale", n);
    float[] mean = layer.parameter("running_mean", n);
    float[] variance = layer.parameter("running_variance", n);
    float[] factor = new float[n];
    for (int j = 0; j < n; j++) {
      factor[j] = (float) (gamma[j] / Math.sqrt(variance[j] + epsilon));
    }
    float[] shift = layer.parameter("shift", n);
    return Step.inPlace(
        n,
        (x, y) -> {
          for (int j = 0; j < n; j++) {
            y[j] = (x[j] - mean[j]) * factor[j] + shift[j];
          }
        });
  }

  /** {@code y = γ (x − μ) / √(v + ε) + β}, μ and v of each row. */
  static Step layer(LayerDescription layer) throws ModelFormatException {
    layer.requireOnly("epsilon");
    int n = layer.inputSize();
    double epsilon = epsilon(layer);
    float[] scale = layer.parameter("scale", n);
    float[] shift = layer.parameter("shift", n);
    return Step.inPlace(n, (x, y) -> normalize(x, y, n, epsilon, scale, shift));
  }

  private static void normalize(
      float[] x, float[] y, int n, double epsilon, float[] scale, float[] shift) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += x[j];
    }
    double mean = sum / n;
    double squares = 0;
    for (int j = 0; j < n; j++) {
      squares += (x[j] - mean) * (x[j] - mean);
    }
    double root = Math.sqrt(squares / n + epsilon);
    for (int j = 0; j < n; j++) {
      y[j] = scale[j] * (float) ((x[j] - mean) / root) + shift[j];
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
