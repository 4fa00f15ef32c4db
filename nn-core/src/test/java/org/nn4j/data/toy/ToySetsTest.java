package org.nn4j.data.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.doubles;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.sgd;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;

class ToySetsTest {
  private static Batch all(Dataset data) {
    return Batches.inOrder(data, data.size(), DOUBLE).evaluation().iterator().next();
  }

  private static double[] inputs(Dataset data) {
    return doubles(all(data).inputs());
  }

  private static double[] targets(Dataset data) {
    return doubles(all(data).targets());
  }

  /** Worked out by hand: r = ½ and 1, t = πk + 4r. */
  @Test
  void theArmsOfASpiralTurnByFourRadians() {
    Dataset spiral = ToySets.spiral(2, 2, 0, 1);
    assertThat(inputs(spiral))
        .containsExactly(
            new double[] {
              0.5 * Math.sin(2), 0.5 * Math.cos(2), Math.sin(4), Math.cos(4),
              -0.5 * Math.sin(2), -0.5 * Math.cos(2), -Math.sin(4), -Math.cos(4)
            },
            within(1e-15));
    assertThat(spiral.classes()).containsExactly(0, 0, 1, 1);
    assertThat(spiral.targetShape()).isEqualTo(Shape.of(2));
  }

  @Test
  void theNoiseOfASpiralIsInTheAngle() {
    double[] x = inputs(ToySets.spiral(3, 500, 0.2, 1));
    double[] exact = inputs(ToySets.spiral(3, 500, 0, 1));
    double squares = 0;
    for (int i = 0; i < x.length; i += 2) {
      assertThat(Math.hypot(x[i], x[i + 1]))
          .isCloseTo(Math.hypot(exact[i], exact[i + 1]), within(1e-12));
      double angle =
          Math.atan2(
              x[i] * exact[i + 1] - x[i + 1] * exact[i], x[i] * exact[i] + x[i + 1] * exact[i + 1]);
      squares += angle * angle;
    }
    assertThat(Math.sqrt(squares / 1500)).isCloseTo(0.2, within(0.015));
  }

  @Test
  void moonsReachIntoEachOther() {
    Dataset moons = ToySets.moons(3, 0, 1);
    assertThat(inputs(moons))
        .containsExactly(new double[] {1, 0, 0, 1, -1, 0, 0, 0.5, 1, -0.5, 2, 0.5}, within(1e-15));
    assertThat(targets(moons)).containsExactly(1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1);
    assertThat(inputs(ToySets.moons(1, 0, 1))).containsExactly(1, 0, 0, 0.5);
  }

  @Test
  void circlesHaveOneCenter() {
    Dataset circles = ToySets.circles(4, 0.5, 0, 1);
    assertThat(inputs(circles))
        .containsExactly(
            new double[] {1, 0, 0, 1, -1, 0, 0, -1, 0.5, 0, 0, 0.5, -0.5, 0, 0, -0.5},
            within(1e-15));
    assertThat(circles.classes()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void noiseHasTheStandardDeviationThatItIsGiven() {
    for (int set = 0; set < 3; set++) {
      double[] exact = inputs(noisySet(set, 0));
      double[] noisy = inputs(noisySet(set, 0.3));
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < exact.length; i++) {
        double difference = noisy[i] - exact[i];
        sum += difference;
        squares += difference * difference;
      }
      assertThat(sum / exact.length).isCloseTo(0, within(0.03));
      assertThat(Math.sqrt(squares / exact.length)).isCloseTo(0.3, within(0.02));
    }
  }

  private static Dataset noisySet(int set, double noise) {
    return switch (set) {
      case 0 -> ToySets.moons(500, noise, 7);
      case 1 -> ToySets.circles(500, 0.5, noise, 7);
      default -> ToySets.xor(250, noise, 7);
    };
  }

  @Test
  void xorIsItsTable() {
    assertThat(inputs(ToySets.xor())).containsExactly(0, 0, 0, 1, 1, 0, 1, 1);
    assertThat(targets(ToySets.xor())).containsExactly(0, 1, 1, 0);
    assertThat(targets(ToySets.xor(2, 0.1, 3))).containsExactly(0, 0, 1, 1, 1, 1, 0, 0);
  }

  @Test
  void linearTargetsAreThoseOfTheWeights() {
    Dataset known = ToySets.linear(50, new double[] {2, -3.4}, 4.2, 0, 1);
    assertTargets(known, 4.2, 2, -3.4);
    LinearProblem drawn = ToySets.linear(50, 3, 0, 1);
    assertThat(drawn.weights()).hasSize(3).doesNotHaveDuplicates();
    assertTargets(
        drawn.data(),
        drawn.bias(),
        drawn.weights().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void assertTargets(Dataset data, double bias, double... weights) {
    Batch batch = all(data);
    double[][] x = batch.inputs().toDoubleMatrix();
    for (int i = 0; i < x.length; i++) {
      double y = bias;
      for (int j = 0; j < weights.length; j++) {
        y += x[i][j] * weights[j];
      }
      assertThat(batch.targets().getDouble(i, 0)).isCloseTo(y, within(1e-12));
    }
  }

  @Test
  void aRegressionFindsTheWeights() {
    LinearProblem problem = ToySets.linear(200, 3, 0.01, 5);
    Network network = Network.builder(3).dense(1).dataType(DOUBLE).seed(1).build();
    Trainer.builder(network)
        .loss(squaredError())
        .optimizer(sgd(0.05))
        .batchSize(20)
        .epochs(30)
        .build()
        .fit(problem.data());
    double[] found = doubles(network.parameters().values());
    for (int j = 0; j < 3; j++) {
      assertThat(found[j]).isCloseTo(problem.weights().get(j), within(0.01));
    }
    assertThat(found[3]).isCloseTo(problem.bias(), within(0.01));
  }

  @Test
  void aSmallNetworkSeparatesTheSpiral() {
    Dataset spiral = ToySets.spiral(3, 100, 0.1, 1);
    Network network = Network.builder(2).dense(32, tanh()).dense(3, softmax()).seed(1).build();
    Trainer trainer =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(adam(0.02))
            .batchSize(30)
            .epochs(100)
            .build();
    trainer.fit(spiral);
    assertThat(Evaluator.of(network).metrics(accuracy()).evaluate(spiral).value(accuracy()))
        .isGreaterThan(0.97);
  }

  /** Computed once on linux-x86_64 under JDK 17; all machines have to agree. */
  @Test
  void theNumbersAreTheSameEverywhere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Dataset[] sets = {
      ToySets.spiral(3, 100, 0.2, 1),
      ToySets.moons(100, 0.1, 2),
      ToySets.circles(100, 0.5, 0.05, 3),
      ToySets.xor(25, 0.1, 4),
      ToySets.linear(100, new double[] {1, 2}, 3, 0.1, 5),
      ToySets.linear(100, 4, 0.1, 6).data()
    };
    for (Dataset set : sets) {
      update(digest, all(set).inputs());
      update(digest, all(set).targets());
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("47111a81bb60b58f93729e81e4fbc5b6572592592e5d4073c166f3e3a9a87a72");
    assertThat(inputs(ToySets.moons(100, 0.1, 3))).isNotEqualTo(inputs(ToySets.moons(100, 0.1, 2)));
  }

  private static void update(MessageDigest digest, INDArray array) {
    ByteBuffer bytes = ByteBuffer.allocate((int) array.length() * Double.BYTES);
    bytes.asDoubleBuffer().put(doubles(array));
    digest.update(bytes);
  }

  @Test
  void refusesSetsThatAreNone() {
    assertThatThrownBy(() -> ToySets.spiral(0, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ToySets.spiral: expected a positive number of arms, found 0; pass 1 or more");
    assertThatThrownBy(() -> ToySets.spiral(2, 0, 0, 1))
        .hasMessageContaining("a positive number of points per arm, found 0");
    assertThatThrownBy(() -> ToySets.moons(10, -0.1, 1))
        .hasMessage(
            "ToySets.moons: expected a finite noise of 0 or more, found -0.1; pass 0 or a number above 0");
    assertThatThrownBy(() -> ToySets.moons(0, 0, 1)).hasMessageContaining("points per moon");
    assertThatThrownBy(() -> ToySets.circles(10, 1, 0, 1))
        .hasMessage(
            "ToySets.circles: expected inner radius in (0, 1), found 1.0; correct the argument");
    assertThatThrownBy(() -> ToySets.circles(0, 0.5, 0, 1))
        .hasMessageContaining("points per circle");
    assertThatThrownBy(() -> ToySets.xor(0, 0, 1)).hasMessageContaining("points per corner");
    assertThatThrownBy(() -> ToySets.xor(1, Double.NaN, 1)).hasMessageContaining("found NaN");
    assertThatThrownBy(() -> ToySets.linear(0, 2, 0, 1))
        .hasMessage(
            "ToySets.linear: expected a positive number of samples, found 0; pass 1 or more");
    assertThatThrownBy(() -> ToySets.linear(1, 0, 0, 1))
        .hasMessageContaining("a positive number of inputs");
    assertThatThrownBy(() -> ToySets.linear(1, new double[0], 0, 0, 1))
        .hasMessageContaining("a positive number of weights, found 0");
    assertThatThrownBy(() -> ToySets.linear(1, new double[] {Double.NaN}, 0, 0, 1))
        .hasMessageContaining("a finite weight, found NaN");
    assertThatThrownBy(() -> ToySets.linear(1, new double[1], Double.NaN, 0, 1))
        .hasMessageContaining("a finite bias, found NaN");
  }
}
