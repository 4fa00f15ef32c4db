package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.Dataset;
import org.nn4j.explain.FeatureImportance;
import org.nn4j.explain.PermutationImportance;
import org.nn4j.model.Network;
import org.nn4j.report.tensorboard.TensorBoardListener;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

/** The code of docs/report.md, between markers, run; and the document held to it. */
class ReportPageTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern MARKED = Pattern.compile("// page\n(.*?) *// end\n", Pattern.DOTALL);

  @Test
  void whileTrainingRuns(@TempDir Path folder) {
    Dataset train = Runs.classes(60, 784, 3);
    Dataset test = Runs.classes(30, 784, 3);
    Network network = Network.builder(784).dense(3, softmax()).seed(1).build();
    // page
    ReportOptions options =
        ReportOptions.titled("Digits")
            .evaluatedOn(test) // confusion matrix, ROC curves, calibration, worst mistakes
            .pictures(28, 28) // mistakes and first-layer weights as pictures
            .note("data", "MNIST");
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(0.001))
        .validation(test)
        .metric(accuracy())
        .listener(ReportListener.to(folder.resolve("report.html"), options))
        .listener(TensorBoardListener.to(folder.resolve("runs/first")))
        .build()
        .fit(train);
    // end
    assertThat(folder.resolve("report.html")).isNotEmptyFile();
    assertThat(folder.resolve("runs/first")).isNotEmptyDirectory();
  }

  @Test
  void afterTraining(@TempDir Path folder) throws IOException {
    Network network = Network.builder(4).dense(3, softmax()).seed(1).build();
    Dataset test = Runs.classes(30, 4, 3);
    ReportOptions options = ReportOptions.titled("run").evaluatedOn(test);
    History history = Runs.history(3);
    History other = Runs.history(2);
    List<FeatureImportance> importances =
        PermutationImportance.ofScore(network, test, accuracy(), 2, 1);
    // page
    Report report = Report.of(network, history, options.importances(importances));
    report.write(folder.resolve("report.html"));
    report.chart("Loss").writePng(folder.resolve("loss.png")); // or writeSvg
    Report.comparison("Learning rates", Map.of("0.001", history, "0.01", other))
        .write(folder.resolve("comparison.html"));
    // end
    assertThat(Runs.parsed(report).select("#importance tbody tr")).hasSize(4);
    assertThat(folder.resolve("loss.png")).isNotEmptyFile();
    assertThat(folder.resolve("comparison.html")).isNotEmptyFile();
  }

  @Test
  void thePageShowsThisCode() throws IOException {
    assertThat(blocks(BLOCK, "../docs/report.md"))
        .isEqualTo(blocks(MARKED, "src/test/java/org/nn4j/report/ReportPageTest.java"));
  }

  private static List<String> blocks(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map((MatchResult block) -> block.group(1))
        .map(code -> code.replaceAll("folder\\.resolve\\(", "Path.of(").replaceAll("\\s+", ""))
        .toList();
  }
}
