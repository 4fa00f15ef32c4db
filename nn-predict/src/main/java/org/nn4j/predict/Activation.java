package org.nn4j.predict;

/** The activations of nn-core, each by the equation of the class of its name there. */
final class Activation {
  private static final double SQRT_2 = Math.sqrt(2);

  /** A function of one element. */
  private interface Elementwise {
    float of(float z);
  }

  private Activation() {}

  /** The step of an activation of nn-core, or null if there is none of this type. */
  static Step of(LayerDescription activation) throws ModelFormatException {
    int width = activation.inputSize();
    int last = activation.input().get(activation.input().size() - 1);
    return switch (activation.type()) {
      case "identity" -> only(activation, Step.inPlace(width, (x, y) -> {}));
      case "relu" -> only(activation, Step.inPlace(width, (x, y) -> relu(x, y, width)));
      case "leakyRelu" -> leakyRelu(activation);
      case "elu" -> elu(activation);
      case "sigmoid" -> of(activation, z -> (float) (1 / (1 + Math.exp(-z))));
      case "tanh" -> of(activation, z -> (float) Math.tanh(z));
      case "silu" -> of(activation, z -> (float) (z / (1 + Math.exp(-z))));
      case "softplus" ->
          of(activation, z -> (float) (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))));
      case "gelu" -> of(activation, z -> (float) (z * normalCumulative(z)));
      case "softmax" -> only(activation, Step.inPlace(width, (x, y) -> softmax(x, y, width, last)));
      default -> null;
    };
  }

  private static Step leakyRelu(LayerDescription activation) throws ModelFormatException {
    float slope = (float) activation.number("slope");
    return of(activation, z -> Math.max(z, 0) + slope * Math.min(z, 0), "slope");
  }

  private static Step elu(LayerDescription activation) throws ModelFormatException {
    double alpha = activation.number("alpha");
    return of(activation, z -> z > 0 ? z : (float) (alpha * Math.expm1(z)), "alpha");
  }

  private static Step of(LayerDescription activation, Elementwise function, String... settings)
      throws ModelFormatException {
    int width = activation.inputSize();
    LayerFunction each =
        (x, y) -> {
          for (int i = 0; i < width; i++) {
            y[i] = function.of(x[i]);
          }
        };
    return only(activation, Step.inPlace(width, each), settings);
  }

  private static Step only(LayerDescription activation, Step step, String... settings)
      throws ModelFormatException {
    activation.requireOnly(settings);
    return step;
  }

  /**
   * {@code Φ(x) = erfc(−x/√2) / 2}, within 1.2e-7 of it, relative to it or to {@code 1 − Φ(x)}.
   *
   * <p>Source of erfc: Press et al., "Numerical Recipes in C", 2nd edition, section 6.2.
   */
  private static double normalCumulative(double x) {
    double z = Math.abs(x) / SQRT_2;
    double t = 1 / (1 + z / 2);
    double fit = 0.17087277;
    fit = -0.82215223 + t * fit;
    fit = 1.48851587 + t * fit;
    fit = -1.13520398 + t * fit;
    fit = 0.27886807 + t * fit;
    fit = -0.18628806 + t * fit;
    fit = 0.09678418 + t * fit;
    fit = 0.37409196 + t * fit;
    fit = 1.00002368 + t * fit;
    double beyond = t * Math.exp(-z * z - 1.26551223 + t * fit) / 2;
    return x < 0 ? beyond : 1 - beyond;
  }

  private static void relu(float[] x, float[] y, int width) {
    for (int i = 0; i < width; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  /** {@code e^(z − max) / Σ e^(z − max)} along the last axis. */
  private static void softmax(float[] x, float[] y, int width, int last) {
    for (int at = 0; at < width; at += last) {
      float highest = x[at];
      for (int j = at + 1; j < at + last; j++) {
        highest = Math.max(highest, x[j]);
      }
      double sum = 0;
      for (int j = at; j < at + last; j++) {
        double e = Math.exp(x[j] - highest);
        y[j] = (float) e;
        sum += e;
      }
      for (int j = at; j < at + last; j++) {
        y[j] = (float) (y[j] / sum);
      }
    }
  }
}
