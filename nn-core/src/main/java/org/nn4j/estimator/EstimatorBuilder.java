package org.nn4j.estimator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.data.csv.CsvColumns;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.csv.CsvSplit;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/**
 * Builder that trains an estimator on a CSV file: it encodes and scales inputs and targets, builds
 * a network and trains it. Defaults: Adam, batches of 32, 50 epochs.
 *
 * <p>Not thread-safe.
 *
 * @param <E> the estimator
 */
public final class EstimatorBuilder<E extends Estimator<?>> {
  private static final int BATCH = 32;
  private static final int EPOCHS = 50;

  private final CsvFormat format;
  private final Path file;
  private final Task<E> task;
  private UnaryOperator<NetworkBuilder> layers = network -> network;
  private UnaryOperator<TrainerBuilder> settings = trainer -> trainer;
  private int epochs = EPOCHS;
  private double validation;
  private long seed;

  /** Difference between a classifier and a regressor. */
  record Task<E>(Activation last, Loss loss, BiFunction<Network, CsvColumns, E> estimator) {}

  EstimatorBuilder(CsvFormat format, Path file, Task<E> task) {
    this.format = Require.notNull(format, "EstimatorBuilder", "format");
    this.file = Require.notNull(file, "EstimatorBuilder", "file");
    this.task = task;
  }

  /**
   * Adds a hidden layer.
   *
   * @param units at least 1
   * @param activation of the layer
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public EstimatorBuilder<E> hidden(int units, Activation activation) {
    Require.atLeastOne(units, "EstimatorBuilder", "number of units");
    Require.notNull(activation, "EstimatorBuilder.hidden", "activation");
    return layers(network -> network.dense(units, activation));
  }

  /**
   * Adds layers of any kind before the last one.
   *
   * <pre>{@code
   * builder.layers(network -> network.dense(64, relu()).dropout(0.2))
   * }</pre>
   *
   * @param more adds layers to the builder of the network
   * @return this builder
   */
  public EstimatorBuilder<E> layers(UnaryOperator<NetworkBuilder> more) {
    Require.notNull(more, "EstimatorBuilder.layers", "more");
    UnaryOperator<NetworkBuilder> before = layers;
    this.layers = network -> more.apply(before.apply(network));
    return this;
  }

  /**
   * Sets the number of epochs.
   *
   * @param number at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public EstimatorBuilder<E> epochs(int number) {
    this.epochs = Require.atLeastOne(number, "EstimatorBuilder", "number of epochs");
    return this;
  }

  /**
   * Sets aside a random part of the rows to validate on after each epoch. Scaling and fill values
   * are learned from the other rows only.
   *
   * @param fraction the part, in (0, 1)
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public EstimatorBuilder<E> validationSplit(double fraction) {
    Require.that(
        fraction > 0 && fraction < 1,
        "EstimatorBuilder",
        "validation fraction in (0, 1)",
        fraction);
    this.validation = fraction;
    return this;
  }

  /**
   * Sets the seed of the weights, the order of samples and the split.
   *
   * @param number any
   * @return this builder
   */
  public EstimatorBuilder<E> seed(long number) {
    this.seed = number;
    return this;
  }

  /**
   * Changes the settings of the trainer: optimizer, batch size, listeners and so on.
   *
   * <pre>{@code
   * builder.trainer(trainer -> trainer.optimizer(adamW(0.003)).listener(EarlyStopping.after(5)))
   * }</pre>
   *
   * @param more changes the builder of the trainer
   * @return this builder
   */
  public EstimatorBuilder<E> trainer(UnaryOperator<TrainerBuilder> more) {
    Require.notNull(more, "EstimatorBuilder.trainer", "more");
    UnaryOperator<TrainerBuilder> before = settings;
    this.settings = trainer -> more.apply(before.apply(trainer));
    return this;
  }

  /**
   * Reads the file, trains, and returns the model.
   *
   * @return a trained estimator
   * @throws org.nn4j.data.csv.CsvFormatException if the file is damaged or does not fit the format
   * @throws org.nn4j.DivergedException if training diverges
   * @throws IOException if the file cannot be read
   */
  public E fit() throws IOException {
    CsvFormat scaled = format.standardized();
    if (validation == 0) {
      CsvColumns columns = scaled.columnsOf(file);
      Network network = network(columns);
      E estimator = task.estimator().apply(network, columns);
      trainer(network).build().fit(columns.read(file));
      return estimator;
    }
    CsvSplit split = scaled.split(file, validation, seed);
    Network network = network(split.columns());
    E estimator = task.estimator().apply(network, split.columns());
    trainer(network).validation(split.data().validation()).build().fit(split.data().training());
    return estimator;
  }

  private Network network(CsvColumns columns) {
    return layers
        .apply(Network.builder(columns.inputShape()))
        .dense(Math.toIntExact(columns.targetShape().size()), task.last())
        .seed(seed)
        .build();
  }

  private TrainerBuilder trainer(Network network) {
    return settings.apply(
        Trainer.builder(network)
            .loss(task.loss())
            .optimizer(Optimizers.adam())
            .batchSize(BATCH)
            .epochs(epochs)
            .seed(seed));
  }
}
