package org.nn4j.spark;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.model.Network;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

/**
 * Time of a round by the number of parameters, divided into workers, driver and engine, beside the
 * steps of one process: {@code nn-benchmarks/spark.sh TrainingCost [rounds [partitions]]}.
 */
public final class TrainingCost {
  private static final int INPUTS = 784;

  private TrainingCost() {}

  private static TrainingRecipe recipe(int hidden, boolean deep, int batchSize) {
    return () -> {
      var first = Network.builder(INPUTS).dense(hidden, relu());
      var last = deep ? first.dense(hidden, relu()) : first;
      return Trainer.builder(last.dense(10, softmax()).build())
          .loss(crossEntropy())
          .optimizer(adam(0.001))
          .batchSize(batchSize);
    };
  }

  private static Sample sample(int number) {
    SeededRandom random = new SeededRandom(number);
    double[] x = new double[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      x[i] = i % 5 == 0 ? random.nextDouble() : 0;
    }
    return Sample.ofLabel(x, number % 10, 10);
  }

  /** Prints milliseconds. */
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    int partitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    SparkSession session =
        SparkSession.builder()
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    JavaRDD<Sample> samples =
        context
            .parallelize(IntStream.range(0, 6400).boxed().toList(), partitions)
            .map(TrainingCost::sample);
    System.out.printf(
        "%-10s %-28s %8s %8s %8s %8s %8s %14s%n",
        "parameters", "exchange", "round", "steps", "states", "driver", "engine", "one process");
    for (boolean large : new boolean[] {false, true}) {
      TrainingRecipe small = recipe(large ? 1024 : 40, large, 32);
      TrainingRecipe global = recipe(large ? 1024 : 40, large, 256);
      report("average every 1 step", SparkTraining.averageEvery(1, samples, small), small, rounds);
      report(
          "average every 100 steps",
          SparkTraining.averageEvery(100, samples, small),
          small,
          rounds);
      report("gradients, batch 256", SparkTraining.sumGradients(samples, global), global, rounds);
    }
    session.stop();
  }

  /** Trains for a number of rounds twice: the first run compiles. */
  private static void report(
      String exchange, SparkTraining data, TrainingRecipe recipe, int rounds) {
    try (data) {
      int steps = exchange.contains("100") ? 100 * rounds : rounds;
      recipe.builder().steps(steps).build().fit(data);
      RoundTimes before = data.times();
      long start = System.nanoTime();
      Trainer trainer = recipe.builder().steps(steps).build();
      trainer.fit(data);
      double total = (System.nanoTime() - start) / 1e6;
      RoundTimes after = data.times();
      int n = after.rounds() - before.rounds();
      System.out.printf(
          Locale.ROOT,
          "%-10d %-28s %8.1f %8.1f %8.1f %8.1f %8.1f %14.3f%n",
          trainer.network().parameters().length(),
          exchange,
          total / n,
          (after.steps() - before.steps()) / 1e6 / n,
          (after.states() - before.states()) / 1e6 / n,
          (after.driver() - before.driver()) / 1e6 / n,
          (after.engine() - before.engine()) / 1e6 / n,
          oneProcess(recipe));
    }
  }

  /** Returns the milliseconds of a step of a trainer on this machine. */
  private static double oneProcess(TrainingRecipe recipe) {
    List<Sample> samples = IntStream.range(0, 6400).mapToObj(TrainingCost::sample).toList();
    Dataset data = Dataset.ofSamples(samples.iterator());
    History history = recipe.builder().epochs(10).build().fit(data);
    return history.epochs().stream()
        .skip(2)
        .mapToDouble(epoch -> 1e3 * epoch.seconds() / epoch.steps())
        .min()
        .orElseThrow();
  }
}
