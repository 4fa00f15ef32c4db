package org.nn4j.examples;

import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.SeededRandom;
import org.nn4j.check.GradientCheck;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.train.Trainer;

/**
 * A custom layer, {@link RadialBasis}: checks its gradients, trains a network with it to separate
 * two rings, saves it and loads it. Expect a passed check, the same predictions before and after,
 * and {@code validation accuracy: 100.00 %}.
 *
 * <p>In a test, {@code LayerContract.check(new RadialBasis.Spec(4, 0.7), Shape.of(3))} runs the
 * contract suite of the library's own layers.
 */
public final class CustomLayer {
  private CustomLayer() {}

  /**
   * Checks the layer, and trains, saves and loads a network.
   *
   * @param args none
   * @throws IOException if the model cannot be written to the folder of temporary files
   */
  public static void main(String[] args) throws IOException {
    System.out.println("gradient check " + gradientCheck());

    Split rings = rings(1000).splitStratified(0.2, 1);
    Network network =
        Network.builder(2).layer(new RadialBasis.Spec(12, 1.0)).dense(2, softmax()).seed(1).build();
    System.out.println(network);
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(0.02))
        .batchSize(20)
        .epochs(20)
        .build()
        .fit(rings.training());
    double accuracy =
        Evaluator.of(network).metrics(accuracy()).evaluate(rings.validation()).value(accuracy());

    INDArray between = Nd4j.createFromArray(new float[][] {{0.9f, -1.2f}});
    System.out.println("before saving " + network.predict(between));
    System.out.println("after loading " + savedAndLoaded(network).predict(between));
    System.out.printf(Locale.ROOT, "validation accuracy: %.2f %%%n", 100 * accuracy);
  }

  /** In double precision, as differences of floats are too inexact. */
  private static GradientCheck.Result gradientCheck() {
    Network network =
        Network.builder(3)
            .layer(new RadialBasis.Spec(5, 0.5))
            .dense(2)
            .dataType(DataType.DOUBLE)
            .build();
    SeededRandom random = new SeededRandom(1);
    double[][] x = new double[4][3];
    for (double[] row : x) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return GradientCheck.check(network, Nd4j.createFromArray(x));
  }

  private static Network savedAndLoaded(Network network) throws IOException {
    ModelRegistry registry = RadialBasis.registry();
    Path file = Files.createTempFile("rings", ".safetensors");
    try {
      ModelFiles.save(network, file, registry);
      return ModelFiles.load(file, registry);
    } finally {
      Files.delete(file);
    }
  }

  /** Returns points near circles of radius 1 (class 0) and 2 (class 1), with N(0, 0.2) noise. */
  private static Dataset rings(int points) {
    SeededRandom random = new SeededRandom(1);
    float[][] x = new float[points][];
    int[] labels = new int[points];
    for (int i = 0; i < points; i++) {
      labels[i] = i % 2;
      double radius = 1 + labels[i] + 0.2 * random.nextGaussian();
      double angle = 2 * Math.PI * random.nextDouble();
      x[i] = new float[] {(float) (radius * Math.cos(angle)), (float) (radius * Math.sin(angle))};
    }
    return Dataset.ofLabels(Nd4j.createFromArray(x), labels, 2);
  }
}
