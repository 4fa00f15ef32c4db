package org.nn4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.nn4j.mnist.ElementType;
import org.nn4j.mnist.Idx;
import org.nn4j.mnist.digits.SyntheticDigits;

/** Generated digits in MNIST's files. */
final class DigitFiles {
  private static final int SIDE = 28;

  private DigitFiles() {}

  /** Two files of {@code part}, which is {@code "train"} or {@code "t10k"}. */
  static void write(Path folder, String part, int count, long seed) throws IOException {
    SyntheticDigits digits = SyntheticDigits.generate(count, seed);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) digits.labels()[i];
    }
    Idx.ofBytes(ElementType.UBYTE, digits.pixels(), count, SIDE, SIDE)
        .write(folder.resolve(part + "-images-idx3-ubyte"));
    Idx.ofBytes(ElementType.UBYTE, labels, count)
        .write(folder.resolve(part + "-labels-idx1-ubyte"));
  }
}
