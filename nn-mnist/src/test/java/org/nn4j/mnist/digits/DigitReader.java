package org.nn4j.mnist.digits;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.data.Dataset;
import org.nn4j.metric.Metrics;
import org.nn4j.metric.Predictions;
import org.nn4j.mnist.ImageSet;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.train.Trainer;

/** A 784-40-10 network that has learned digits for some seconds. */
final class DigitReader {
  private static final int BATCH = 25;

  private final Network network;

  private DigitReader(Dataset digits, int epochs) {
    network = Network.builder(784).dense(40, relu()).dense(10, softmax()).seed(1).build();
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(Schedules.cosine(0.006, 1e-5, Span.ofRun(1))))
        .batchSize(BATCH)
        .epochs(epochs)
        .seed(1)
        .build()
        .fit(digits);
  }

  private static final class Generated {
    static final DigitReader READER =
        new DigitReader(SyntheticDigits.generate(20_000, 1).dataset(), 4);
  }

  /** The one for all tests that has learned from generated digits. */
  static DigitReader ofGeneratedDigits() {
    return Generated.READER;
  }

  /** A new one that has learned from MNIST's training images. */
  static DigitReader ofMnist(Path directory) throws IOException {
    return new DigitReader(ImageSet.MNIST.load(directory).train(), 1);
  }

  double accuracy(Dataset digits) {
    return Evaluator.of(network)
        .metrics(Metrics.accuracy())
        .evaluate(digits)
        .value(Metrics.accuracy());
  }

  int read(DigitImage image) {
    return read(image.toArray());
  }

  int read(byte[] image) {
    double[] pixels = new double[image.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(image[i]) / 255.0;
    }
    return read(Nd4j.createFromArray(new double[][] {pixels}).castTo(network.dataType()));
  }

  private int read(INDArray batchOfOne) {
    return Predictions.classIndices(network.predict(batchOfOne))[0];
  }
}
