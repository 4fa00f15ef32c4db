package org.nn4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.DivergedException;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Batch;
import org.nn4j.data.Batches;
import org.nn4j.data.Dataset;
import org.nn4j.kernel.BlasThreads;
import org.nn4j.kernel.Kernel;
import org.nn4j.metric.Metric;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalty;
import org.nn4j.train.TrainingListener.EpochBegin;
import org.nn4j.train.TrainingListener.StepEnd;

/**
 * The training loop, with listeners, metrics and validation around it.
 *
 * <p>Each epoch goes through the data once, in an order drawn from the seed. The same network,
 * data, settings and seed give the same bits. A second {@link #fit} goes on from where the first
 * ended: the numbers of epochs and steps, and so the orders, continue. Not thread-safe.
 */
public final class Trainer {
  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final int batchSize;
  private final int epochs;
  private final boolean shuffle;
  private final long seed;
  private final @Nullable Dataset validation;
  private final List<Penalty> penalties;
  private final @Nullable GradientClipping clipping;
  private final List<Metric> metrics;
  private final List<TrainingListener> listeners;
  private int epochsDone;
  private long stepsDone;

  Trainer(Network network, Loss loss, Optimizer optimizer, TrainerBuilder settings) {
    this.network = network;
    this.objective = Objective.of(network, loss);
    this.optimizer = optimizer;
    this.batchSize = settings.batchSize;
    this.epochs = settings.epochs;
    this.shuffle = settings.shuffle;
    this.seed = settings.seed;
    this.validation = settings.validation;
    this.penalties = List.copyOf(settings.penalties);
    this.clipping = settings.clipping;
    this.metrics = List.copyOf(settings.metrics);
    this.listeners = List.copyOf(settings.listeners);
    if (validation != null) {
      checkShapes(validation, "validation data");
    }
  }

  /**
   * Starts a trainer.
   *
   * @param network the network to train
   * @return a builder
   */
  public static TrainerBuilder builder(Network network) {
    return new TrainerBuilder(network);
  }

  /**
   * Trains the network.
   *
   * @param data the training data
   * @return the figures of each epoch
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws DivergedException if a loss is not finite (the parameters are those before that step),
   *     or the last step of an epoch made a parameter that is not finite
   */
  public History fit(Dataset data) {
    checkShapes(data, "training data");
    Batches batches =
        shuffle
            ? Batches.shuffled(data, batchSize, network.dataType(), seed)
            : Batches.inOrder(data, batchSize, network.dataType());
    List<EpochEnd> history = new ArrayList<>();
    int lastEpoch = epochsDone + epochs;
    while (epochsDone < lastEpoch) {
      int epoch = epochsDone + 1;
      EpochBegin begin = new EpochBegin(epoch, lastEpoch, batches.perEpoch());
      listeners.forEach(listener -> listener.onEpochBegin(begin));

      long start = System.nanoTime();
      double lossSum = BlasThreads.during(largestProduct(), () -> trainEpoch(epoch, batches));
      double loss = lossSum / data.size();
      checkFinite(Kernel.sum(network.parameters().values()), epoch);
      double seconds = (System.nanoTime() - start) / 1e9;
      epochsDone = epoch;

      EpochEnd end = new EpochEnd(epoch, loss, seconds, data.size() / seconds, validate());
      history.add(end);
      listeners.forEach(listener -> listener.onEpochEnd(end));
    }
    return new History(history);
  }

  /** One epoch of the loop that all training is; gives the sum of the losses of all samples. */
  private double trainEpoch(int epoch, Batches data) {
    Network model = objective.network();
    Loss lossFunction = objective.loss();
    Pass pass = model.trainingPass();
    double lossSum = 0;
    try (Batches.Ahead batches = data.ahead(epoch)) {
      for (Batch batch : batches) {
        model.parameters().zeroGradLater();
        INDArray output = model.forward(batch.inputs());
        double loss = lossFunction.forward(output, batch.targets(), pass) + penalty();
        checkFinite(loss, epoch);
        model.backwardParameters(lossFunction.backward(pass), pass);
        regularise();
        optimizer.step(model.parameters());

        stepsDone++;
        lossSum += loss * batch.size();
        if (!listeners.isEmpty()) {
          StepEnd end = new StepEnd(epoch, stepsDone, loss, batch.size());
          listeners.forEach(listener -> listener.onStep(end));
        }
      }
    }
    return lossSum;
  }

  private long largestProduct() {
    return batchSize
        * network.parameters().stream()
            .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
            .mapToLong(parameter -> parameter.value().length())
            .max()
            .orElse(0);
  }

  private double penalty() {
    double sum = 0;
    for (Penalty penalty : penalties) {
      sum += penalty.value(network.parameters());
    }
    return sum;
  }

  private void regularise() {
    for (Penalty penalty : penalties) {
      penalty.addGradient(network.parameters());
    }
    if (clipping != null) {
      clipping.clip(network.parameters());
    }
  }

  private void checkFinite(double loss, int epoch) {
    if (!Double.isFinite(loss)) {
      throw new DivergedException(epoch, stepsDone + 1, loss, optimizer.learningRate());
    }
  }

  private Map<String, Double> validate() {
    return validation == null ? Map.of() : evaluate(validation);
  }

  /**
   * Measures the network on data that it is not trained on.
   *
   * @param data the data
   * @return the mean loss under {@code "loss"}, and each metric under its name
   * @throws ShapeMismatchException if the data does not fit the network
   */
  public Map<String, Double> evaluate(Dataset data) {
    checkShapes(data, "evaluation data");
    return new Evaluator(objective, data, metrics).evaluate();
  }

  private void checkShapes(Dataset data, String name) {
    checkShape(name + ", inputs", network.inputShape(), data.inputShape());
    checkShape(name + ", targets", network.outputShape(), data.targetShape());
  }

  private static void checkShape(String who, Shape expected, Shape found) {
    if (!expected.equals(found)) {
      throw new ShapeMismatchException(
          "Trainer, " + who,
          "samples of the network's shape " + expected,
          found.toString(),
          "reshape the data or build the network for it");
    }
  }
}
