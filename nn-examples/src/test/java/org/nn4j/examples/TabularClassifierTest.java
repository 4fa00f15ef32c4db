package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class TabularClassifierTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... args) {
    CommandLine command = Example.commandLine(new TabularClassifier());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  @Test
  void classifiesGeneratedCustomers(@TempDir Path folder) throws IOException {
    assertThat(run("--folder", folder)).isZero();
    assertThat(err.toString()).isEmpty();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines)
        .startsWith(
            "CSV with a header, separator ',', decimal mark '.', UTF-8",
            "column 'customer': ignored (over 100 different strings in 2000 rows, such as C1001, C1002, C1003)",
            "column 'age': a number (18 to 77, 110 missing)",
            "column 'plan': categorical (basic, business, family)",
            "column 'city': categorical (Milan, Naples, Rome, Turin)",
            "column 'spend': a number (10.02 to 99.91, 202 missing)",
            "column 'autopay': true or false (no, yes)",
            "column 'calls': a number (0 to 5)",
            "column 'churned': the label, 2 classes")
        .contains("saved " + folder.resolve("customers.safetensors"))
        .contains("predictions in " + folder.resolve("new.predicted.csv"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("test accuracy: "))
        .singleElement()
        .satisfies(
            line -> assertThat(Double.parseDouble(line.split(" ", -1)[2])).isGreaterThan(87));
    assertThat(lines.get(lines.size() - 1))
        .matches("\\{age=33, .*, spend=NA}: left, probability 0\\.[89]\\d");

    List<String> rows = Files.readAllLines(folder.resolve("new.csv"));
    List<String> predicted = Files.readAllLines(folder.resolve("new.predicted.csv"));
    Classifier model = Classifier.load(folder.resolve("customers.safetensors"));
    assertThat(predicted).hasSize(11).first().isEqualTo(rows.get(0) + ",prediction,probability");
    List<Prediction> predictions =
        model.predictAll(
            rows.stream().skip(1).map(row -> List.of(row.split(",", -1)).subList(1, 7)).toList());
    for (int i = 1; i < rows.size(); i++) {
      Prediction prediction = predictions.get(i - 1);
      assertThat(predicted.get(i))
          .isEqualTo(rows.get(i) + "," + prediction.label() + "," + prediction.probability());
    }
  }

  @Test
  void takesAFileOfTheUser(@TempDir Path folder) throws IOException {
    Path points = folder.resolve("points.csv");
    StringBuilder text = new StringBuilder("x;side\n");
    for (int i = -100; i < 100; i++) {
      text.append(i).append(',').append(i & 7).append(i < 0 ? ";left\n" : ";right\n");
    }
    Files.writeString(points, text);
    Path rows = Files.writeString(folder.resolve("rows"), "x;note\n-50,5;a\n50,5;b\n");
    Path model = folder.resolve("sides.safetensors");
    assertThat(
            run(points, "--label", "side", "--test", points, "--model", model, "--predict", rows))
        .isZero();
    assertThat(out.toString())
        .contains("column 'x': a number (-100.4 to 99.3)")
        .containsPattern("test accuracy: (9\\d|100)\\.");
    assertThat(Files.readAllLines(folder.resolve("rows.predicted.csv")))
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).isEqualTo("x;note;prediction;probability");
              assertThat(lines.get(1)).startsWith("-50,5;a;left;0,");
              assertThat(lines.get(2)).startsWith("50,5;b;right;0,");
            });
    assertThat(Classifier.load(model).predict(Map.of("x", 90)).label()).isEqualTo("right");
  }

  @Test
  void wrongArgumentsCauseOneLine(@TempDir Path folder) throws IOException {
    Path customers = Customers.write(folder.resolve("customers.csv"), 10, 1);
    String who = "TabularClassifier: expected ";
    assertRefused(
        who + "the column of the label, found none; name it with --label COLUMN", customers);
    assertRefused(
        who + "a CSV file to train on, found none; name it as the first argument",
        "--predict",
        customers);
    assertRefused(
        "CSV file "
            + customers
            + ", line 1: expected a column 'churn', found the columns customer, age, plan, city, spend,"
            + " autopay, calls, churned; correct the name, or the separator",
        customers,
        "--label",
        "churn");
  }

  private void assertRefused(String message, Object... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isNotZero();
    assertThat(err.toString()).isEqualToIgnoringNewLines(message);
  }
}
