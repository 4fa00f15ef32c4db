package org.nn4j.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.data.feature.Fill.median;
import static org.nn4j.metric.Metrics.accuracy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.data.csv.CsvFormat;

class ClassifierTest {
  record Customer(double age, String plan, double paid, boolean online) {}

  @Test
  void rawRowsInLabelsOut(@TempDir Path folder) throws IOException {
    Path file = ChurnFile.write(folder.resolve("customers.csv"), 400, 1);
    CsvFormat format = CsvFormat.infer(file).label("churned").fillMissing(median());
    Classifier model =
        Classifier.builder(format, file)
            .hidden(32, relu())
            .epochs(60)
            .validationSplit(0.2)
            .seed(1)
            .fit();
    Path saved = folder.resolve("churn.safetensors");
    model.save(saved);
    Path test = ChurnFile.write(folder.resolve("test.csv"), 400, 2);
    Classifier loaded = Classifier.load(saved);
    assertThat(loaded.evaluate(format, test, accuracy()).value(accuracy())).isGreaterThan(0.85);
    Map<String, Object> row = Map.of("age", 20, "plan", "basic", "paid", 50, "online", true);
    Answer answer = loaded.predict(row);
    assertThat(answer.label()).isEqualTo("left");
    assertThat(loaded.predict(List.of("20", "basic", "50", "yes"))).isEqualTo(answer);
    assertThat(loaded.predict(new Customer(20, "basic", 50, true))).isEqualTo(answer);
    Path copy = folder.resolve("predicted.csv");
    loaded.predict(format, test, copy);
  }
}
