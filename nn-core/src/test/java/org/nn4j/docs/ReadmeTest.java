package org.nn4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.Pass;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.estimator.ChurnFile;
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
    for (String version :
        List.of(
            Document.find("<version>([^<]+)</version>", parent).get(0).group(1),
            Document.find("<slf4j.version>([^<]+)<", parent).get(0).group(1))) {
      assertThat(pom).contains("<version>" + version + "</version>");
    }
    // Maven 3.8 compiles by a plugin that does not know maven.compiler.release.
    assertThat(pom).contains("<maven.compiler.source>17<", "<maven.compiler.target>17<");
  }

  @Test
  @SuppressWarnings("UnusedVariable") // a reader's program prints the loss
  void theLoopLearns() {
    INDArray x = Near.random(1, FLOAT, 40, 3);
    Network network = Network.builder(3).dense(3).seed(2).build();
    Batches batches = Batches.inOrder(Dataset.of(x, x), 4, FLOAT);
    Optimizer optimizer = sgd(0.1);
    double before = loss(network, x);
    // readme: loop
    Objective objective = Objective.of(network, meanSquaredError());
    for (Batch batch : batches.epoch(1)) {
      network.zeroGrad();
      double loss = objective.forward(batch);
      objective.backward();
      optimizer.step(network.parameters());
    }
    // end
    assertThat(loss(network, x)).isLessThan(0.5 * before);
    String region = "(?s)// readme: loop\n(.*?)\n *// end";
    String source = Document.read("nn-core/src/test/java/org/nn4j/docs/ReadmeTest.java");
    String run = Document.find(region, source).get(0).group(1).replaceAll("(?m)^    ", "");
    assertThat(Document.read("README.md")).contains("```java\n" + run + "\n```");
  }

  private static double loss(Network network, INDArray x) {
    return meanSquaredError().forward(network.predict(x), x, Pass.inference());
  }

  @Test
  void theTableIsThatOfTheClassicNetwork() {
    Network network = Network.builder(784).dense(40, sigmoid()).dense(10, sigmoid()).build();
    String table = network.toString().replaceAll("(?m) +$", "");
    assertThat(Document.read("README.md")).contains("```\n" + table + "\n```");
  }
}
