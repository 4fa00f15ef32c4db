package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Near;
import org.nn4j.OffHeap;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PassMemory;

/** Objects with native memory: concurrent use, reentrant use, and close. */
class ClosingTest {
  private static final INDArray X = Near.random(1, FLOAT, 2, 3);

  private final Blocking layer = new Blocking(org.nn4j.Shape.of(4));
  private final Network network =
      Network.builder(3)
          .dense(4)
          .layer((input, type, random) -> layer)
          .dense(2, softmax())
          .seed(1)
          .build();
  private final ExecutorService other =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "other"));

  @AfterEach
  void end() {
    layer.release();
    other.shutdown();
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** Starts a call on the other thread, and returns while it is in the middle of a forward. */
  private <T> Future<T> underWay(Callable<T> call) {
    layer.block();
    Future<T> answer = other.submit(call);
    layer.awaitEntered();
    return answer;
  }

  private <T> T released(Future<T> answer) throws Exception {
    layer.release();
    return answer.get();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalStateException().isThrownBy(call).withMessage(message);
  }

  private static final String BUSY_PREDICTOR =
      "Predictor: expected an open predictor, used by one call at a time, found a call while thread"
          + " 'other' uses it; create a predictor for each thread, or use PredictorPool.of(network)";
  private static final String CLOSED_PREDICTOR =
      "Predictor: expected an open predictor, used by one call at a time, found a closed one; create a"
          + " predictor for each thread, or use PredictorPool.of(network)";
  private static final String CLOSED_NETWORK =
      "Network: expected to be open, found closed; close a network after"
          + " its last use, or make a copy()";

  @Test
  void aPredictorRefusesASecondThreadAndAnswersTheFirstRightly() throws Exception {
    float[] expected = floats(network.predict(X));
    try (Predictor predictor = Predictor.of(network)) {
      Future<float[]> answer = underWay(() -> predictor.predict(floats(X)));
      List<ThrowingCallable> calls =
          List.of(
              () -> predictor.predict(floats(X)),
              () -> predictor.predict(floats(X), new float[4]),
              () -> predictor.predict(X));
      for (ThrowingCallable call : calls) {
        assertRefused(call, BUSY_PREDICTOR);
      }
      assertThat(released(answer)).isEqualTo(expected);
      assertThat(predictor.predict(floats(X))).isEqualTo(expected);
    }
  }

  @Test
  void aPredictorRefusesToBeUsedFromWithinItself() {
    float[] expected = floats(network.predict(X));
    try (Predictor predictor = Predictor.of(network)) {
      layer.inside(() -> predictor.predict(new float[3]));
      assertRefused(
          () -> predictor.predict(floats(X)),
          "Predictor: expected an open predictor, used by one call at a time, found a call from"
              + " within another call on the same thread; create a predictor for each thread, or use"
              + " PredictorPool.of(network)");
      assertThat(predictor.predict(floats(X))).isEqualTo(expected);
    }
  }

  @Test
  void aBusyPredictorIsFreedAtTheEndOfTheCall() throws Exception {
    float[] expected = floats(network.predict(X));
    Predictor predictor = Predictor.of(network);
    Future<float[]> answer = underWay(() -> predictor.predict(floats(X)));
    INDArray buffer = layer.buffer();
    predictor.close();
    predictor.close();
    assertThat(buffer.wasClosed()).isFalse();
    assertRefused(() -> predictor.predict(floats(X)), CLOSED_PREDICTOR);
    assertThat(released(answer)).isEqualTo(expected);
    assertThat(buffer.wasClosed()).isTrue();
    assertThat(predictor.offHeapBytes()).isZero();
  }

  @Test
  void anArrayOfAPredictorThatWasClosedMeanwhileIsNotReturned() throws Exception {
    Predictor predictor = Predictor.of(network);
    Future<INDArray> answer = underWay(() -> predictor.predict(X));
    predictor.close();
    assertThatThrownBy(() -> released(answer))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(CLOSED_PREDICTOR);
  }

  @Test
  void aPredictorClosedFromWithinItselfIsFreedAtTheEnd() {
    Predictor predictor = Predictor.of(network);
    layer.inside(predictor::close);
    assertThat(predictor.predict(floats(X))).isEqualTo(floats(network.predict(X)));
    assertRefused(() -> predictor.predict(floats(X)), CLOSED_PREDICTOR);
  }

  @Test
  void aPassRefusesASecondThread() throws Exception {
    try (Pass pass = Pass.training()) {
      Layer dense = network.layers().get(0);
      Future<float[]> answer = underWay(() -> floats(network.forward(X, pass)));
      String message =
          "Pass: expected an open pass, used by one thread at a time, found a call while thread"
              + " 'other' uses it; make a pass for each thread, and use it before it is closed";
      List<ThrowingCallable> calls =
          List.of(
              () -> network.forward(X, pass),
              () -> network.backward(X, pass),
              () -> network.backwardParameters(X, pass),
              () -> dense.forward(X, pass),
              () -> squaredError().forward(X, X, pass),
              () -> pass.buffer(this, "b", FLOAT, 1),
              () -> pass.keep(this, "k", X),
              () -> pass.kept(this, "k"),
              () -> pass.state(this, int[].class, () -> new int[1]),
              PassMemory.of(pass)::states,
              PassMemory.of(pass)::forget);
      for (ThrowingCallable call : calls) {
        assertRefused(call, message);
      }
      assertThat(released(answer)).isEqualTo(floats(network.predict(X)));
      assertThat(floats(network.forward(X, pass))).isEqualTo(floats(network.predict(X)));
    }
  }

  @Test
  void aPassIsFreedAtTheEndOfTheForwardAndRefusesAllAfterIt() throws Exception {
    Pass pass = Pass.inference();
    network.forward(X, pass);
    assertThat(pass.offHeapBytes()).isEqualTo(4 * (2 * 4 + 2 * 4 + 2 * 2));
    Future<INDArray> answer = underWay(() -> network.forward(X, pass));
    pass.close();
    INDArray buffer = layer.buffer();
    assertThat(buffer.wasClosed()).isFalse();
    assertThat(released(answer).wasClosed()).isTrue();
    assertThat(pass.offHeapBytes()).isZero();
    pass.close();
    String message =
        "Pass: expected an open pass, used by one thread at a time, found a closed one; make a pass"
            + " for each thread, and use it before it is closed";
    assertRefused(() -> network.forward(X, pass), message);
    assertRefused(() -> network.layers().get(0).forward(X, pass), message);
    assertRefused(() -> crossEntropy().backward(pass), message);
    assertThatIllegalStateException().isThrownBy(() -> buffer.getFloat(0));
  }

  @Test
  void aForwardThatFailsLeavesThePassToOthers() throws Exception {
    try (Pass pass = Pass.training()) {
      layer.inside(
          () -> {
            throw new IllegalArgumentException("no");
          });
      assertThatThrownBy(() -> network.forward(X, pass)).hasMessage("no");
      assertThat(other.submit(() -> floats(network.forward(X, pass))).get())
          .isEqualTo(floats(network.predict(X)));
    }
  }

  @Test
  void buffersOfManyShapesAreFreedOneForwardLater() {
    try (Pass pass = Pass.inference()) {
      network.forward(Near.random(1, FLOAT, 1, 3), pass);
      INDArray first = layer.buffer();
      for (int rows = 2; rows <= 5; rows++) {
        network.forward(Near.random(1, FLOAT, rows, 3), pass);
      }
      assertThat(first.wasClosed()).isFalse();
      network.forward(Near.random(1, FLOAT, 5, 3), pass);
      assertThat(first.wasClosed()).isTrue();
      assertThat(pass.offHeapBytes()).isEqualTo(4 * (2 + 3 + 4 + 5) * (4 + 4 + 2));
    }
  }

  @Test
  void aPoolAnswersManyThreadsAsOneThreadIsAnswered() throws Exception {
    List<float[]> samples =
        IntStream.range(0, 200).mapToObj(i -> floats(Near.random(i, FLOAT, 1, 3))).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (PredictorPool pool = PredictorPool.of(network);
        Predictor serial = Predictor.of(network)) {
      List<Future<float[]>> answers =
          samples.stream()
              .map(
                  sample ->
                      threads.submit(
                          () -> {
                            float[] answer = new float[2];
                            pool.predict(sample, answer);
                            assertThat(pool.predict(sample)).isEqualTo(answer);
                            return answer;
                          }))
              .toList();
      for (int i = 0; i < samples.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(serial.predict(samples.get(i)));
      }
      assertThat(pool.offHeapBytes()).isPositive();
      assertThat(pool).hasToString("PredictorPool([3] -> [2])");
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aPoolMakesAPredictorForEachCallAtOnceAndFreesBusyOnesLater() throws Exception {
    PredictorPool pool = PredictorPool.of(network);
    Future<float[]> first = underWay(() -> pool.predict(floats(X)));
    INDArray busy = layer.buffer();
    layer.inside(() -> assertThat(layer.buffer()).isNotSameAs(busy));
    Future<float[]> underWay = first;
    pool.close();
    pool.close();
    assertThat(busy.wasClosed()).isFalse();
    assertRefused(
        () -> pool.predict(floats(X)),
        "PredictorPool: expected to be open, found closed; close the pool"
            + " after the last request");
    assertThat(released(underWay)).isEqualTo(floats(network.predict(X)));
    assertThat(busy.wasClosed()).isTrue();
    assertThat(pool.offHeapBytes()).isZero();
  }

  @Test
  void aPoolGivesAPredictorBackAfterAFailure() {
    try (PredictorPool pool = PredictorPool.of(network)) {
      assertThatThrownBy(() -> pool.predict(new float[2])).hasMessageStartingWith("Predictor: ");
      assertThat(pool.predict(floats(X))).isEqualTo(floats(network.predict(X)));
    }
  }

  @Test
  void aNetworkIsFreedAfterTheAnswersUnderWay() throws Exception {
    float[] expected = floats(network.predict(X));
    Parameter weight = network.layers().get(0).parameters().get(0);
    INDArray value = weight.value();
    try (Pass pass = Pass.inference()) {
      Future<float[]> answer = underWay(() -> floats(network.forward(X, pass)));
      network.close();
      assertThat(value.wasClosed()).isFalse();
      assertRefused(() -> network.predict(X), CLOSED_NETWORK);
      assertThat(released(answer)).isEqualTo(expected);
    }
    assertThat(value.wasClosed()).isTrue();
    assertThat(network.offHeapBytes()).isZero();
  }

  @Test
  void aClosedNetworkRefusesAllThatReadsItsParameters() {
    INDArray values = network.parameters().values();
    INDArray gradients = network.parameters().gradients();
    Parameter weight = network.layers().get(0).parameters().get(0);
    INDArray value = weight.value();
    INDArray gradient = weight.gradient();
    Network logits = network.withoutActivation();
    Predictor predictor = Predictor.of(network);
    PredictorPool pool = PredictorPool.of(network);
    Pass pass = Pass.inference();
    Network copy = network.copy();
    float[] expected = floats(network.predict(X));

    network.close();
    network.close();

    List<ThrowingCallable> calls =
        List.of(
            () -> network.predict(X),
            () -> network.forward(X, network.trainingPass()),
            () -> network.backward(X, network.trainingPass()),
            () -> network.forward(X, pass),
            () -> Predictor.of(network),
            () -> PredictorPool.of(network),
            () -> network.copy(),
            () -> NetworkReport.of(network, X),
            () -> NetworkAccess.get().claimForTraining(network),
            () -> network.zeroGrad(),
            () -> network.parameters().values(),
            () -> network.parameters().gradients(),
            () -> network.parameters().setValues(X),
            () -> network.parameters().setGradients(X),
            () -> adam(0.1).step(network.parameters()),
            () -> logits.predict(X),
            () -> predictor.predict(new float[3]),
            () -> pool.predict(new float[3]));
    for (ThrowingCallable call : calls) {
      assertRefused(call, CLOSED_NETWORK);
    }
    List<ThrowingCallable> ofParameter = List.of(weight::value, weight::gradient, weight::zeroGrad);
    for (ThrowingCallable call : ofParameter) {
      assertRefused(
          call,
          "Parameter weight: expected a network that is open, found a closed one; use parameters"
              + " before the network is closed, and copy arrays that must outlive it");
    }
    for (INDArray array : List.of(values, gradients, value, gradient)) {
      assertThat(array.wasClosed()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> array.getFloat(0));
      assertThatIllegalStateException().isThrownBy(() -> array.muli(2));
    }
    assertThat(floats(copy.predict(X))).isEqualTo(expected);
    predictor.close();
    pool.close();
  }

  @Test
  void aNetworkIsNotClosedWhileItIsTrained() throws Exception {
    NetworkAccess.Scope claim =
        other.submit(() -> NetworkAccess.get().claimForTraining(network)).get();
    assertRefused(
        network::close,
        "Network: expected no training during close, found thread 'other' training it; stop"
            + " the trainer, and close the network when fit has returned");
    claim.end(); // on another thread than the one that claimed
    assertThat(network.predict(X).rows()).isEqualTo(2);
    network.close();
    assertThat(network.offHeapBytes()).isZero();
  }

  @Test
  void whatSharesParametersOwnsItsBuffersAlone() {
    Network logits = network.withoutActivation();
    assertThat(logits.offHeapBytes()).isZero();
    logits.forward(X, logits.trainingPass());
    assertThat(logits.offHeapBytes()).isPositive();
    logits.close();
    assertThat(logits.offHeapBytes()).isZero();
    assertRefused(() -> logits.predict(X), CLOSED_NETWORK);
    assertThat(network.predict(X).rows()).isEqualTo(2);
  }

  @Test
  void aNestedNetworkIsClosedWithTheOneAroundIt() {
    Network whole =
        Network.builder(3).layer(Network.builder(3).dense(5).spec()).dense(2).seed(1).build();
    Network nested = (Network) whole.layers().get(0);
    INDArray values = nested.parameters().values();
    assertThat(nested.offHeapBytes()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(nested.parameters()::close)
        .withMessage(
            "ParameterVector: expected parameters that belong to no other network, found those of a"
                + " nested network; close the network that it is nested in");
    whole.close();
    assertRefused(() -> nested.predict(X), CLOSED_NETWORK);
    assertThatIllegalStateException().isThrownBy(() -> values.getFloat(0));
  }

  @Test
  void bytesAreThoseOfParametersGradientsAndBuffers() {
    Network plain = Network.builder(3).dense(4).dense(2, softmax()).build();
    long parameters = 3 * 4 + 4 + 4 * 2 + 2;
    long atFirst = plain.offHeapBytes();
    // Values and gradients begin with a line of the caches: each has room for less than one more.
    assertThat(atFirst).isBetween(2 * 4 * parameters, 2 * 4 * parameters + 2 * 64);
    plain.forward(X, plain.trainingPass());
    assertThat(plain.offHeapBytes()).isEqualTo(atFirst + 4 * (2 * 4 + 2 * 2));
    plain.predict(X);
    assertThat(plain.offHeapBytes()).isEqualTo(atFirst + 2 * 4 * (2 * 4 + 2 * 2));
    OffHeap closeable = plain;
    closeable.close();
    assertThat(plain.offHeapBytes()).isZero();
  }

  @Test
  void closingANestedNetworkFreesItsBuffersAlone() {
    Network whole =
        Network.builder(3).layer(Network.builder(3).dense(3).spec()).dense(2).seed(1).build();
    Network nested = (Network) whole.layers().get(0);
    double[] before = Near.doubles(whole.predict(X));
    double[] inner = Near.doubles(nested.predict(X));
    nested.close();
    assertThat(nested.offHeapBytes()).isZero();
    assertThat(Near.doubles(whole.predict(X))).containsExactly(before);
    assertThat(Near.doubles(whole.copy().predict(X))).containsExactly(before);
    assertThat(Near.doubles(nested.predict(X))).containsExactly(inner);
    nested.close();
    whole.close();
    assertRefused(() -> nested.predict(X), CLOSED_NETWORK);
  }
}
