package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.model.Network;

/** The code of docs/onnx.md, between markers, run; and the document held to it. */
class OnnxPageTest {
  private static final String PAGE = read("../docs/onnx.md");

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void export(@TempDir Path folder) throws Exception {
    Network network = Network.builder(3).dense(4, relu()).dense(2, softmax()).seed(1).build();
    Features features =
        Features.of(
            List.of(
                new NumberFeature(
                    "age", new NumberFeature.Bounds(0, 99), 40, 9, OptionalDouble.empty(), false),
                new CategoryFeature("plan", List.of("basic", "pro"), UnknownCategory.ERROR)));
    Classifier classifier = Classifier.of(network, features, List.of("left", "stayed"));
    // page
    Onnx.export(classifier, folder.resolve("churn.onnx")); // raw rows -> label, probabilities
    Onnx.export(network, folder.resolve("network.onnx")); // encoded inputs -> outputs
    // end
    try (OnnxRuntime runtime = new OnnxRuntime(folder.resolve("churn.onnx"))) {
      INDArray age = Nd4j.createFromArray(new double[][] {{20.0}});
      Map<String, Object> found =
          runtime.run(Map.of("age", age, "plan", new String[][] {{"basic"}}));
      Prediction prediction = classifier.predict(Map.of("age", 20, "plan", "basic"));
      assertThat(found.get("label")).isEqualTo(List.of(prediction.label()));
    }
    INDArray x = Networks.random(1, FLOAT, 2, 3);
    Networks.assertClose(
        OnnxRuntime.run(folder.resolve("network.onnx"), x), network.predict(x), 1e-6);
  }

  @Test
  void ownPieces(@TempDir Path folder) throws Exception {
    Network network = Network.builder(3).layer(new Tripling.Spec()).dense(2, new Cube()).build();
    Path file = folder.resolve("own.onnx");
    // page
    OnnxOptions options =
        OnnxOptions.defaults()
            .with(Tripling.class, (layer, x, graph) -> graph.node("Mul", x, graph.constant(3)))
            .with(Cube.class, (cube, z, graph) -> graph.node("Pow", z, graph.constant(3)));
    Onnx.export(network, file, options);
    // end
    INDArray x = Networks.random(1, FLOAT, 2, 3);
    Networks.assertClose(OnnxRuntime.run(file, x), network.predict(x), 1e-4);
  }

  @Test
  void imports(@TempDir Path folder) throws Exception {
    GraphFile graph =
        GraphFile.of(0, 2)
            .tensor("w", new long[] {2, 1}, 1, 2)
            .node("MatMul", "logits", "x", "w")
            .node("Sigmoid", "y", "logits");
    Files.write(folder.resolve("mlp.onnx"), graph.model().toByteArray());
    // page
    Network network = Onnx.importNetwork(folder.resolve("mlp.onnx")); // trainable
    Network logits =
        Onnx.importNetwork(folder.resolve("mlp.onnx"), "logits"); // up to a value of the graph
    // end
    assertThat(network.layers()).hasToString("[Dense(2 -> 1, sigmoid)]");
    assertThat(logits.layers()).hasToString("[Dense(2 -> 1, identity)]");
  }

  @Test
  void theMessageIsThatOfThePage() {
    GraphFile graph = GraphFile.of(0, 2).node("Conv", "a", "x").node("HardSigmoid", "y", "a");
    assertThatThrownBy(graph::read)
        .hasMessageStartingWith(
            "model file test.onnx, graph: expected a chain of operators that nn4j has, found 2"
                + " problems: Conv 'a' (no convolutions: use dense layers); HardSigmoid 'y' (use"
                + " sigmoid); change the model, or ");
    assertThat(PAGE.replaceAll("\\s+", " "))
        .contains("graph: expected a chain of operators that nn4j has, found 2 problems: Conv")
        .contains("(no convolutions: use dense layers); HardSigmoid")
        .contains("(use sigmoid); change the model, or ...");
  }

  @Test
  void thePageShowsThisCode() {
    String source =
        read("src/test/java/org/nn4j/onnx/OnnxPageTest.java")
            .replace("folder.resolve(", "Path.of(");
    List<String> run = blocks("(?s)// page\n(.*?)\n *// end", source);
    List<String> shown = blocks("(?s)```java\n(.*?)\n```", PAGE);
    assertThat(shown).isNotEmpty().containsExactlyElementsOf(run);
  }

  /** Matches without the indentation that all of their lines have, and without line breaks. */
  private static List<String> blocks(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1).replaceAll("\\s+", " ").strip())
        .toList();
  }
}
