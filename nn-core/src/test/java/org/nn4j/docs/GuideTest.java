package org.nn4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.Shape;
import org.nn4j.check.GradientCheck;
import org.nn4j.contract.ActivationContract;
import org.nn4j.contract.LayerContract;
import org.nn4j.contract.LossContract;
import org.nn4j.contract.OptimizerContract;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.docs.GuidePieces.Gain;
import org.nn4j.docs.GuidePieces.LogCosh;
import org.nn4j.docs.GuidePieces.SignDescent;
import org.nn4j.docs.GuidePieces.Softsign;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.io.Safetensors;
import org.nn4j.io.Settings;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.model.PredictorPool;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;
import org.nn4j.weights.WeightMap;
import org.nn4j.weights.Weights;

/** The code of docs/guide.md, between markers, run; and the document held to it. */
class GuideTest {
  private static final String SOURCES = "nn-core/src/test/java/org/nn4j/docs/";

  private static Network small() {
    return Network.builder(4).dense(8, tanh()).dense(3, softmax()).seed(1).build();
  }

  @Test
  void shapes() {
    // guide: shapes
    Network network =
        Network.builder(28, 28).flatten().dense(40, relu()).dense(10, softmax()).seed(1).build();

    INDArray image = Nd4j.create(FLOAT, 28, 28);
    INDArray one = network.predict(image.reshape(1, 28, 28)); // [1, 10]
    INDArray many = network.predict(Nd4j.create(FLOAT, 64, 28, 28)); // [64, 10]
    // end
    assertThat(one.shape()).containsExactly(1, 10);
    assertThat(many.shape()).containsExactly(64, 10);
  }

  @Test
  void training() {
    INDArray inputs = Near.random(1, FLOAT, 60, 4);
    int[] labels = new int[60];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = inputs.getDouble(i, 0) > 0.3 ? 2 : inputs.getDouble(i, 1) > 0 ? 1 : 0;
    }
    Network network = small();
    // guide: training
    Dataset data = Dataset.ofLabels(inputs, labels, 3); // [N, 4] and N integers from 0 to 2
    Trainer trainer =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(adam(0.01))
            .batchSize(10)
            .epochs(20)
            .validationSplit(0.2)
            .metric(accuracy())
            .build();
    History history = trainer.fit(data);
    Evaluation evaluation = Evaluator.of(network).metrics(accuracy()).evaluate(data);
    double accuracy = evaluation.value(accuracy());
    // end
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss());
    assertThat(accuracy).isBetween(0.5, 1.0);
  }

  @Test
  void ownPieces() {
    INDArray x = Near.random(1, DOUBLE, 6, 3);
    INDArray y = Near.random(2, DOUBLE, 6, 2);
    Network network =
        Network.builder(3).layer(new Gain.Spec()).dense(8, new Softsign()).dense(2).build();
    History history =
        Trainer.builder(network)
            .loss(new LogCosh())
            .optimizer(new SignDescent(0.001))
            .batchSize(6)
            .epochs(10)
            .build()
            .fit(Dataset.of(x, y));
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss());
    assertThat(network.layers().get(0)).hasToString("Gain(3)");
  }

  @Test
  void checks() {
    INDArray x = Near.random(1, DOUBLE, 6, 3);
    INDArray y = Near.random(2, DOUBLE, 6, 2);
    // guide: checks
    LayerContract.check(new Gain.Spec(), Shape.of(3));
    ActivationContract.check(new Softsign());
    LossContract.check(new LogCosh());
    OptimizerContract.check(() -> new SignDescent(0.001));

    Network network =
        Network.builder(3).layer(new Gain.Spec()).dense(2, new Softsign()).dataType(DOUBLE).build();
    GradientCheck.Result result = GradientCheck.check(network, new LogCosh(), x, y);
    assertThat(result.passed()).as(result.toString()).isTrue();
    // end
  }

  @Test
  void saving(@TempDir Path folder) throws Exception {
    Network network = small();
    // guide: saving
    network.setInfo(
        ModelInfo.none()
            .withInputScaling(InputScaling.divideBy(255)) // trained on pixels from 0 to 1
            .withClassLabels("cat", "dog", "neither"));
    Path file = folder.resolve("animals.safetensors");
    ModelFiles.save(network, file);

    Prediction prediction = Classifier.load(file).predict(128f, 0f, 255f, 64f); // 0 to 255
    Network loaded = ModelFiles.load(file); // the network alone
    // end
    assertThat(prediction.probabilities()).containsOnlyKeys("cat", "dog", "neither");
    assertThat(loaded.info()).isEqualTo(network.info());
  }

  @Test
  void savingAnOwnLayer(@TempDir Path folder) throws Exception {
    Network network = Network.builder(3).layer(new Gain.Spec()).dense(2, new Softsign()).build();
    Path file = folder.resolve("gain.safetensors");
    // guide: registry
    ModelRegistry registry =
        ModelRegistry.standard()
            .withLayer(
                "my.Gain", Gain.class, (gain, r) -> Settings.none(), (s, r) -> new Gain.Spec())
            .withActivation(
                "my.Softsign", Softsign.class, softsign -> Settings.none(), s -> new Softsign());
    ModelFiles.save(network, file, registry);
    Network loaded = ModelFiles.load(file, registry);
    // end
    assertThat(loaded.parameters().values()).isEqualTo(network.parameters().values());
  }

  @Test
  void weightsOfAnotherProgram(@TempDir Path folder) throws Exception {
    Network network = Network.builder(2).dense(3).layerNormalization().dense(2).build();
    Path path = folder.resolve("mlp.safetensors");
    Map<String, INDArray> state = new LinkedHashMap<>();
    for (String module : List.of("fc1", "fc2")) {
      boolean isFirst = module.equals("fc1");
      state.put(module + ".weight", Near.random(1, FLOAT, isFirst ? 3 : 2, isFirst ? 2 : 3));
      state.put(module + ".bias", Near.random(2, FLOAT, isFirst ? 3 : 2));
    }
    state.put("norm.weight", Near.random(3, FLOAT, 3));
    state.put("norm.bias", Near.random(4, FLOAT, 3));
    new Safetensors(state, Map.of()).write(path);
    // guide: weights
    Weights weights = Weights.read(path); // torch.save(model.state_dict(), path)
    weights.into(network, WeightMap.pyTorch("fc1", "norm", "fc2")); // modules of the layers
    // end
    assertThat(network.layers().get(2).parameters().get(0).value())
        .isEqualTo(weights.tensor("fc2.weight").transpose());
  }

  @Test
  void serving() {
    Network network = small();
    INDArray x = Near.random(1, FLOAT, 1, 4);
    float[] pixels = x.toFloatVector();
    float[] probabilities;
    // guide: serving
    try (PredictorPool pool = PredictorPool.of(network)) { // any number of threads
      probabilities = pool.predict(pixels); // or several samples, one after the other
    }
    // end
    assertThat(probabilities).isEqualTo(network.predict(x).toFloatVector());
  }

  @Test
  void closing() {
    double[][] numbers = new double[6][4];
    int[] labels = {0, 1, 2, 0, 1, 2};
    // guide: closing
    try (Dataset data = Dataset.ofLabels(numbers, labels, 3);
        Network network = Network.builder(4).dense(3, softmax()).build();
        Trainer trainer =
            Trainer.builder(network).loss(crossEntropy()).optimizer(adam(0.01)).epochs(5).build()) {
      trainer.fit(data);
      assertThat(network.offHeapBytes()).isPositive(); // what it keeps outside the heap
    }
    // end
  }

  /** What stands between markers, without their indentation. */
  private static List<String> regions(String file) {
    String region = "(?s)\n( *)// guide: [a-z ]+\n(.*?)\n+ *// end\n";
    return Document.find(region, Document.read(SOURCES + file)).stream()
        .map(found -> found.group(2).replaceAll("(?m)^" + found.group(1), ""))
        .toList();
  }

  private static List<String> shown() {
    return Document.find("(?s)```java\n(.*?)\n```", Document.read("docs/guide.md")).stream()
        .map(block -> block.group(1))
        .toList();
  }

  private static boolean isProgram(String block) {
    return block.contains("void main(");
  }

  private static boolean isImports(String block) {
    return block.startsWith("import ") && !block.contains("{");
  }

  @Test
  void theGuideShowsTheCodeThatRuns() {
    List<String> run = new ArrayList<>(regions("GuidePieces.java"));
    run.addAll(regions("GuideTest.java"));
    assertThat(shown().stream().filter(block -> !isProgram(block) && !isImports(block)))
        .containsExactlyInAnyOrderElementsOf(run);
  }

  /** As printed, by the compiler of this Java, with nothing added. */
  @Test
  void wholeProgramsCompileAsTheyArePrinted(@TempDir Path folder) throws Exception {
    List<String> programs = shown().stream().filter(GuideTest::isProgram).toList();
    assertThat(programs).hasSize(1);
    Path csv = folder.resolve("flowers.csv");
    StringBuilder flowers = new StringBuilder("length,width,color,species\n");
    for (int i = 0; i < 50; i++) {
      flowers
          .append(i % 2 == 0 ? "5.1,1." : "7.4,3.")
          .append(i)
          .append(",red,")
          .append(i % 2 == 0 ? "setosa\n" : "virginica\n");
    }
    Files.writeString(csv, flowers);
    Path model = folder.resolve("flowers.safetensors");
    String printed = PrintedProgram.run(programs.get(0), folder, csv.toString(), model.toString());
    assertThat(printed).contains("completed: 20 epochs");
    assertThat(Classifier.load(model).classes()).containsExactly("setosa", "virginica");
  }

  /** The imports cover the classes of the blocks and leave no name ambiguous. */
  @Test
  void theImportsAreThoseOfTheBlocks(@TempDir Path folder) throws Exception {
    List<String> listed = shown().stream().filter(GuideTest::isImports).toList();
    assertThat(listed).hasSize(1);
    String programs = String.join("\n", shown().stream().filter(GuideTest::isProgram).toList());
    String sources =
        Document.read(SOURCES + "GuideTest.java")
            + Document.read(SOURCES + "GuidePieces.java")
            + programs;
    Set<String> needed = new TreeSet<>();
    Set<String> classes = new TreeSet<>();
    for (MatchResult found :
        Document.find("(?m)^(import (?:static )?org\\.n[nd]4j\\.(?:\\w+\\.)*)(\\w+);$", sources)) {
      if (!found.group().matches("import org\\.nn4j\\.(Near|docs\\..*|contract\\..*);")) {
        needed.add(found.group(1) + "*;");
        if (!found.group().contains("static")) {
          classes.add(found.group(2) + ".class");
        }
      }
    }
    assertThat(listed.get(0).lines().filter(line -> !line.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(needed);
    String program =
        listed.get(0)
            + "\npublic class Names { public static void main(String[] args) { Class<?>[] all = {"
            + String.join(", ", classes)
            + "}; System.out.print(all.length); } }";
    assertThat(PrintedProgram.run(program, folder)).isEqualTo("" + classes.size());
  }
}
