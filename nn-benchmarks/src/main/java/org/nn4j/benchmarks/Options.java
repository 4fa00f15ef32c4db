package org.nn4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.Penalties;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/**
 * What a step of {@link Workload#W1} costs with another activation, layer, loss, optimizer, or with
 * something that is done beside it: a Markdown table of the fastest epoch of each, on made images.
 */
public final class Options {
  private static final int HIDDEN = 40;

  private Options() {}

  /**
   * One row of the table.
   *
   * @param name what differs
   * @param network to train
   * @param training what differs in training
   */
  private record Option(String name, Network network, UnaryOperator<TrainerBuilder> training) {
    static Option ofNetwork(String name, Network network) {
      return new Option(name, network, builder -> builder);
    }

    static Option ofTraining(String name, UnaryOperator<TrainerBuilder> training) {
      return new Option(name, Workload.W1.network(1), training);
    }

    static Option ofActivation(Activation activation) {
      return ofNetwork(activation.toString(), classifier(activation, layers -> layers));
    }
  }

  private static Network classifier(Activation activation, UnaryOperator<NetworkBuilder> between) {
    return between
        .apply(Network.builder(MadeDigits.PIXELS).dense(HIDDEN, activation))
        .dense(MadeDigits.CLASSES, Activations.sigmoid())
        .build();
  }

  private static List<Option> all() {
    Activation relu = Activations.relu();
    return List.of(
        Option.ofNetwork("W1 as it is: sigmoid, squared error, SGD", Workload.W1.network(1)),
        Option.ofActivation(Activations.tanh()),
        Option.ofActivation(relu),
        Option.ofActivation(Activations.leakyRelu()),
        Option.ofActivation(Activations.elu()),
        Option.ofActivation(Activations.gelu()),
        Option.ofActivation(Activations.silu()),
        Option.ofActivation(Activations.softplus()),
        Option.ofNetwork("relu, dropout", classifier(relu, layers -> layers.dropout(0.2))),
        Option.ofNetwork(
            "relu, batch normalization", classifier(relu, NetworkBuilder::batchNormalization)),
        Option.ofNetwork(
            "relu, layer normalization", classifier(relu, NetworkBuilder::layerNormalization)),
        Option.ofTraining("absolute error", t -> t.loss(Losses.meanAbsoluteError())),
        Option.ofTraining("Huber loss", t -> t.loss(Losses.huber())),
        Option.ofTraining("binary cross-entropy", t -> t.loss(Losses.binaryCrossEntropy())),
        Option.ofTraining("momentum", t -> t.optimizer(Optimizers.momentum(0.01, 0.9))),
        Option.ofTraining("Adam", t -> t.optimizer(Optimizers.adam())),
        Option.ofTraining("L1", t -> t.penalty(Penalties.l1(1e-6))),
        Option.ofTraining("L2", t -> t.penalty(Penalties.l2(1e-6))),
        Option.ofTraining("clipping by norm", t -> t.clipping(GradientClipping.byNorm(5))),
        Option.ofTraining("clipping by value", t -> t.clipping(GradientClipping.byValue(5))),
        Option.ofTraining("training accuracy", t -> t.trainingMetric(Metrics.accuracy())));
  }

  /**
   * Trains and prints.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.print(table(30_000, 6));
  }

  /** The table, of epochs of some images. */
  static String table(int images, int epochs) {
    Dataset data = MadeDigits.dataset(images);
    int steps = Math.max(1, images / Workload.W1.batchSize());
    micros(all().get(0), data, epochs, steps); // warms up what all share
    StringBuilder table = new StringBuilder("| W1 with | µs a step |\n| --- | ---: |\n");
    for (Option option : all()) {
      double micros = micros(option, data, epochs, steps);
      table.append(String.format(Locale.ROOT, "| %s | %.0f |%n", option.name, micros));
    }
    return table.toString();
  }

  private static double micros(Option option, Dataset data, int epochs, int steps) {
    Trainer trainer =
        option.training.apply(Workload.W1.training(option.network)).epochs(epochs).build();
    double fastest =
        trainer.fit(data).epochs().stream().mapToDouble(EpochResult::seconds).min().orElseThrow();
    return fastest * 1e6 / steps;
  }
}
