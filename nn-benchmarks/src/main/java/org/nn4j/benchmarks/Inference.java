package org.nn4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;

/**
 * Samples a second that a network predicts, by {@link Predictor} on one thread.
 *
 * @param batch1 one sample at a time, from and to Java arrays, as in a service
 * @param batch1000 a thousand at a time, in ND4J arrays
 */
record Inference(double batch1, double batch1000) {
  /** Passes after which the JIT compiler has finished. */
  private static final int WARM_UP_PASSES = 20;

  private static final int PASSES = 5;
  private static final int BATCH = 1000;

  /** Measures passes over all samples in memory: the median of five, after warm-up. */
  static Inference measure(Network network, Dataset samples) {
    INDArray inputs = inputs(network, samples);
    float[][] rows = inputs.toFloatMatrix();
    List<INDArray> batches =
        IntStream.iterate(0, from -> from < samples.size(), from -> from + BATCH)
            .mapToObj(
                from ->
                    inputs.get(NDArrayIndex.interval(from, Math.min(from + BATCH, samples.size()))))
            .toList();
    float[] answer = new float[Math.toIntExact(network.outputShape().size())];
    try (Predictor predictor = Predictor.of(network)) {
      double alone =
          medianSeconds(
              () -> {
                for (float[] row : rows) {
                  predictor.predict(row, answer);
                }
              });
      double together = medianSeconds(() -> batches.forEach(predictor::predict));
      return new Inference(samples.size() / alone, samples.size() / together);
    }
  }

  private static INDArray inputs(Network network, Dataset samples) {
    INDArray inputs =
        Nd4j.create(network.dataType(), samples.inputShape().withBatch(samples.size()));
    INDArray targets =
        Nd4j.create(network.dataType(), samples.targetShape().withBatch(samples.size()));
    samples.gather(IntStream.range(0, samples.size()).toArray(), inputs, targets);
    return inputs;
  }

  private static double medianSeconds(Runnable pass) {
    for (int i = 0; i < WARM_UP_PASSES; i++) {
      pass.run();
    }
    double[] seconds = new double[PASSES];
    for (int i = 0; i < PASSES; i++) {
      long start = System.nanoTime();
      pass.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[PASSES / 2];
  }
}
