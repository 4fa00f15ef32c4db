package org.nn4j.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Initializer;
import org.nn4j.Optimizer;
import org.nn4j.ParameterVector;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.arrays.ArrayEntries.Entry;
import org.nn4j.data.Dataset;
import org.nn4j.data.Labels;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.data.toy.ToySets;
import org.nn4j.init.Initializers;
import org.nn4j.io.Safetensors;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.EarlyStopping;
import org.nn4j.train.Trainer;

/** What the library makes outlives the workspace that the caller had open. */
class WorkspaceTest {
  private static final WorkspaceConfiguration FIXED =
      WorkspaceConfiguration.builder()
          .initialSize(8 << 20)
          .policyLearning(LearningPolicy.NONE)
          .build();

  @TempDir Path folder;

  /** Does work in a workspace, whose memory is then overwritten. */
  private static <T> T inWorkspace(Callable<T> work) throws Exception {
    T result;
    try (MemoryWorkspace workspace = open()) {
      assertThat(Nd4j.create(1).data().getParentWorkspace()).isSameAs(workspace);
      result = work.call();
    }
    try (MemoryWorkspace workspace = open()) {
      for (int i = 0; i < 7; i++) {
        Nd4j.createUninitialized(DataType.INT8, 1 << 20).assign(-1); // NaN as a float
      }
      assertThat(workspace.getCurrentSize()).isPositive();
    }
    return result;
  }

  private static MemoryWorkspace open() {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(FIXED, "WorkspaceTest");
  }

  @Test
  void whatIsMadeInTheWorkspaceIsOverwritten() throws Exception {
    INDArray lost = inWorkspace(() -> Nd4j.ones(DataType.FLOAT, 10));
    assertThat(lost.getDouble(3)).isNaN();
  }

  static Stream<long[]> shapes() {
    return Stream.of(new long[] {6}, new long[] {4, 3}, new long[] {4, 1}, new long[] {3, 2, 2});
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void entriesGiveWhatOutlivesAWorkspace(long[] shape) throws Exception {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray plain = Laid.all(type, shape).get(0).plain();
      List<Entry> outside = ArrayEntries.of(type, shape);
      List<Entry> inside = inWorkspace(() -> ArrayEntries.of(type, shape));
      List<String> wrong = new ArrayList<>();
      for (int i = 0; i < outside.size(); i++) {
        Entry entry = outside.get(i);
        if (!entry.writes() && isLasting(entry)) {
          String expected = result(() -> entry.use().of(plain));
          String kept = result(() -> inWorkspace(() -> entry.use().of(plain.dup('c'))));
          Entry made = inside.get(i);
          String fromInside = result(() -> made.use().of(plain));
          if (!expected.equals(kept) || !expected.equals(fromInside)) {
            wrong.add(entry.method() + "\n" + expected + "\n" + kept + "\n" + fromInside);
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  /** Views and functions of an array, and layers that are used without a network, last as long. */
  private static boolean isLasting(Entry entry) {
    String method = entry.method();
    return !method.startsWith("Dataset.map")
        && !method.startsWith("Flatten.")
        && !method.startsWith("Dropout.");
  }

  private static String result(Callable<Object> work) throws Exception {
    try {
      return Arrays.toString(ArrayEntries.numbers(work.call()));
    } catch (RuntimeException refused) {
      return refused.toString();
    }
  }

  @Test
  void whatIsMadeWithoutArraysOutlivesAWorkspace() throws Exception {
    Map<String, Callable<Object>> made = new LinkedHashMap<>();
    double[][] x = {{1, 2}, {3, 4}, {5, 6}, {7, 9}};
    int[] labels = {0, 1, 1, 0};
    Dataset data = Dataset.ofLabels(x, labels, 2);
    Network network = network();
    Path model = folder.resolve("model.safetensors");
    ModelFiles.save(network, model);
    made.put("Dataset.of", () -> Dataset.of(x, x));
    made.put("Dataset.ofLabels", () -> Dataset.ofLabels(x, labels, 2));
    made.put("Dataset.ofSamples", () -> Dataset.ofSamples(List.of(Sample.of(x[0], 1)).iterator()));
    made.put("Dataset.withWeights", () -> data.withWeights(1, 2, 3, 4));
    made.put("Dataset.withClassWeights", () -> data.withClassWeights(1, 2));
    made.put("Dataset.normalize", () -> data.normalize(InputStatistics.of(data).standard()));
    made.put("Dataset.mapInputs", () -> data.mapInputs(rows -> rows.mul(2)));
    made.put("Dataset.concat", () -> data.concat(data));
    made.put("Dataset.augment", () -> data.augment((sample, random) -> sample[0]++, 1).inEpoch(1));
    made.put("a data set that was cast", () -> gatheredOnce(Dataset.of(x, x)));
    made.put("ToySets.spiral", () -> ToySets.spiral(2, 3, 0.1, 1));
    made.put("ToySets.xor", ToySets::xor);
    made.put("ToySets.linear", () -> ToySets.linear(3, 2, 0, 1).data());
    made.put("Labels.oneHot", () -> Labels.oneHot(labels, 2, DataType.FLOAT));
    made.put("Batches", () -> Batches.shuffled(data, 3, DataType.FLOAT, 1));
    made.put(
        "BatchSource.ofSamples",
        () -> {
          BatchSource source =
              BatchSource.ofSamples(
                  Shape.of(2),
                  Shape.of(1),
                  2,
                  DataType.FLOAT,
                  epoch -> Stream.of(Sample.of(x[0], 1), Sample.of(x[1], 2)));
          Batch batch = source.epoch(1).iterator().next();
          return List.of(batch.inputs(), batch.targets());
        });
    for (Initializer initializer :
        List.of(
            Initializers.glorot(),
            Initializers.orthogonal(),
            Initializers.constant(3),
            Initializers.truncatedNormal(0, 1))) {
      for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
        made.put(
            initializer + " " + type,
            () -> initializer.create(Shape.of(2, 3), type, new SeededRandom(2)));
      }
    }
    made.put("Network.build", WorkspaceTest::network);
    made.put("Network.copy", network::copy);
    made.put("ModelFiles.load", () -> ModelFiles.load(model));
    made.put("Safetensors.read", () -> List.copyOf(Safetensors.read(model).tensors().values()));
    for (Supplier<Optimizer> maker :
        List.<Supplier<Optimizer>>of(
            Optimizers::adam,
            () -> Optimizers.momentum(0.1, 0.9),
            Optimizers::adamW,
            Optimizers::nadam)) {
      for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
        made.put("state of " + maker.get() + " " + type, () -> state(maker.get(), type));
      }
    }
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      made.put("Trainer.fit " + type, () -> fitted(data, type));
    }
    for (Map.Entry<String, Callable<Object>> entry : made.entrySet()) {
      double[] inside = numbers(inWorkspace(entry.getValue()));
      double[] outside = numbers(entry.getValue().call());
      assertThat(inside).as(entry.getKey()).isNotEmpty().isEqualTo(outside);
    }
  }

  private static Network network() {
    return Network.builder(2).dense(3, tanh()).batchNormalization().dense(2, softmax()).build();
  }

  private static Dataset gatheredOnce(Dataset data) {
    numbers(data);
    return data;
  }

  private static Object state(Optimizer optimizer, DataType type) {
    ParameterVector parameters =
        Network.builder(2).dense(3, tanh()).dataType(type).build().parameters();
    parameters.gradients().assign(1);
    optimizer.step(parameters);
    optimizer.step(parameters);
    optimizer.restore(optimizer.state(), parameters);
    return List.of(parameters.values(), List.copyOf(optimizer.state().vectors().values()));
  }

  private static Object fitted(Dataset data, DataType type) {
    Network network =
        Network.builder(2).dense(3, tanh()).dense(2, softmax()).dataType(type).build();
    Trainer trainer =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(Optimizers.adam())
            .epochs(3)
            .batchSize(2)
            .validation(data)
            .listener(EarlyStopping.after(2))
            .build();
    trainer.fit(data);
    return List.of(
        network.parameters().values(), List.copyOf(trainer.checkpoint().tensors().values()));
  }

  private static double[] numbers(Object made) {
    if (made instanceof Network network) {
      return numbers(network.parameters().values());
    }
    if (made instanceof Batches batches) {
      List<INDArray> all = new ArrayList<>();
      for (Batch batch : batches.epoch(1)) {
        all.add(batch.inputs().dup('c'));
      }
      return numbers(all);
    }
    if (made instanceof Dataset data) {
      INDArray x = Nd4j.create(DataType.FLOAT, data.inputShape().withBatch(data.size()), 'c');
      INDArray y = Nd4j.create(DataType.FLOAT, data.targetShape().withBatch(data.size()), 'c');
      INDArray w = Nd4j.create(DataType.FLOAT, data.size(), 1);
      int[] rows = IntStream.range(0, data.size()).toArray();
      data.gather(rows, x, y);
      data.gatherWeights(rows, w);
      return numbers(List.of(x, y, w));
    }
    return ArrayEntries.numbers(made);
  }
}
