package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.NetworkAccess;

class PredictorTest {
  private static Network network(DataType type) {
    return Network.builder(20)
        .dense(8, relu())
        .dropout(0.5)
        .dense(3, softmax())
        .dataType(type)
        .seed(1)
        .build();
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').castTo(FLOAT).data().asFloat();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void answersAsTheNetworkDoesForAnyBatchInAnyOrder(DataType type) {
    Network network = network(type);
    try (Predictor predictor = Predictor.of(network)) {
      for (int batch : new int[] {1, 5, 1, 7, 2, 3, 4, 6, 5}) {
        INDArray x = Near.random(batch, FLOAT, batch, 20).castTo(type);
        float[] expected = floats(network.predict(x));
        assertThat(predictor.predict(floats(x))).isEqualTo(expected);
        float[] outputs = new float[3 * batch];
        predictor.predict(floats(x), outputs);
        assertThat(outputs).isEqualTo(expected);
        assertThat(predictor.predict(x)).isEqualTo(network.predict(x));
      }
    }
  }

  @Test
  void keepsItsBuffersAndReadsTheValuesOfNow() {
    Network network = network(FLOAT);
    INDArray x = Near.random(1, FLOAT, 1, 20);
    try (Predictor predictor = Predictor.of(network)) {
      INDArray first = predictor.predict(x);
      network.parameters().values().muli(0);
      assertThat(predictor.predict(x)).isSameAs(first);
      assertThat(floats(first)).containsOnly(1f / 3);
    }
  }

  @Test
  void manyShareOneNetwork() throws Exception {
    Network network = network(FLOAT);
    List<float[]> samples =
        IntStream.range(0, 500).mapToObj(i -> floats(Near.random(i, FLOAT, 1, 20))).toList();
    List<float[]> expected =
        samples.stream()
            .map(sample -> floats(network.predict(Nd4j.createFromArray(new float[][] {sample}))))
            .toList();
    Callable<List<float[]>> serve =
        () -> {
          try (Predictor predictor = Predictor.of(network)) {
            return samples.stream().map(predictor::predict).toList();
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<List<float[]>> answers :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> serve).toList())) {
        for (int i = 0; i < expected.size(); i++) {
          assertThat(answers.get().get(i)).isEqualTo(expected.get(i));
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Predictor predictor = Predictor.of(network(FLOAT))) {
      assertThatThrownBy(() -> predictor.predict(new float[0]))
          .isInstanceOf(ShapeMismatchException.class);
      assertThatThrownBy(() -> predictor.predict(new float[30]))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith(
              "Predictor: expected samples of 20 elements [20], one after the other, found 30 elements");
      assertThatThrownBy(() -> predictor.predict(new float[40], new float[3]))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith("Predictor: expected room for 2 x 3 outputs, found 3 elements");
      assertThatThrownBy(() -> predictor.predict(Nd4j.create(DOUBLE, 1, 20)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void isRefusedWhileAnotherThreadTrains() throws Exception {
    Network network = network(FLOAT);
    ExecutorService trainer = Executors.newSingleThreadExecutor();
    try (Predictor predictor = Predictor.of(network)) {
      NetworkAccess.Scope claim =
          trainer.submit(() -> NetworkAccess.get().claimForTraining(network)).get();
      assertThatIllegalStateException().isThrownBy(() -> predictor.predict(new float[20]));
      trainer.submit(claim::end).get();
      assertThat(predictor.predict(new float[20])).hasSize(3);
    } finally {
      trainer.shutdown();
    }
  }

  @Test
  void aSecondCallIsRefusedInWhateverFormItComes() throws Exception {
    Blocking layer = new Blocking(Shape.of(2));
    Network network = Network.builder(2).layer((input, type, random) -> layer).build();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Predictor predictor = Predictor.of(network)) {
      layer.block();
      Future<double[]> first = other.submit(() -> predictor.predict(new double[] {1, 2}));
      layer.awaitEntered();
      assertThatIllegalStateException()
          .isThrownBy(() -> predictor.predict(new double[] {3, 4}))
          .withMessageStartingWith(
              "Predictor: expected an open predictor, used by one call at a time, found a call while"
                  + " thread '");
      assertThatIllegalStateException().isThrownBy(() -> predictor.predict(new float[] {3, 4}));
      layer.release();
      assertThat(first.get()).containsExactly(1, 2);
      assertThat(predictor.predict(new double[] {3, 4})).containsExactly(3, 4);
    } finally {
      other.shutdown();
    }
  }

  @Test
  void anAnswerThatWasClosedIsReplaced() {
    for (Network network :
        List.of(network(FLOAT), Network.builder(2, 10).flatten().dense(20).flatten().build())) {
      float[] x = new float[20];
      try (Predictor predictor = Predictor.of(network)) {
        float[] expected = predictor.predict(x);
        long bytes = predictor.offHeapBytes();
        for (int i = 0; i < 3; i++) {
          long[] batch = network.inputShape().withBatch(1);
          try (INDArray y = predictor.predict(Nd4j.zeros(FLOAT, batch))) {
            assertThat(floats(y)).isEqualTo(expected);
          }
          assertThat(predictor.predict(x)).isEqualTo(expected);
        }
        assertThat(predictor.offHeapBytes()).isEqualTo(bytes);
      }
    }
  }
}
