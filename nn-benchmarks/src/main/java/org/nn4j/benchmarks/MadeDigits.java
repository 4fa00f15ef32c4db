package org.nn4j.benchmarks;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;

/**
 * Images of MNIST's size with random pixels and labels, for measurements without files. They cannot
 * be learned; the time of a step does not depend on that.
 */
final class MadeDigits {
  static final int PIXELS = 784;
  static final int CLASSES = 10;

  private MadeDigits() {}

  static Dataset dataset(int images) {
    return Dataset.ofPixels(pixels(images), Shape.of(PIXELS), labels(images), CLASSES);
  }

  static byte[] pixels(int images) {
    SeededRandom random = new SeededRandom(1);
    byte[] pixels = new byte[images * PIXELS];
    random.nextBytes(pixels);
    return pixels;
  }

  static int[] labels(int images) {
    SeededRandom random = new SeededRandom(2);
    int[] labels = new int[images];
    Arrays.setAll(labels, i -> random.nextInt(CLASSES));
    return labels;
  }

  /** Returns one-hot rows of random classes, as floats. */
  static INDArray oneHot(int samples) {
    int[] labels = labels(samples);
    float[][] rows = new float[samples][CLASSES];
    for (int i = 0; i < samples; i++) {
      rows[i][labels[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  /** Returns numbers from −1 to 1, as floats. */
  static INDArray numbers(long... shape) {
    SeededRandom random = new SeededRandom(3);
    float[] numbers = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
    return Nd4j.createFromArray(numbers).reshape('c', shape);
  }
}
