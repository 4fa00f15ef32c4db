package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.onBatchEnd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.Progress;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainingListener;

class TrainingLockTest {
  private static final Dataset DATA = Dataset.ofLabels(random(1, FLOAT, 64, 2), new int[64], 4);

  private static Network network() {
    return Network.builder(2).dense(16, tanh()).dense(4, softmax()).seed(1).build();
  }

  private static Trainer trainer(Network network) {
    return Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.1)).build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs on a thread of its own, and throws what it throws. */
  private static <T> T elsewhere(Callable<T> work) throws Throwable {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "elsewhere");
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  @Test
  void whileOneThreadTrainsOthersMayNeitherTrainNorPredict() {
    Network network = network();
    NetworkAccess.Scope claim = NetworkAccess.get().claimForTraining(network);
    String me = Thread.currentThread().getName();
    assertThatThrownBy(() -> elsewhere(() -> trainer(network).fit(DATA)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Network: expected to be trained by one thread at a time, found thread '"
                + me
                + "' training it; wait for the end of that training, or train a copy");
    assertThatThrownBy(() -> elsewhere(() -> network.predict(random(1, FLOAT, 1, 2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Network: expected constant parameters during predict, copy and save, found thread"
                + " '"
                + me
                + "' training it; call it before or after training, or in a listener; predict with a"
                + " copy");
    assertThatThrownBy(() -> elsewhere(() -> Evaluator.of(network).evaluate(DATA)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> trainer(network).fit(DATA))
        .as("a second training on the same thread would change the network under the first")
        .isInstanceOf(IllegalStateException.class);
    assertThat(network.predict(random(1, FLOAT, 1, 2)).columns()).isEqualTo(4);
    claim.end();
    trainer(network).fit(DATA);
  }

  @Test
  void nestedAndFusedNetworksAreTrainedWithTheirWhole() throws Throwable {
    Network outer =
        Network.builder(2)
            .layer(Network.builder(2).layer(Network.builder(2).dense(3).spec()).spec())
            .dense(4, softmax())
            .build();
    Network inner = (Network) outer.layers().get(0);
    Network innermost = (Network) inner.layers().get(0);
    NetworkAccess.Scope claim = NetworkAccess.get().claimForTraining(outer.withoutActivation());
    for (Network each : List.of(outer, inner, innermost)) {
      assertThatThrownBy(() -> elsewhere(() -> NetworkAccess.get().claimForTraining(each)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> elsewhere(() -> each.predict(random(1, FLOAT, 1, 2))))
          .isInstanceOf(IllegalStateException.class);
    }
    claim.end();
    elsewhere(() -> innermost.predict(random(1, FLOAT, 1, 2)));
  }

  @Test
  void aPredictionThatTrainingOvertookIsRefused() {
    TrainingLock lock = new TrainingLock();
    long stamp = lock.beginReading();
    lock.endReading(stamp);
    lock.claim().end();
    assertThatThrownBy(() -> lock.endReading(stamp))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found another thread training it");
  }

  @Test
  void eachAnswerBesideTrainingIsThatOfTheBeginningOrTheEndOrRefused() throws Exception {
    Network network = network();
    INDArray x = random(2, FLOAT, 3, 2);
    double[] before = doubles(network.predict(x));
    // Ten epochs take some milliseconds: the first step waits until a prediction fell into them.
    CountDownLatch overlapped = new CountDownLatch(1);
    TrainingListener holdOn = onBatchEnd((event, training) -> await(overlapped));
    Trainer trainer =
        Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.1)).listener(holdOn).build();
    Thread training = new Thread(() -> trainer.fit(DATA));
    List<double[]> answers = new ArrayList<>();
    int refused = 0;
    training.start();
    while (training.isAlive()) {
      try {
        answers.add(doubles(network.predict(x)));
      } catch (IllegalStateException e) {
        refused++;
        overlapped.countDown();
      }
    }
    training.join();
    double[] after = doubles(network.predict(x));
    assertThat(after).isNotEqualTo(before);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(List.of(before, after)).containsAnyOf(answer));
    assertThat(refused).isPositive();
  }

  @Test
  void predictionsOfEightThreadsAreThoseOfOne() throws Exception {
    Network network = network();
    List<INDArray> inputs = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(random(i, FLOAT, 1 + i, 2));
      expected.add(doubles(network.predict(inputs.get(i))));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread;
        done.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    int i = (first + n) % 8;
                    assertThat(doubles(network.predict(inputs.get(i))))
                        .containsExactly(expected.get(i));
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whileOneThreadTrainsOnlyItMayCopyAndSave(@TempDir Path folder) throws Throwable {
    Network network = network();
    Optimizer optimizer = sgd(0.1);
    Path file = folder.resolve("network.safetensors");
    ModelFiles.save(network, file);
    byte[] before = Files.readAllBytes(file);
    NetworkAccess.Scope claim = NetworkAccess.get().claimForTraining(network);
    network.parameters().values().addi(1);
    List<Callable<?>> calls =
        List.of(
            network::copy,
            () -> save(network, file),
            () -> Checkpoint.of(network, optimizer, Progress.START));
    for (Callable<?> call : calls) {
      assertThatThrownBy(() -> elsewhere(call))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "Network: expected constant parameters during predict, copy and save, found thread");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    for (Callable<?> call : calls) {
      call.call();
    }
    claim.end();
    assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
  }

  @Test
  void whileOneThreadTrainsOnlyItMayRestoreACheckpoint() throws Throwable {
    Network network = network();
    Optimizer optimizer = sgd(0.1);
    Checkpoint checkpoint = Checkpoint.of(network, optimizer, Progress.START);
    double[] before = doubles(network.parameters().values());
    NetworkAccess.Scope claim = NetworkAccess.get().claimForTraining(network);
    network.parameters().values().addi(1);
    assertThatThrownBy(
            () ->
                elsewhere(
                    () -> {
                      checkpoint.restore(network, optimizer);
                      return network;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Network: expected to be trained by one thread at a time, found");
    assertThat(doubles(network.parameters().values())).isNotEqualTo(before);
    checkpoint.restore(network, optimizer);
    assertThat(doubles(network.parameters().values())).containsExactly(before);
    assertThatThrownBy(() -> elsewhere(() -> network.predict(random(1, FLOAT, 1, 2))))
        .as("the training goes on")
        .isInstanceOf(IllegalStateException.class);
    claim.end();
    checkpoint.restore(network, optimizer);
    trainer(network).fit(DATA);
  }

  private static Path save(Network network, Path file) {
    try {
      ModelFiles.save(network, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
