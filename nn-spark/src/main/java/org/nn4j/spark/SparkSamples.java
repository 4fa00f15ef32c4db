package org.nn4j.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function0;
import org.apache.spark.sql.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.model.Network;

/** Training samples from data frames and data sets. */
public final class SparkSamples {
  private static final String NAME = "SparkSamples";

  private SparkSamples() {}

  /**
   * Returns the samples of a data frame for a classifier.
   *
   * @param frame rows with the columns of the network's features
   * @param label the column of the class label
   * @param recipe makes a network with features and class labels, see {@link Network#info()}
   * @return the samples, in the partitions of the frame; a row that cannot be encoded fails the
   *     check before training
   * @throws IllegalArgumentException if the network has no features or labels, or a column is
   *     missing
   */
  public static JavaRDD<Sample> ofLabels(
      org.apache.spark.sql.Dataset<Row> frame, String label, TrainingRecipe recipe) {
    Require.notNull(frame, NAME, "frame");
    Require.notNull(label, NAME, "label");
    return encoded(frame, label, recipe);
  }

  /**
   * Returns the samples of a data frame for a regressor.
   *
   * @param frame rows with the columns of the network's features and targets
   * @param recipe makes a network with features and targets, see {@link Network#info()}
   * @return the samples, in the partitions of the frame; a row that cannot be encoded fails the
   *     check before training
   * @throws IllegalArgumentException if the network has no features or targets, or a column is
   *     missing
   */
  public static JavaRDD<Sample> ofTargets(
      org.apache.spark.sql.Dataset<Row> frame, TrainingRecipe recipe) {
    Require.notNull(frame, NAME, "frame");
    return encoded(frame, "", recipe);
  }

  private static JavaRDD<Sample> encoded(
      org.apache.spark.sql.Dataset<Row> frame, String label, TrainingRecipe recipe) {
    Require.notNull(recipe, NAME, "recipe");
    try (Network network = recipe.builder().buildWorker().network()) {
      new RowEncoder(network, label).requireColumns(List.of(frame.columns()));
    }
    return frame.toJavaRDD().mapPartitions(rows -> encode(rows, label, recipe));
  }

  private static Iterator<Sample> encode(Iterator<Row> rows, String label, TrainingRecipe recipe) {
    RowEncoder encoder;
    try (Network network = recipe.builder().buildWorker().network()) {
      encoder = new RowEncoder(network, label);
    }
    return mapped(rows, encoder::encode);
  }

  /**
   * Returns the samples of a data set that the executors load, such as IDX or CSV files of a shared
   * folder. Partition p has the p-th of equal parts, in order.
   *
   * @param context the connection to the cluster
   * @param partitions their number, at least 1
   * @param data loads the data set, without weights, on an executor
   * @return the samples
   * @throws IllegalArgumentException if the number of partitions is below 1
   */
  public static JavaRDD<Sample> of(
      JavaSparkContext context, int partitions, Function0<Dataset> data) {
    Require.notNull(context, NAME, "context");
    Require.notNull(data, NAME, "data");
    Require.atLeastOne(partitions, NAME, "number of partitions");
    List<Integer> numbers = IntStream.range(0, partitions).boxed().toList();
    return context
        .parallelize(numbers, partitions)
        .flatMap(number -> part(data.call(), number, partitions));
  }

  private static Iterator<Sample> part(Dataset data, int number, int partitions) {
    Require.that(
        !data.isWeighted(), NAME, "samples without weights", data, "use classWeights(...)");
    int from = (int) ((long) number * data.size() / partitions);
    int to = (int) ((number + 1L) * data.size() / partitions);
    if (from == to) {
      return Collections.emptyIterator();
    }
    Dataset part = data.subset(IntStream.range(from, to).toArray());
    Iterator<Batch> rows = Batches.inOrder(part, 1, DataType.DOUBLE).evaluation().iterator();
    return mapped(rows, SparkSamples::sample);
  }

  private static Sample sample(Batch row) {
    return Sample.of(row.inputs().dup().data().asDouble(), row.targets().dup().data().asDouble());
  }

  private static <T> Iterator<Sample> mapped(Iterator<T> rows, Function<T, Sample> function) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .map(function)
        .iterator();
  }
}
