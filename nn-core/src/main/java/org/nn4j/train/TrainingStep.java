package org.nn4j.train;

import java.util.Iterator;
import org.nn4j.Optimizer;
import org.nn4j.data.batch.Batch;
import org.nn4j.internal.Checks;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;

/** Step of a trainer: gradient, regularization, and the rule of the optimizer. */
final class TrainingStep {
  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final Regularization regularization;
  private final GradientAccumulation accumulation;
  private final TrainingMetrics metrics;
  private final DivergenceCheck check;
  private double loss;
  private int samples;

  TrainingStep(TrainingSettings settings, Run run) {
    this.network = settings.network();
    this.objective = run.objective();
    this.optimizer = settings.optimizer();
    this.regularization = settings.regularization();
    this.accumulation = new GradientAccumulation(settings.microBatches());
    this.metrics = run.metrics();
    this.check = new DivergenceCheck(network, optimizer, run.position());
  }

  /** Takes one step, on a batch or on several as if they were one. */
  void take(Iterator<Batch> batches) {
    double lossSum = 0;
    samples = 0;
    double penalty = regularization.penalty(network.parameters());

    network.zeroGrad();
    for (int i = 0; i < accumulation.microBatches() && batches.hasNext(); i++) {
      Batch batch = Checks.returned(batches.next(), "Trainer", "a batch from the source");
      double ofBatch = objective.forward(batch);
      check.loss(ofBatch + penalty, batch);
      metrics.update(batch.targets());
      objective.backward(accumulation.weight(batch.size()));
      lossSum += ofBatch * batch.size();
      samples += batch.size();
    }
    accumulation.average(network.parameters(), samples);
    regularization.apply(network.parameters());
    optimizer.step(network.parameters());
    loss = lossSum / samples + penalty;
  }

  /** Takes one step along the mean gradient of workers, which the network contains. */
  void take(DataParallel.Round gradient) {
    loss = gradient.loss() + regularization.penalty(network.parameters());
    samples = gradient.samples();
    check.loss(loss);
    WorkerStatistics.fromGradients(network.parameters());
    regularization.apply(network.parameters());
    optimizer.step(network.parameters());
  }

  /** Returns the mean loss of the samples of the last step, penalties included. */
  double loss() {
    return loss;
  }

  /** Returns the number of samples of the last step. */
  int samples() {
    return samples;
  }
}
