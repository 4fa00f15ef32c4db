package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;

/** The real files, in the folder of MNIST_DIR. */
@EnabledIfEnvironmentVariable(
    named = "MNIST_DIR",
    matches = ".+",
    disabledReason = "set MNIST_DIR to the directory with the four MNIST files")
class MnistFilesTest {
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static LabeledImages mnist;

  @BeforeAll
  static void load() throws IOException {
    mnist = ImageSet.MNIST.load(Path.of(System.getenv("MNIST_DIR")));
  }

  @Test
  void thereAreSixtyThousandAndTenThousandSamples() {
    assertThat(mnist.train().size()).isEqualTo(60_000);
    assertThat(mnist.test().size()).isEqualTo(10_000);
    for (Dataset data : new Dataset[] {mnist.train(), mnist.test()}) {
      assertThat(data.inputShape()).isEqualTo(Shape.of(784));
      assertThat(data.targetShape()).isEqualTo(Shape.of(10));
    }
  }

  @Test
  void firstDigitsAreFiveAndSeven() {
    assertThat(first(mnist.train()).targets().argMax(1).getInt(0)).isEqualTo(5);
    assertThat(first(mnist.test()).targets().argMax(1).getInt(0)).isEqualTo(7);
  }

  @Test
  void meanPixelIsTheOneThatEverybodyNormalizesWith() {
    double sum = 0;
    for (Batch batch : Batches.inOrder(mnist.train(), 1_000, DataType.DOUBLE).evaluation()) {
      sum += Arrays.stream(batch.inputs().data().asDouble()).sum();
    }
    assertThat(sum / (60_000 * 784)).isCloseTo(0.1307, within(5e-5));
  }

  private static Batch first(Dataset data) {
    return Batches.inOrder(data, 1, DataType.FLOAT).evaluation().iterator().next();
  }
}
