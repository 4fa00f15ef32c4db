package org.nn4j.predict;

/** Activations of nn-core, each with the equation of the class of that name. */
final class Activation extends Step {
  private static final double SQRT_2 = Math.sqrt(2);

  private final String type;

  /** Slope or α, where there is one. */
  private final double setting;

  /** The length of the last axis. */
  private final int last;

  private Activation(String type, double setting, int width, int last) {
    super(width, true);
    this.type = type;
    this.setting = setting;
    this.last = last;
  }

  /** Returns the step of an activation of nn-core, or null if the type is unknown. */
  static Step of(LayerDescription activation) throws ModelFormatException {
    String type = activation.type();
    double setting = 0;
    switch (type) {
      case "identity", "relu", "sigmoid", "tanh", "silu", "softplus", "gelu", "softmax" ->
          activation.requireOnly();
      case "leakyRelu" -> setting = only(activation, "slope");
      case "elu" -> setting = only(activation, "alpha");
      default -> {
        return null;
      }
    }
    int last = activation.input().get(activation.input().size() - 1);
    return new Activation(type, setting, activation.inputSize(), last);
  }

  private static double only(LayerDescription activation, String setting)
      throws ModelFormatException {
    activation.requireOnly(setting);
    double number = activation.number(setting);
    if (number < 0) {
      throw activation.wrong(setting, "a number of 0 or more");
    }
    return number;
  }

  @Override
  void apply(float[] x, float[] y, int[] used) {
    switch (type) {
      case "identity" -> System.arraycopy(x, 0, y, 0, width);
      case "relu" -> {
        for (int i = 0; i < width; i++) {
          y[i] = Math.max(x[i], 0);
        }
      }
      case "leakyRelu" -> {
        float slope = (float) setting;
        for (int i = 0; i < width; i++) {
          y[i] = Math.max(x[i], 0) + slope * Math.min(x[i], 0);
        }
      }
      case "elu" -> {
        for (int i = 0; i < width; i++) {
          float z = x[i];
          y[i] = z > 0 ? z : (float) (setting * Math.expm1(z));
        }
      }
      case "sigmoid" -> {
        for (int i = 0; i < width; i++) {
          y[i] = (float) (1 / (1 + Math.exp(-x[i])));
        }
      }
      case "tanh" -> {
        for (int i = 0; i < width; i++) {
          y[i] = (float) Math.tanh(x[i]);
        }
      }
      case "silu" -> {
        for (int i = 0; i < width; i++) {
          y[i] = (float) (x[i] / (1 + Math.exp(-x[i])));
        }
      }
      case "softplus" -> {
        for (int i = 0; i < width; i++) {
          float z = x[i];
          y[i] = (float) (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
        }
      }
      case "gelu" -> {
        for (int i = 0; i < width; i++) {
          y[i] = (float) (x[i] * normalCumulative(x[i]));
        }
      }
      case "softmax" -> softmax(x, y);
      default -> throw new AssertionError(type);
    }
  }

  /** {@code e^(z − max) / Σ e^(z − max)} along the last axis. */
  private void softmax(float[] x, float[] y) {
    for (int from = 0; from < width; from += last) {
      float highest = x[from];
      for (int j = from + 1; j < from + last; j++) {
        highest = Math.max(highest, x[j]);
      }
      double sum = 0;
      for (int j = from; j < from + last; j++) {
        double e = Math.exp(x[j] - highest);
        y[j] = (float) e;
        sum += e;
      }
      for (int j = from; j < from + last; j++) {
        y[j] = (float) (y[j] / sum);
      }
    }
  }

  /**
   * {@code Φ(x) = erfc(−x/√2) / 2}, with an error below 1.2e-7 relative to it or to {@code 1 −
   * Φ(x)}.
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
}
