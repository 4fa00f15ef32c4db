package org.nn4j.arrays;

import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Average;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.metric.Predictions;

/** Entries of losses, metrics and predictions. */
final class LossEntries extends ArrayEntries {
  LossEntries(DataType type, long[] shape) {
    super(type, shape);
  }

  @Override
  void addAll() {
    if (shape.length == 2) {
      ofLosses();
      ofMetrics();
      ofPredictions();
    }
  }

  private void ofLosses() {
    INDArray classes = oneHot(shape);
    for (Loss loss :
        List.of(
            squaredError(),
            crossEntropy(),
            crossEntropy().withLabelSmoothing(TENTH),
            Losses.softmaxCrossEntropy(),
            Losses.meanAbsoluteError(),
            Losses.huber(),
            Losses.binaryCrossEntropy(),
            Losses.sigmoidBinaryCrossEntropy())) {
      String compute =
          loss.getClass().getSimpleName() + ".compute(INDArray,INDArray,INDArray,INDArray)";
      add(compute, x -> computed(loss, x, classes));
      add(compute, x -> computed(loss, other, x));
      addWriting(compute, x -> a(() -> loss.compute(other, classes, empty(shape[0]), x), x));
      add(
          loss.getClass().getSimpleName() + ".requireTargets(INDArray)",
          x -> {
            loss.requireTargets(x);
            return 1;
          });
      String forward = "Loss.forward(INDArray,INDArray,Pass)";
      add(forward, x -> forward(loss, x, classes, null));
      add(forward, x -> forward(loss, other, x, null));
      add("Loss.perSample(INDArray,INDArray)", x -> loss.perSample(x, classes));
      add("Loss.perSample(INDArray,INDArray)", x -> loss.perSample(other, x));
      if (shape[1] == 1) {
        INDArray predictions = probabilities(1, shape[0], 2);
        INDArray pairs = oneHot(shape[0], 2);
        add(
            "Loss.forward(INDArray,INDArray,INDArray,Pass)",
            x -> forward(loss, predictions, pairs, x));
      }
    }
  }

  private Object computed(Loss loss, INDArray predictions, INDArray targets) {
    INDArray perSample = empty(shape[0]);
    INDArray gradient = empty(shape);
    loss.compute(predictions, targets, perSample, gradient);
    return List.of(perSample, gradient);
  }

  private static Object forward(Loss loss, INDArray p, INDArray y, INDArray weights) {
    Pass pass = Pass.training();
    return List.of(loss.forward(p, y, weights, pass), loss.backward(pass));
  }

  private void ofMetrics() {
    INDArray classes = oneHot(shape);
    for (Supplier<Metric> maker :
        List.<Supplier<Metric>>of(
            Metrics::accuracy,
            () -> Metrics.topKAccuracy(2),
            () -> Metrics.confusionMatrix((int) Math.max(2, shape[1])),
            Metrics::mae,
            Metrics::mse,
            Metrics::rSquared,
            () -> Metrics.toleranceAccuracy(TENTH),
            Metrics::hammingLoss,
            () -> Metrics.f1Score(Average.MACRO),
            () -> Metrics.rocAuc(Average.MACRO),
            Metrics::calibrationError,
            Metrics::thresholds,
            Metrics::mcc,
            Metrics::mape)) {
      String update = maker.get().getClass().getSimpleName() + ".update(INDArray,INDArray)";
      add(update, x -> measured(maker.get(), x, classes));
      add(update, x -> measured(maker.get(), other, x));
    }
  }

  private static Object measured(Metric metric, INDArray predictions, INDArray targets) {
    metric.update(predictions, targets);
    return (Supplier<Object>) metric::value;
  }

  private void ofPredictions() {
    int classes = (int) shape[1];
    add("Predictions.classIndices(INDArray)", Predictions::classIndices);
    add("Predictions.oneHot(INDArray)", Predictions::oneHot);
    add(
        "Predictions.topK(INDArray,int)",
        x ->
            Predictions.topK(x, classes).stream()
                .map(
                    row ->
                        row.stream()
                            .map(c -> (Object) List.of(c.index(), c.probability()))
                            .toList())
                .toList());
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    add(
        "Predictions.withLabels(INDArray,List)",
        x ->
            Predictions.withLabels(x, names).stream()
                .map(c -> (Object) List.of(Double.valueOf(c.label()), c.probability()))
                .toList());
  }
}
