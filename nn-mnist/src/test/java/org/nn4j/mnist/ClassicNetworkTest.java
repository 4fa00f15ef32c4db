package org.nn4j.mnist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.loss.Losses.squaredError;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Pass;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;

/**
 * The classic network on the real images against PyTorch in float64: one epoch in file order, with
 * weights from a generator that is written out in the reference file.
 */
class ClassicNetworkTest {
  /**
   * At rate 3.0 rounding errors grow until runs part: a change of one weight by 1e-15 of its size
   * moves the number of correct images after 6,000 steps by 30, and so does any other order of
   * summation. Up to this step all agree to nine digits; from there on only the outcome is
   * compared.
   */
  private static final int LAST_EXACT_STEP = 100;

  @Test
  @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
  void followsTheReferenceStepByStep() throws IOException {
    JsonObject reference = reference();
    LabeledImages mnist = ImageSet.MNIST.load(Path.of(System.getenv("MNIST_DIR")));
    Network network =
        Network.builder(784).dense(40, sigmoid()).dense(10, sigmoid()).dataType(DOUBLE).build();
    network.parameters().values().assign(initialWeights((int) network.parameters().length()));

    Loss loss = squaredError();
    Optimizer sgd = Optimizers.sgd(3.0);
    Pass pass = network.trainingPass();
    int step = 0;
    double lossSum = 0;
    for (Batch batch : Batches.inOrder(mnist.train(), 10, DOUBLE).epoch(1)) {
      network.zeroGrad();
      INDArray predictions = network.forward(batch.inputs(), network.trainingPass());
      double value = loss.forward(predictions, batch.targets(), pass);
      network.backward(loss.backward(pass), network.trainingPass());
      sgd.step(network.parameters());

      lossSum += value;
      if (step < 20) {
        double expected =
            reference.getAsJsonArray("loss_before_step_1_to_20").get(step).getAsDouble();
        assertThat(value).as("loss before step %s", step + 1).isEqualTo(expected, within(1e-9));
      }
      step++;
      JsonObject after = reference.getAsJsonObject("after_step").getAsJsonObject("" + step);
      if (after != null) {
        compare(after, network, step, lossSum / step);
        assertThat((int) correct(network, mnist.test()))
            .as("correct test images after %s steps", step)
            .isCloseTo(
                after.get("test_correct_of_10000").getAsInt(),
                within(step <= LAST_EXACT_STEP ? 5 : 300));
      }
    }
    assertThat(step).isEqualTo(6000);
  }

  private static void compare(JsonObject after, Network network, int step, double meanLoss) {
    if (step <= LAST_EXACT_STEP) {
      assertThat(meanLoss)
          .as("mean loss of %s steps", step)
          .isEqualTo(after.get("mean_loss_so_far").getAsDouble(), within(1e-9));
      INDArray bias = network.parameters().get(3).value();
      for (int j = 0; j < 10; j++) {
        assertThat(bias.getDouble(j))
            .as("bias of output %s after %s steps", j, step)
            .isEqualTo(after.getAsJsonArray("bias_output").get(j).getAsDouble(), within(1e-9));
      }
    }
  }

  private static JsonObject reference() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                ClassicNetworkTest.class.getResourceAsStream("/reference/mnist_784_40_10.json")),
            UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  /**
   * Numbers of variance 1 from a linear congruential generator, in the order of the packed vector.
   */
  private static INDArray initialWeights(int length) {
    double[] weights = new double[length];
    long state = 42;
    for (int i = 0; i < length; i++) {
      state = (1103515245L * state + 12345) % (1L << 31);
      weights[i] = ((double) state / (1L << 31) - 0.5) * 2 * Math.sqrt(3);
    }
    return Nd4j.createFromArray(weights);
  }

  private static long correct(Network network, Dataset test) {
    Metric accuracy = Metrics.accuracy();
    for (Batch batch : Batches.inOrder(test, 1000, DOUBLE).evaluation()) {
      accuracy.update(network.predict(batch.inputs()), batch.targets());
    }
    return Math.round(accuracy.value() * test.size());
  }
}
