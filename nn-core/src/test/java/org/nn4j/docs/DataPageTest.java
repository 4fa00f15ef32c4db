package org.nn4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.data.feature.Fill.median;
import static org.nn4j.metric.Metrics.accuracy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.estimator.ChurnFile;
import org.nn4j.estimator.Classifier;
import org.nn4j.train.listener.ProgressBar;

/** The first program of docs/data.md's section on estimators, run; and the page held to it. */
class DataPageTest {
  @Test
  void theProgramForACsvFilePrintsItsProgress(@TempDir Path folder) throws Exception {
    Path file = ChurnFile.write(folder.resolve("customers.csv"), 400, 1);
    Path path = folder.resolve("churn.safetensors");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      // page
      CsvFormat format = CsvFormat.infer(file).label("churned").fillMissing(median());
      Classifier model =
          Classifier.builder(format, file)
              .hidden(32, relu())
              .validationSplit(0.2)
              .trainer(t -> t.metric(accuracy()).listener(ProgressBar.lines(System.out)))
              .seed(1)
              .fit();
      model.save(path);
      // end
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(UTF_8).lines())
        .hasSize(50)
        .allMatch(line -> line.matches("epoch +\\d+/50 .*validation loss .*accuracy .*"));
    assertThat(Classifier.load(path).features().orElseThrow().names())
        .isEqualTo(List.of("age", "plan", "paid", "online"));
    String source = Document.read("nn-core/src/test/java/org/nn4j/docs/DataPageTest.java");
    String run = Document.find("(?s)// page\n(.*?)\n *// end", source).get(0).group(1);
    assertThat(Document.read("docs/data.md"))
        .contains("```java\n" + run.replaceAll("(?m)^      ", "") + "\n```");
  }
}
