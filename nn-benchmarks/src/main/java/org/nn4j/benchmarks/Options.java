package org.nn4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nn4j.Activation;
import org.nn4j.Loss;
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
 * Time of a step of {@link Workload#W1} with another activation, layer, loss or optimizer, or with
 * additional work: a Markdown table of the fastest epoch of each, on random images. The epochs
 * alternate, so that a busy moment of the machine slows all of them.
 *
 * <p>The rate is 0.01. At that of W1, units saturate on images that cannot be learned, and
 * gradients below the smallest normal number slow down every operation.
 */
public final class Options {
  private static final int HIDDEN = 40;
  private static final double RATE = 0.01;
  private static final double[] CLASS_WEIGHTS = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2};

  private Options() {}

  /**
   * One row of the table.
   *
   * @param name the difference from W1
   * @param network to train
   * @param training changes the trainer
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
        softmax("softmax, cross-entropy", Losses.crossEntropy()),
        softmax("the same, label smoothing", Losses.crossEntropy().withLabelSmoothing(0.1)),
        softmax("the same, class weights", Losses.crossEntropy().withClassWeights(CLASS_WEIGHTS)),
        Option.ofTraining("momentum", t -> t.optimizer(Optimizers.momentum(RATE, 0.9))),
        Option.ofTraining("Adam", t -> t.optimizer(Optimizers.adam())),
        Option.ofTraining("AdamW", t -> t.optimizer(Optimizers.adamW())),
        Option.ofTraining("L1", t -> t.penalty(Penalties.l1(1e-6))),
        Option.ofTraining("L2", t -> t.penalty(Penalties.l2(1e-6))),
        Option.ofTraining("clipping by norm", t -> t.clipping(GradientClipping.byNorm(5))),
        Option.ofTraining("clipping by value", t -> t.clipping(GradientClipping.byValue(5))),
        Option.ofTraining("training accuracy", t -> t.trainingMetric(Metrics.accuracy())));
  }

  private static TrainerBuilder training(Network network) {
    return Workload.W1.training(network).optimizer(Optimizers.sgd(RATE));
  }

  private static Option softmax(String name, Loss loss) {
    Network network =
        Network.builder(MadeDigits.PIXELS)
            .dense(HIDDEN, Activations.sigmoid())
            .dense(MadeDigits.CLASSES, Activations.softmax())
            .build();
    return new Option(name, network, t -> t.loss(loss));
  }

  /**
   * Trains and prints.
   *
   * @param args the number of epochs of each, 12 if there is none
   */
  public static void main(String[] args) {
    System.out.print(table(30_000, args.length > 0 ? Integer.parseInt(args[0]) : 12));
  }

  /** Prints the table, of epochs of some images. */
  static String table(int images, int epochs) {
    Dataset data = MadeDigits.dataset(images);
    List<Option> options = all();
    List<Trainer> trainers =
        options.stream().map(o -> o.training.apply(training(o.network)).epochs(1).build()).toList();
    double[] micros = new double[options.size()];
    Arrays.fill(micros, Double.MAX_VALUE);
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i = 0; i < micros.length; i++) {
        EpochResult result = trainers.get(i).fit(data).epochs().get(0);
        micros[i] = Math.min(micros[i], result.seconds() * 1e6 / result.steps());
      }
    }
    StringBuilder table = new StringBuilder("| W1 with | µs a step | ratio |\n");
    table.append("| --- | ---: | ---: |\n");
    for (int i = 0; i < micros.length; i++) {
      String name = options.get(i).name;
      table.append(
          String.format(
              Locale.ROOT, "| %s | %.1f | %.2f |%n", name, micros[i], micros[i] / micros[0]));
    }
    return table.toString();
  }
}
