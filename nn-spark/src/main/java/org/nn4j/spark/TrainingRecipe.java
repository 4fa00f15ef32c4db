package org.nn4j.spark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.train.TrainerBuilder;

/**
 * Recipe of a trainer, which each process calls: the driver for the trainer and the executors for
 * their workers. Usually a lambda:
 *
 * <pre>{@code
 * TrainingRecipe recipe =
 *     () ->
 *         Trainer.builder(Network.builder(784).dense(128, relu()).dense(10, softmax()).build())
 *             .loss(crossEntropy())
 *             .optimizer(adam(0.001))
 *             .batchSize(32);
 * }</pre>
 *
 * <p>Spark serializes the lambda with what it captures, such as numbers, strings or the bytes of a
 * model file.
 */
@FunctionalInterface
public interface TrainingRecipe extends Serializable {
  /**
   * Returns a builder with a new network, a new optimizer, and the settings of workers. Add epochs,
   * validation data and listeners to the builder of the driver.
   *
   * @return a new builder with the same settings at each call
   */
  TrainerBuilder builder();

  /**
   * Returns a recipe whose network is that of a model file, with its values and {@link
   * Network#info()}. The file is read once, by the driver. For a network with layers or activations
   * of your own, write a recipe that loads it with your registry, and call {@link
   * TrainerBuilder#registry}.
   *
   * @param model a file of {@link ModelFiles}, or a checkpoint
   * @param settings sets the loss, the optimizer and the rest
   * @return a recipe
   * @throws org.nn4j.io.ModelFormatException if the file is not a model
   * @throws IOException if it cannot be read
   */
  static TrainingRecipe of(Path model, OfNetwork settings) throws IOException {
    Require.notNull(model, "TrainingRecipe.of", "model");
    Require.notNull(settings, "TrainingRecipe.of", "settings");
    ModelFiles.load(model).close();
    byte[] bytes = Files.readAllBytes(model);
    return () -> settings.builder(load(bytes));
  }

  private static Network load(byte[] bytes) {
    try {
      return ModelFiles.load(new ByteArrayInputStream(bytes), ModelRegistry.standard());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of a trainer for a network. Spark serializes it. */
  @FunctionalInterface
  interface OfNetwork extends Serializable {
    /**
     * Returns a builder of a trainer of the network.
     *
     * @param network a new network
     * @return a new builder with the same settings at each call
     */
    TrainerBuilder builder(Network network);
  }
}
