package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adamW;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.factory.DataBufferFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;
import org.nn4j.model.PredictorPool;
import org.nn4j.persistence.Checkpoint;

/**
 * Each allocation of an array in turn runs out of memory, the first, the second, and so on: the
 * call fails with that error, and the same call on the same objects then gives what it would have
 * given.
 */
class AllocationFailureTest {
  private static final int MAX_ALLOCATIONS = 2000;

  private final DataBufferFactory factory = Nd4j.getDataBufferFactory();

  /** Buffers until one fails; none fails while it is 0. */
  private final AtomicInteger left = new AtomicInteger();

  private Thread failing = Thread.currentThread();

  AllocationFailureTest() throws ReflectiveOperationException {
    set(
        (DataBufferFactory)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataBufferFactory.class},
                (proxy, method, arguments) -> {
                  if (method.getName().startsWith("create")
                      && Thread.currentThread().equals(failing)
                      && left.get() > 0
                      && left.decrementAndGet() == 0) {
                    throw new OutOfMemoryError("injected");
                  }
                  try {
                    return method.invoke(factory, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
  }

  private static void set(DataBufferFactory value) throws ReflectiveOperationException {
    Field field = Nd4j.class.getDeclaredField("DATA_BUFFER_FACTORY_INSTANCE");
    field.setAccessible(true);
    field.set(null, value);
  }

  @AfterEach
  void putBack() throws ReflectiveOperationException {
    left.set(0);
    set(factory);
  }

  /**
   * Runs a call on new objects for each allocation that it has, and once more after the failure.
   */
  private <T, R> int check(Supplier<T> objects, Function<T, R> call) {
    R expected = call.apply(objects.get());
    for (int failAt = 1; failAt < MAX_ALLOCATIONS; failAt++) {
      T subject = objects.get();
      left.set(failAt);
      R result;
      try {
        result = call.apply(subject);
      } catch (OutOfMemoryError e) {
        assertThat(e).hasMessage("injected");
        left.set(0);
        assertThat(call.apply(subject))
            .as("after allocation %d failed", failAt)
            .isEqualTo(expected);
        continue;
      }
      left.set(0);
      assertThat(result).isEqualTo(expected);
      return failAt - 1;
    }
    throw new AssertionError("more than " + MAX_ALLOCATIONS + " allocations");
  }

  private static Network network(DataType type) {
    return Network.builder(3)
        .dense(4, relu())
        .layer(Network.builder(4).dense(4, relu()).spec())
        .dense(2, softmax())
        .dataType(type)
        .seed(1)
        .build();
  }

  private static final double[][] X = new double[7][3];
  private static final int[] Y = {0, 1, 1, 0, 1, 0, 0};

  static {
    SeededRandom random = new SeededRandom(1);
    for (double[] row : X) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextGaussian();
      }
    }
  }

  private static Trainer trainer(Network network) {
    return Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adamW(0.1, 0.01))
        .validationSplit(0.3)
        .metric(accuracy())
        .batchSize(2)
        .epochs(2)
        .build();
  }

  private static float[] values(Network network) {
    return network.parameters().values().dup().castTo(DataType.FLOAT).data().asFloat();
  }

  private static float[] row(INDArray answers) {
    return answers.dup('c').castTo(DataType.FLOAT).data().asFloat();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void ofBuilding(DataType type) {
    int allocations = check(() -> type, t -> values(network(t)));
    assertThat(allocations).isGreaterThan(10);
  }

  @Test
  void ofTraining() {
    record Run(Network network, Trainer trainer, Dataset data) {}
    int allocations =
        check(
            () -> {
              Network network = network(DataType.FLOAT);
              return new Run(network, trainer(network), Dataset.ofLabels(X, Y, 2));
            },
            run -> {
              run.trainer().fit(run.data());
              left.set(0); // what was trained is read without a failure
              NetworkAccess.get().claimForTraining(run.network()).end();
              return values(run.network());
            });
    assertThat(allocations).isGreaterThan(20);
  }

  @Test
  void ofTakingUpACheckpoint() {
    Network trained = network(DataType.FLOAT);
    Trainer first = trainer(trained);
    first.fit(Dataset.ofLabels(X, Y, 2));
    Checkpoint checkpoint = first.checkpoint();
    check(
        () -> trainer(network(DataType.FLOAT)),
        trainer -> {
          try {
            trainer.resume(checkpoint);
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
          return trainer.progress();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void ofAnswers(DataType type) {
    INDArray x = Near.random(1, DataType.FLOAT, 2, 3).castTo(type);
    check(() -> network(type), network -> row(network.predict(x)));
    check(() -> Predictor.of(network(type)), predictor -> row(predictor.predict(x)));
    check(() -> Predictor.of(network(type)), predictor -> predictor.predict(new float[6]));
    check(() -> PredictorPool.of(network(type)), pool -> pool.predict(new float[6]));
    check(() -> network(type), network -> values(network.copy()));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void ofEvaluating(DataType type) {
    check(
        () -> network(type),
        network -> {
          try (Dataset data = Dataset.ofLabels(X, Y, 2)) {
            return Evaluator.of(network).metrics(accuracy()).evaluate(data);
          }
        });
  }

  @Test
  void theErrorReachesTheCaller() {
    Network network = network(DataType.FLOAT);
    left.set(1);
    assertThatThrownBy(() -> Predictor.of(network).predict(new float[3]))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("injected");
    try (Predictor predictor = Predictor.of(network)) {
      assertThat(predictor.predict(new float[3])).hasSize(2);
    }
  }
}
