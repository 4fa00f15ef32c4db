package org.nn4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.binaryCrossEntropy;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.metric.Metrics.binaryAccuracy;
import static org.nn4j.metric.Metrics.calibrationError;
import static org.nn4j.metric.Metrics.thresholds;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.momentum;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.Split;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.data.toy.ToySets;
import org.nn4j.metric.CalibrationError;
import org.nn4j.metric.MultiLabel;
import org.nn4j.metric.Thresholds;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Monitor;
import org.nn4j.train.Trainer;
import org.nn4j.tuning.Candidate;
import org.nn4j.tuning.CrossValidation;
import org.nn4j.tuning.CrossValidationResult;
import org.nn4j.tuning.Folds;
import org.nn4j.tuning.Hyperparameter;
import org.nn4j.tuning.Search;
import org.nn4j.tuning.SearchResult;
import org.nn4j.tuning.TemperatureScaling;

/** The code of docs/tuning.md, between markers, run; and the document held to it. */
class TuningTest {
  @Test
  void crossValidation(@TempDir Path folder) throws Exception {
    Dataset data = ToySets.moons(60, 0.1, 1);
    // tuning: cross-validation
    CrossValidationResult result =
        CrossValidation.of(Folds.stratified(5))
            .seed(1)
            .workers(2)
            .folder(folder)
            .run(
                data,
                fold -> {
                  InputScaling scaling = InputStatistics.of(fold.training()).standard();
                  Network network =
                      Network.builder(2)
                          .dense(8, tanh())
                          .dense(2, softmax())
                          .seed(fold.seed())
                          .build();
                  return new Candidate(
                      Trainer.builder(network)
                          .loss(crossEntropy())
                          .optimizer(adam(0.01))
                          .epochs(20)
                          .seed(fold.seed())
                          .metric(accuracy()),
                      fold.training().normalize(scaling),
                      fold.validation().normalize(scaling));
                });
    double mean = result.mean().value(accuracy());
    double spread = result.spread().value(accuracy()); // standard deviation over the folds
    // end
    assertThat(mean).isBetween(0.7, 1.0);
    assertThat(spread).isLessThan(0.3);
  }

  @Test
  void search(@TempDir Path folder) throws Exception {
    Split split = ToySets.moons(60, 0.1, 1).splitStratified(0.3, 1);
    // tuning: search
    Hyperparameter<Double> rate = Hyperparameter.logUniform("rate", 1e-4, 1e-1);
    Hyperparameter<Integer> units = Hyperparameter.integers("units", 4, 32);
    Hyperparameter<String> rule = Hyperparameter.choice("rule", "adam", "momentum");
    Hyperparameter<Double> friction =
        Hyperparameter.uniform("friction", 0.5, 0.95).when(rule, "momentum");
    SearchResult result =
        Search.hyperband(9, 3, rate, units, rule, friction)
            .best(Monitor.highest(accuracy()))
            .folder(folder)
            .run(
                trial -> {
                  Network network =
                      Network.builder(2)
                          .dense(trial.value(units), tanh())
                          .dense(2, softmax())
                          .seed(trial.seed())
                          .build();
                  Optimizer optimizer =
                      trial.has(friction)
                          ? momentum(trial.value(rate), trial.value(friction))
                          : adam(trial.value(rate));
                  return new Candidate(
                      Trainer.builder(network)
                          .loss(crossEntropy())
                          .optimizer(optimizer)
                          .metric(accuracy()),
                      split.training(),
                      split.validation());
                });
    System.out.println(result); // a table of the trials
    ModelFiles.save(result.network(), folder.resolve("best.safetensors"));
    // end
    assertThat(result.best().score()).isBetween(0.7, 1.0);
  }

  @Test
  void calibration() {
    Dataset validation = ToySets.xor(50, 0.6, 1);
    Network network = Network.builder(2).dense(16, tanh()).dense(1, sigmoid()).seed(1).build();
    try (Trainer trainer =
        Trainer.builder(network)
            .loss(binaryCrossEntropy())
            .optimizer(adam(0.02))
            .epochs(30)
            .build()) {
      trainer.fit(ToySets.xor(20, 0.4, 2));
    }
    // tuning: calibration
    TemperatureScaling.fit(network, validation).applyTo(network);

    CalibrationError calibration = calibrationError();
    Thresholds thresholds = thresholds();
    Evaluator.of(network).metrics(calibration, thresholds).evaluate(validation);
    System.out.println(calibration); // the reliability table
    double limit = thresholds.forCost(1, 20).value(); // a false negative costs 20 times as much
    MultiLabel atLimit = binaryAccuracy().threshold(limit); // of a network with one output
    // end
    assertThat(limit).isLessThan(0.5);
    assertThat(atLimit.name()).isEqualTo("binary accuracy");
  }

  @Test
  void thePageShowsTheCodeThatRuns() {
    String source = Document.read("nn-core/src/test/java/org/nn4j/docs/TuningTest.java");
    List<String> run =
        Document.find("(?s)\n( *)// tuning: [a-z-]+\n(.*?)\n+ *// end\n", source).stream()
            .map(found -> found.group(2).replaceAll("(?m)^" + found.group(1), ""))
            .toList();
    assertThat(
            Document.find("(?s)```java\n(.*?)\n```", Document.read("docs/tuning.md")).stream()
                .map(block -> block.group(1)))
        .hasSize(3)
        .containsExactlyElementsOf(run);
  }
}
