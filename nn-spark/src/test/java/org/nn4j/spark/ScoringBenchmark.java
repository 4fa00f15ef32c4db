package org.nn4j.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nn4j.predict.Classifier;
import org.nn4j.predict.Prediction;

/**
 * Scores rows of four features by one JVM in a loop, and by Spark, in turn: {@code
 * nn-benchmarks/spark.sh ScoringBenchmark [rows [rounds]]}.
 */
public final class ScoringBenchmark {
  private ScoringBenchmark() {}

  /** Prints seconds and rows a second of each round. */
  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder = Files.createTempDirectory("scoring");
    String file = Models.classifier(folder);
    SparkSession session = SparkSession.builder().getOrCreate();
    SparkModel<Prediction> model = SparkModel.classifier(session, file);
    Classifier classifier = Classifier.load(Path.of(file));

    loop(classifier, rows / 10);
    spark(model, session, rows / 10);
    System.out.printf("%-28s %10s %14s %12s%n", "", "seconds", "rows a second", "sum");
    for (int round = 0; round < rounds; round++) {
      report("one JVM, one thread", rows, () -> loop(classifier, rows));
      report("Spark, without a model", rows, () -> engine(session, rows));
      report("Spark, SparkModel", rows, () -> spark(model, session, rows));
    }
    session.stop();
    Files.delete(Path.of(file));
    Files.delete(folder);
  }

  private interface Run {
    double sum() throws Exception;
  }

  private static void report(String name, long rows, Run run) throws Exception {
    long start = System.nanoTime();
    double sum = run.sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%-28s %10.1f %,14.0f %12.2f%n", name, seconds, rows / seconds, sum);
  }

  private static double loop(Classifier classifier, long rows) {
    double sum = 0;
    for (long id = 0; id < rows; id++) {
      List<Object> row =
          List.of(
              (int) (20 + id % 60), (id % 1000) * 0.1, id % 2 == 0 ? "basic" : "pro", id % 5 == 0);
      sum += classifier.predict(row).probability("left");
    }
    return sum;
  }

  private static Dataset<Row> customers(SparkSession session, long rows) {
    return session
        .range(0, rows, 1, 8)
        .select(
            expr("cast(20 + id % 60 as int) as age"),
            expr("(id % 1000) * 0.1d as income"),
            expr("if(id % 2 = 0, 'basic', 'pro') as plan"),
            expr("id % 5 = 0 as active"));
  }

  private static double engine(SparkSession session, long rows) {
    return customers(session, rows)
        .agg(sum(expr("age + income + length(plan) + if(active, 1, 0)")))
        .head()
        .getDouble(0);
  }

  private static double spark(SparkModel<Prediction> model, SparkSession session, long rows) {
    Row found =
        model
            .transform(customers(session, rows))
            .agg(sum(col("probabilities").getItem("left")), count("error"))
            .head();
    if (found.getLong(1) > 0) {
      throw new IllegalStateException(found.getLong(1) + " rows have errors");
    }
    return found.getDouble(0);
  }
}
