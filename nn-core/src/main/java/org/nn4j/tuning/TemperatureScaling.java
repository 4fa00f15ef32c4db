package org.nn4j.tuning;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.Require;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.layer.Dense;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;

/**
 * Temperature of a classifier: one number that calibrates its probabilities and leaves the
 * predicted classes unchanged.
 *
 * <pre>
 * A = softmax(Z / T)   or, with independent outputs, sigmoid(Z / T)
 * T minimizes the cross-entropy of the validation data
 * </pre>
 *
 * <p>{@link #applyTo} divides weights and bias of the last layer by T. Every file, export and
 * server of the network then applies the temperature. Source: Guo et al., On Calibration of Modern
 * Neural Networks, ICML 2017, section 4.2. Immutable.
 *
 * <pre>{@code
 * TemperatureScaling.fit(network, validation).applyTo(network);
 * ModelFiles.save(network, file);
 * }</pre>
 *
 * @param temperature T, above 0; above 1 if the network was overconfident
 */
public record TemperatureScaling(double temperature) {
  private static final String WHO = "TemperatureScaling";

  /** Bounds of 1 / T: beyond them there is no minimum in practice. */
  private static final double SMALLEST = 1e-4;

  private static final double LARGEST = 1e4;

  /**
   * Checks the argument.
   *
   * @param temperature T, above 0
   */
  public TemperatureScaling {
    Require.positive(temperature, WHO, "temperature");
  }

  /**
   * Finds the temperature of a network.
   *
   * @param network ends in a dense layer with softmax, sigmoid, or none (logits of a softmax, or of
   *     a sigmoid for one output)
   * @param validation data that the network was not trained on; targets as for the cross-entropies
   * @return the temperature; weights of samples count
   * @throws IllegalArgumentException if the network ends otherwise, an output is not finite, or no
   *     temperature is best: all samples are classified correctly, or the outputs are not better
   *     than chance
   */
  public static TemperatureScaling fit(Network network, Dataset validation) {
    Require.notNull(network, "TemperatureScaling.fit", "network");
    Require.notNull(validation, "TemperatureScaling.fit", "validation");
    last(network);
    boolean isSoftmax =
        network.outputShape().size() > 1 && !network.activation().equals(Activations.sigmoid());
    Logits logits = Logits.of(network, validation, isSoftmax);
    // The cross-entropy is convex in β = 1 / T: bisection of its derivative.
    double low = SMALLEST;
    double high = LARGEST;
    Require.that(
        logits.slope(low) < 0,
        WHO,
        "outputs better than chance",
        "a cross-entropy that is lowest at an infinite temperature",
        "train the network further");
    Require.that(
        logits.slope(high) > 0,
        WHO,
        "validation data with misclassified samples",
        "a cross-entropy that falls with every smaller temperature",
        "use more validation data");
    for (double middle = Math.sqrt(low * high);
        middle > low && middle < high;
        middle = Math.sqrt(low * high)) {
      if (logits.slope(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new TemperatureScaling(1 / high);
  }

  /**
   * Divides the weights and the bias of the last layer by the temperature. Call it once.
   *
   * @param network the network of {@link #fit}; it is changed
   * @throws IllegalArgumentException if it does not end in a dense layer with softmax, sigmoid, or
   *     none
   * @throws IllegalStateException if another thread trains it
   */
  public void applyTo(Network network) {
    Require.notNull(network, "TemperatureScaling.applyTo", "network");
    Dense last = last(network);
    NetworkAccess.Scope claim = NetworkAccess.get().claimForChange(network);
    try {
      last.parameters().forEach(parameter -> parameter.value().divi(temperature));
    } finally {
      claim.end();
    }
  }

  private static Dense last(Network network) {
    Activation activation = network.activation();
    Require.that(
        activation.equals(Activations.softmax())
            || activation.equals(Activations.sigmoid())
            || activation.equals(Activations.identity()),
        WHO,
        "softmax, sigmoid or no activation at the end of the network",
        activation,
        "end the network with one of these");
    List<Layer> layers = network.layers();
    Layer last = layers.get(layers.size() - 1);
    if (last instanceof Network nested) {
      return last(nested);
    }
    if (last instanceof Dense dense) {
      return dense;
    }
    throw new IllegalArgumentException(
        Require.message(
            WHO,
            "a dense layer at the end of the network",
            last.toString(),
            "end the network with dense(classes, softmax())"));
  }

  /** Logits z, targets y and weight w of each sample of the validation data. */
  private static final class Logits {
    private final boolean isSoftmax;
    private final double[][] z;
    private final double[][] y;
    private final double[] w;

    Logits(boolean isSoftmax, double[][] z, double[][] y, double[] w) {
      this.isSoftmax = isSoftmax;
      this.z = z;
      this.y = y;
      this.w = w;
    }

    static Logits of(Network network, Dataset data, boolean isSoftmax) {
      int n = data.size();
      double[][] z = new double[n][];
      double[][] y = new double[n][];
      double[] w = new double[n];
      int row = 0;
      Network linear = network.withoutActivation();
      try (Batches batches = Evaluator.of(network).inBatches(data);
          Epoch epoch = batches.evaluation()) {
        for (Batch batch : epoch) {
          INDArray outputs = linear.predict(batch.inputs());
          for (int i = 0; i < batch.size(); i++, row++) {
            z[row] = row(outputs, i);
            y[row] = row(batch.targets(), i);
            INDArray weights = batch.weights();
            w[row] = weights == null ? 1 : weights.getDouble(i, 0);
            int index = row;
            Require.that(
                IntStream.range(0, z[row].length).allMatch(j -> Double.isFinite(z[index][j])),
                WHO,
                "finite outputs",
                "NaN or an infinite one for the sample at index " + row,
                "train the network again, with a smaller learning rate");
          }
        }
      }
      return new Logits(isSoftmax, z, y, w);
    }

    private static double[] row(INDArray matrix, long i) {
      return IntStream.range(0, Math.toIntExact(matrix.size(1)))
          .mapToDouble(j -> matrix.getDouble(i, j))
          .toArray();
    }

    /** Returns ∂L/∂β = Σ w (a − y)·z, where a is the prediction of β z. */
    double slope(double beta) {
      double slope = 0;
      for (int i = 0; i < z.length; i++) {
        double[] a = predictions(z[i], beta);
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
          sum += (a[j] - y[i][j]) * z[i][j];
        }
        slope += w[i] * sum;
      }
      return slope;
    }

    private double[] predictions(double[] logits, double beta) {
      double[] a = new double[logits.length];
      double max = Double.NEGATIVE_INFINITY;
      for (double logit : logits) {
        max = Math.max(max, beta * logit);
      }
      double sum = 0;
      for (int j = 0; j < a.length; j++) {
        a[j] = isSoftmax ? Math.exp(beta * logits[j] - max) : 1 / (1 + Math.exp(-beta * logits[j]));
        sum += a[j];
      }
      for (int j = 0; j < a.length && isSoftmax; j++) {
        a[j] /= sum;
      }
      return a;
    }
  }
}
