package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.data.feature.Fill.median;
import static org.nn4j.data.feature.UnknownCategory.ZEROS;
import static org.nn4j.metric.Metrics.accuracy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Prediction;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.Terminal;
import org.nn4j.io.FileAccess;
import org.nn4j.train.EarlyStopping;
import org.nn4j.train.listener.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Classifier for a CSV file with columns of numbers, categories and booleans, some of them missing:
 * trained, saved, loaded, and used to predict raw rows. {@link #learn} is the code that your own
 * program needs.
 *
 * <p>Without a file it trains on 2,000 generated customers. Expect about 90 % of 1,000 others.
 */
@Command(
    name = "TabularClassifier",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a classifier on a CSV file, saves it, and predicts rows without a label.")
public final class TabularClassifier extends Example {
  private static final String WHO = "TabularClassifier";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "CSV file with the label of each row (default: generated customers)")
  private @Nullable Path file;

  @Option(names = "--label", paramLabel = "COLUMN", description = "column of the label")
  private @Nullable String label;

  @Option(names = "--test", paramLabel = "FILE", description = "CSV file to measure accuracy on")
  private @Nullable Path test;

  @Option(
      names = "--predict",
      paramLabel = "FILE",
      description = "CSV file to predict, with or without the label")
  private @Nullable Path rows;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "file to save the classifier to (default: beside the CSV file, with its name)")
  private @Nullable Path model;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "folder for generated customers (default: a temporary one)")
  private @Nullable Path folder;

  TabularClassifier() {}

  /**
   * Trains, saves, loads and predicts.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new TabularClassifier(), args);
  }

  @Override
  protected int run(PrintWriter out) throws IOException {
    if (file == null) {
      customers(out);
    } else {
      learn(file, requireLabel(), out);
    }
    return OK;
  }

  private String requireLabel() {
    if (label == null) {
      throw new IllegalArgumentException(
          Require.message(WHO, "the column of the label", "none", "name it with --label COLUMN"));
    }
    return label;
  }

  private void customers(PrintWriter out) throws IOException {
    Require.that(
        label == null && test == null && rows == null,
        WHO,
        "a CSV file to train on",
        "none",
        "name it as the first argument");
    Path home = folder == null ? Files.createTempDirectory("customers") : folder;
    test = Customers.write(home.resolve("test.csv"), 1000, 2);
    rows = Customers.writeUnlabeled(home.resolve("new.csv"), 10, 3);
    Path training = Customers.write(home.resolve("customers.csv"), 2000, 1);
    Classifier churn = learn(training, Customers.LABEL, out);
    Map<String, Object> row =
        Map.of(
            "age", 33, "plan", "basic", "city", "Rome", "spend", "NA", "autopay", true, "calls", 2);
    Prediction prediction = churn.predict(row);
    out.printf(
        Locale.ROOT,
        "%s: %s, probability %.2f%n",
        new TreeMap<>(row),
        prediction.label(),
        prediction.probability());
  }

  /** Trains, saves, loads, evaluates and predicts. */
  private Classifier learn(Path training, String column, PrintWriter out) throws IOException {
    Path saved = model == null ? beside(training, ".safetensors") : model;
    FileAccess.requireWritable(saved);
    CsvFormat format =
        CsvFormat.infer(training).label(column).fillMissing(median()).unknownCategories(ZEROS);
    out.print(format);
    Classifier.builder(format, training)
        .hidden(32, relu())
        .epochs(100)
        .validationSplit(0.2)
        .trainer(trainer -> trainer.listener(EarlyStopping.after(5)).listener(progress(out)))
        .seed(1)
        .fit()
        .save(saved);
    Classifier classifier = Classifier.load(saved);
    out.println("saved " + saved);
    if (test != null) {
      double share = classifier.evaluate(format, test, accuracy()).value(accuracy());
      out.printf(Locale.ROOT, "test accuracy: %.2f %%%n", 100 * share);
    }
    if (rows != null) {
      Path predicted = beside(rows, ".predicted.csv");
      classifier.predict(format, rows, predicted);
      out.println("predictions in " + predicted);
    }
    return classifier;
  }

  private static ProgressBar progress(PrintWriter out) {
    return Terminal.progressBar(out).every(10);
  }

  /** Returns a file with the name of another and its own ending. */
  private static Path beside(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + ending);
  }
}
