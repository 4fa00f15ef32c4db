package org.nn4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.estimator.ChurnFile;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.xml.sax.InputSource;

/** The README's first project, its loop and its table. */
class ReadmeTest {
  private static String block(String language, String mark) {
    return Document.find("(?s)```" + language + "\\n(.*?)\\n```", Document.read("README.md"))
        .stream()
        .map(found -> found.group(1))
        .filter(text -> text.contains(mark))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFirstProgramCompilesAsPrintedAndPrintsWhatIsShown(@TempDir Path folder) throws Exception {
    String printed = PrintedProgram.run(block("java", "void main("), folder);
    assertThat(Document.read("README.md")).contains("```\n" + printed.strip() + "\n```");
  }

  @Test
  void theProgramForATableCompilesAsPrintedAndPrintsWhatIsShown(@TempDir Path folder)
      throws Exception {
    Path customers = ChurnFile.write(folder.resolve("customers.csv"), 400, 1);
    Path model = folder.resolve("churn.safetensors");
    String program = block("java", "class Churn");
    String printed = PrintedProgram.run(program, folder, customers.toString(), model.toString());
    assertThat(Document.read("README.md")).contains("```\n" + printed.strip() + "\n```");
    List<MatchResult> body = Document.find("(?s)void main\\(.*?\n(.*?)\n  }\n", program);
    assertThat(body.get(0).group(1).lines().filter(line -> !line.isBlank())).hasSizeLessThan(15);
  }

  @Test
  void itsPomNamesTheVersionsOfThisProject() throws Exception {
    String pom = block("xml", "<artifactId>nn-core</artifactId>");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(pom)));
    String parent = Document.read("pom.xml");
    String slf4j = Document.find("<slf4j.version>([^<]+)<", parent).get(0).group(1);
    assertThat(pom).contains(version(), "<version>" + slf4j + "</version>");
    // Maven 3.8 compiles by a plugin that does not know maven.compiler.release.
    assertThat(pom).contains("<maven.compiler.source>17<", "<maven.compiler.target>17<");
  }

  private static String version() {
    return Document.find("<version>[^<]+</version>", Document.read("pom.xml")).get(0).group();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "guide", "model-files", "onnx", "report", "spark"})
  void thePagesNameTheVersionOfThisProject(String page) {
    String dependency = "<artifactId>nn-[a-z]+</artifactId>\\s*(<version>[^<]+</version>)";
    assertThat(Document.find(dependency, Document.read("docs/" + page + ".md")))
        .isNotEmpty()
        .allMatch(found -> found.group(1).equals(version()));
  }

  @Test
  @SuppressWarnings("UnusedVariable") // a reader's program prints the loss
  void theLoopLearns() {
    INDArray x = Near.random(1, FLOAT, 400, 4);
    int[] labels = new int[400];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = x.getDouble(i, 0) > 0.3 ? 2 : x.getDouble(i, 1) > 0 ? 1 : 0;
    }
    Dataset data = Dataset.ofLabels(x, labels, 3);
    // readme: loop
    Network network = Network.builder(4).dense(16, relu()).dense(3, softmax()).seed(1).build();
    Objective objective = Objective.of(network, crossEntropy());
    Optimizer optimizer = adam(0.01);
    Batches batches = Batches.shuffled(data, 32, network.dataType(), 1); // 32 samples, seed 1
    for (int epoch = 1; epoch <= 20; epoch++) {
      for (Batch batch : batches.epoch(epoch)) {
        network.zeroGrad();
        double loss = objective.forward(batch);
        objective.backward();
        optimizer.step(network.parameters());
      }
    }
    // end
    Evaluation evaluation = Evaluator.of(network).metrics(accuracy()).evaluate(data);
    assertThat(evaluation.value(accuracy())).isGreaterThan(0.9);
    String region = "(?s)// readme: loop\n(.*?)\n *// end";
    String source = Document.read("nn-core/src/test/java/org/nn4j/docs/ReadmeTest.java");
    String run = Document.find(region, source).get(0).group(1).replaceAll("(?m)^    ", "");
    assertThat(Document.read("README.md")).contains("```java\n" + run + "\n```");
  }

  @Test
  void theTableIsThatOfTheClassicNetwork() {
    Network network = Network.builder(784).dense(40, sigmoid()).dense(10, sigmoid()).build();
    String table = network.toString().replaceAll("(?m) +$", "");
    assertThat(Document.read("README.md")).contains("```\n" + table + "\n```");
  }
}
