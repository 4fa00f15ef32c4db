package org.nn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.image.ImageAugmentation;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Regressor;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.io.Settings;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.train.DataParallel;
import org.nn4j.train.Trainer;
import org.nn4j.tuning.Candidate;
import org.nn4j.tuning.CrossValidation;
import org.nn4j.tuning.Folds;
import org.nn4j.tuning.Hyperparameter;
import org.nn4j.tuning.Search;
import org.nn4j.weights.WeightMap;
import org.nn4j.weights.Weights;
import org.slf4j.helpers.NOPLogger;

/** Each public call with null in the place of each argument that may not be null. */
class NullArgumentsTest {
  /**
   * Left out: the words of a message itself, what a trainer passes to what users implement, and
   * records of results that the library makes.
   */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "Require\\..*|.*Exception\\..*|.*\\.valueOf|.*\\.on[A-Z].*|train\\.EpochResult\\..*"
              + "|train\\.TrainingListener\\$.*|model\\.LayerReport\\..*|check\\.GradientCheck\\$.*"
              + "|tuning\\.\\w+\\$Recipe\\..*|train\\.DataParallel\\.next");

  /** What users implement, and what a test has no object of, or no array. */
  private static final Set<String> UNREACHED =
      Set.of(
          "RunLength.org.nn4j.RunLength",
          "io.FileAccess$Save.to",
          "optim.UpdateRule$WithLoop.loop",
          "optim.UpdateRule.operations",
          "train.Monitor.requireIn",
          "train.Training.stop",
          "tuning.Hyperparameter.choice",
          "tuning.Hyperparameter.when",
          "tuning.Search.grid",
          "tuning.Search.halving",
          "tuning.Search.hyperband",
          "tuning.Search.random");

  private static final String FOUR_PARTS = ".+: expected .+, found null; .+";

  private static PublicApi api(Path folder) throws Throwable {
    Network network = Network.builder(2).dense(2, Activations.softmax()).build();
    INDArray x = Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}});
    Dataset data = Dataset.of(x, x);
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(network, file);
    Path csv = folder.resolve("data.csv");
    Files.writeString(csv, "a,b\n1,2\n3,4\n");
    CsvFormat format = CsvFormat.withHeader().target("b");
    Trainer trainer =
        Trainer.builder(network)
            .loss(Losses.squaredError())
            .optimizer(Optimizers.sgd(0.1))
            .epochs(1)
            .build();
    Random random = new Random(1);
    List<Object> samples =
        new ArrayList<>(
            List.of(
                network,
                Predictor.of(network),
                x,
                data,
                Batches.inOrder(data, 2, DataType.FLOAT),
                Activations.relu(),
                Activations.softmax(),
                Losses.squaredError(),
                Losses.crossEntropy(),
                Losses.softmaxCrossEntropy(),
                Optimizers.sgd(0.1),
                Optimizers.adam(),
                Schedules.constant(0.1),
                Metrics.accuracy(),
                Metrics.confusionMatrix(2),
                Trainer.builder(network),
                trainer,
                Evaluator.of(network),
                Network.builder(2),
                format,
                format.columnsOf(csv),
                SafetensorsReader.open(file),
                ModelRegistry.standard(),
                Weights.read(file),
                WeightMap.byName(),
                NOPLogger.NOP_LOGGER,
                Settings.none(),
                Shape.of(2),
                file,
                "a",
                1.0,
                1,
                1L,
                DataType.FLOAT,
                StandardCharsets.UTF_8,
                new SeededRandom(1),
                random,
                ImageAugmentation.of(1, 2),
                Sample.of(new double[] {1, 2}, 1, 0),
                new java.io.StringWriter(),
                new ByteArrayInputStream(Files.readAllBytes(file)),
                java.time.Duration.ofSeconds(1)));
    samples.add(OptionalDouble.of(1));
    samples.add(trainer.checkpoint());
    samples.add(
        Trainer.builder(network)
            .loss(Losses.squaredError())
            .optimizer(Optimizers.sgd(0.1))
            .buildWorker());
    samples.add(RunLength.of(1, 1));
    samples.add(
        Proxy.newProxyInstance(
            DataParallel.class.getClassLoader(),
            new Class<?>[] {DataParallel.class},
            (workers, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            }));
    samples.add(new NumberFeature("x", new Bounds(0, 1), 0, 1, OptionalDouble.empty(), false));
    samples.add(new BooleanFeature("y", OptionalDouble.empty(), false));
    Network numbers = Network.builder(1).dense(1).build();
    samples.add(Regressor.builder(format, csv).epochs(1).fit());
    numbers.setInfo(ModelInfo.none().withClassLabels("no", "yes"));
    samples.add(Classifier.of(numbers));
    samples.add((UnaryOperator<Object>) o -> o);
    samples.add((Supplier<Object>) Object::new);
    samples.add((Predicate<Object>) o -> true);
    samples.add((BiFunction<Object, Object, Object>) (a, b) -> a);
    samples.add((DoubleConsumer) d -> {});
    samples.add(new IdentityHashMap<>());
    samples.add(data.split(0.5, 1));
    samples.add(Folds.of(2));
    samples.add(CrossValidation.of(Folds.of(2)));
    samples.add(Hyperparameter.uniform("x", 0, 1));
    samples.add(Search.random(1, Hyperparameter.uniform("x", 0, 1)));
    samples.add(Search.random(1, Hyperparameter.uniform("x", 0, 1)).run(trial -> candidate(data)));
    samples.add((Search.Recipe) trial -> candidate(data));
    samples.add((CrossValidation.Recipe) fold -> candidate(data));
    samples.add(BatchSource.class.cast(Batches.inOrder(data, 2, DataType.FLOAT)));
    PublicApi api = new PublicApi(samples);
    for (int round = 0; round < 2; round++) {
      for (Class<?> type : PublicApi.types(Layer.class)) {
        for (Executable what : PublicApi.calls(type)) {
          for (PublicApi.Call call : api.callsOf(what)) {
            keepResult(api, call);
          }
        }
      }
    }
    return api;
  }

  private static Candidate candidate(Dataset data) {
    return new Candidate(
        Trainer.builder(Network.builder(2).dense(2).build())
            .loss(Losses.squaredError())
            .optimizer(Optimizers.sgd(0.1))
            .epochs(1),
        data,
        data);
  }

  private static void keepResult(PublicApi api, PublicApi.Call call) {
    String name = call.what().getName();
    if (name.equals("close") || name.equals("fit") || name.equals("trainAndValidate")) {
      return;
    }
    try {
      Object result = call.run();
      if (result != null && result.getClass().getName().startsWith("org.nn4j")) {
        api.add(result);
      }
    } catch (Throwable refused) { // samples do not fit each other everywhere
      return;
    }
  }

  @Test
  void eachIsRefusedByName(@TempDir Path folder) throws Throwable {
    PublicApi api = api(folder);
    TreeSet<String> bare = new TreeSet<>();
    TreeSet<String> unreached = new TreeSet<>();
    int checked = 0;
    for (Class<?> type : PublicApi.types(Layer.class)) {
      for (Executable what : PublicApi.calls(type)) {
        String name = what.getDeclaringClass().getName().substring(9) + "." + what.getName();
        if (LEFT_OUT.matcher(name).matches()) {
          continue;
        }
        List<PublicApi.Call> calls = api.callsOf(what);
        if (calls.isEmpty() && takesAnObject(what)) {
          unreached.add(name);
        }
        for (PublicApi.Call call : calls) {
          for (int i = 0; i < what.getParameterCount(); i++) {
            if (!PublicApi.mayBeNull(what, i)) {
              checked++;
              String answer = answer(call, i);
              if (!answer.matches(FOUR_PARTS)) {
                bare.add(
                    what.getDeclaringClass().getName().substring(9)
                        + (call.on() == null ? "" : " by " + call.on().getClass().getSimpleName())
                        + "."
                        + what.getName()
                        + " argument "
                        + i
                        + " of "
                        + what.getParameterTypes()[i].getSimpleName()
                        + " -> "
                        + answer);
              }
            }
          }
        }
      }
    }
    assertThat(bare).isEmpty();
    assertThat(UNREACHED).containsAll(unreached);
    assertThat(checked).isGreaterThan(400); // so the samples still reach the API
  }

  private static boolean takesAnObject(Executable what) {
    for (int i = 0; i < what.getParameterCount(); i++) {
      if (!PublicApi.mayBeNull(what, i)) {
        return true;
      }
    }
    return false;
  }

  private static String answer(PublicApi.Call call, int index) {
    List<@Nullable Object> arguments = new ArrayList<>(call.arguments());
    arguments.set(index, null);
    try {
      Object result = new PublicApi.Call(call.what(), call.on(), arguments).run();
      return "no exception, " + (result == null ? "" : result.getClass().getSimpleName());
    } catch (Throwable refusal) {
      StackTraceElement[] trace = refusal.getStackTrace();
      String at = trace.length == 0 ? "" : trace[0].toString();
      return refusal instanceof NullPointerException && at.contains("org.nn4j")
          ? String.valueOf(refusal.getMessage())
          : refusal.getClass().getSimpleName() + " at " + at;
    }
  }
}
