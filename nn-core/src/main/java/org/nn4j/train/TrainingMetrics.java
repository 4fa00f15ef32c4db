package org.nn4j.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Objective;

/**
 * Metrics of the training batches, computed from the outputs of the training steps. Without
 * metrics, nothing is computed.
 */
record TrainingMetrics(List<Metric> metrics, Objective objective) {
  List<String> names() {
    return metrics.stream().map(Metric::name).toList();
  }

  void reset() {
    metrics.forEach(Metric::reset);
  }

  /** Adds the predictions of the last forward. */
  void update(INDArray targets) {
    if (!metrics.isEmpty()) {
      INDArray predictions = objective.predictions();
      metrics.forEach(metric -> metric.update(predictions, targets));
    }
  }

  Evaluation values() {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    return new Evaluation(values);
  }
}
