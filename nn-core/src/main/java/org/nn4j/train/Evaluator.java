package org.nn4j.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Pass;
import org.nn4j.data.Batch;
import org.nn4j.data.Batches;
import org.nn4j.data.Dataset;
import org.nn4j.metric.Metric;
import org.nn4j.model.Objective;

/** Measures loss and metrics of a network on a data set, batch by batch. */
final class Evaluator {
  /** Large enough to keep the products busy, small enough for any memory. */
  private static final int BATCH_SIZE = 1000;

  private final Objective objective;
  private final Batches batches;
  private final int samples;
  private final List<Metric> metrics;

  Evaluator(Objective objective, Dataset data, List<Metric> metrics) {
    this.objective = objective;
    this.batches = Batches.inOrder(data, BATCH_SIZE, objective.network().dataType());
    this.samples = data.size();
    this.metrics = metrics;
  }

  Map<String, Double> evaluate() {
    metrics.forEach(Metric::reset);
    double lossSum = 0;
    try (Pass pass = Pass.inference()) {
      for (Batch batch : batches.epoch(0)) {
        INDArray output = objective.network().forward(batch.inputs(), pass);
        lossSum += objective.loss().forward(output, batch.targets(), pass) * batch.size();
        INDArray predictions = objective.toPredictions(output);
        metrics.forEach(metric -> metric.update(predictions, batch.targets()));
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", lossSum / samples);
    metrics.forEach(metric -> figures.put(metric.name(), metric.value()));
    return figures;
  }
}
