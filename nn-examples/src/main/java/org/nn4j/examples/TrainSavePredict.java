package org.nn4j.examples;

import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.examples.cli.Digits;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Predictions;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

/**
 * A small interface of your own around the library, in three calls: train and save, predict from
 * the file, evaluate the file. Expect about 85 % of 2,000 generated digits after training on
 * 10,000.
 */
public final class TrainSavePredict {
  private static final String NAME = "TrainSavePredict";

  private static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "sigmoid", Activations.sigmoid(),
          "tanh", Activations.tanh(),
          "relu", Activations.relu(),
          "softmax", Activations.softmax());

  private static final Map<String, Loss> LOSSES =
      Map.of("mean_squared", Losses.squaredError(), "cross_entropy", Losses.crossEntropy());

  private final Network network;
  private final Loss loss;

  /**
   * A network before training.
   *
   * @param sizes the number of inputs, and of units of each layer: {@code 784, 32, 10}
   * @param activations one for each layer: {@code sigmoid}, {@code tanh}, {@code relu} or {@code
   *     softmax}
   * @param loss {@code mean_squared}, or {@code cross_entropy}, which requires softmax in the last
   *     layer
   * @throws IllegalArgumentException if a name is unknown, or the lengths of the lists do not agree
   */
  public TrainSavePredict(List<Integer> sizes, List<String> activations, String loss) {
    Require.that(
        !activations.isEmpty() && sizes.size() == activations.size() + 1,
        NAME,
        "one or more layers, and one size more than activations",
        sizes + " and " + activations,
        "pass the number of inputs, and a size and an activation for each layer");
    NetworkBuilder builder = Network.builder(sizes.get(0));
    for (int i = 0; i < activations.size(); i++) {
      builder.dense(sizes.get(i + 1), named(activations.get(i), ACTIVATIONS));
    }
    this.network = builder.seed(1).build();
    this.loss = named(loss, LOSSES);
    String last = activations.get(activations.size() - 1);
    Require.that(
        !loss.equals("cross_entropy") || last.equals("softmax"),
        NAME,
        "softmax before cross_entropy",
        last,
        "end in softmax, or use mean_squared");
  }

  /**
   * Trains by gradient descent, and saves the network.
   *
   * @param batchSize samples in a batch
   * @param inputs {@code [N, sizes[0]]}
   * @param labels one-hot rows {@code [N, classes]}
   * @param epochs passes over the samples
   * @param rate the learning rate
   * @param file where to save the network
   * @throws IOException if it cannot be saved
   */
  public void train(
      int batchSize, INDArray inputs, INDArray labels, int epochs, double rate, Path file)
      throws IOException {
    Trainer.builder(network)
        .loss(loss)
        .optimizer(sgd(rate))
        .batchSize(batchSize)
        .epochs(epochs)
        .build()
        .fit(Dataset.of(inputs, labels));
    ModelFiles.save(network, file);
  }

  /**
   * Predicts with a saved network.
   *
   * @param file the network
   * @param input one sample {@code [sizes[0]]}, or a batch {@code [B, sizes[0]]}
   * @return 1 at the class and 0 elsewhere, {@code [classes]} or {@code [B, classes]}
   * @throws IOException if the file cannot be read
   */
  public static INDArray predict(Path file, INDArray input) throws IOException {
    Network network = ModelFiles.load(file);
    INDArray batch = input.rank() == 1 ? input.reshape(1, input.length()) : input;
    INDArray oneHot = Predictions.oneHot(network.predict(batch.castTo(network.dataType())));
    return input.rank() == 1 ? oneHot.reshape(oneHot.length()) : oneHot;
  }

  /**
   * Evaluates a saved network.
   *
   * @param file the network
   * @param inputs {@code [N, sizes[0]]}
   * @param labels one-hot rows {@code [N, classes]}
   * @return the percentage of correct predictions, {@code correct * 100 / total}
   * @throws IOException if the file cannot be read
   */
  public static double accuracy(Path file, INDArray inputs, INDArray labels) throws IOException {
    int[] predicted = Predictions.classIndices(predict(file, inputs));
    int[] right = Predictions.classIndices(labels);
    int correct = 0;
    for (int i = 0; i < right.length; i++) {
      correct += predicted[i] == right[i] ? 1 : 0;
    }
    return correct * 100.0 / right.length;
  }

  private static <T> T named(String name, Map<String, T> choices) {
    T choice = choices.get(name);
    if (choice == null) {
      String names = String.join(", ", new TreeSet<>(choices.keySet()));
      throw new IllegalArgumentException(
          Require.message(NAME, "one of " + names, name, "use one of these names"));
    }
    return choice;
  }

  /**
   * Trains, saves, predicts and evaluates.
   *
   * @param args none
   * @throws IOException if the file cannot be written or read
   */
  public static void main(String[] args) throws IOException {
    Batch train = Digits.arrays(10_000, 1);
    Batch test = Digits.arrays(2_000, 2);
    Path file = Files.createTempFile("train-save-predict", ".safetensors");
    try {
      trainAndMeasure(file, train, test);
    } finally {
      Files.delete(file); // use a permanent file in your program
    }
  }

  private static void trainAndMeasure(Path file, Batch train, Batch test) throws IOException {
    new TrainSavePredict(List.of(784, 32, 10), List.of("relu", "softmax"), "cross_entropy")
        .train(10, train.inputs(), train.targets(), 5, 0.1, file);
    System.out.println("saved " + file);
    INDArray seven = predict(file, test.inputs().getRow(7));
    System.out.println("a 7 is classified as " + Arrays.toString(seven.toIntVector()));
    System.out.printf(
        Locale.ROOT, "accuracy: %.2f %%%n", accuracy(file, test.inputs(), test.targets()));
  }
}
