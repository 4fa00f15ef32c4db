package org.nn4j.train;

import static java.util.Objects.requireNonNull;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.train.TrainerTest.quadrants;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.train.listener.PlateauListener;

/**
 * A run with all that must survive its end: dropout, batch normalization, micro-batches, a split, a
 * plateau and early stopping. 12 steps an epoch, the last of them partial.
 */
final class ResumableRun {
  /** An epoch has 200 samples less a fifth, in steps of 14. */
  static final int STEPS_IN_EPOCH = 12;

  private static final Dataset DATA = quadrants(1, 200);

  final Network network =
      Network.builder(2)
          .dense(12, relu())
          .batchNormalization()
          .dropout(0.3)
          .dense(4, softmax())
          .seed(1)
          .build();
  final Trainer trainer;

  ResumableRun(String optimizer, TrainingListener... listeners) {
    this(requireNonNull(optimizers().get(optimizer)), listeners);
  }

  private ResumableRun(Function<Schedule, Optimizer> optimizer, TrainingListener... listeners) {
    ReduceOnPlateau plateau = Schedules.reduceOnPlateau(0.5, 0.5, 0, 0, 1e-3);
    TrainerBuilder builder =
        Trainer.builder(network)
            .loss(crossEntropy())
            .optimizer(optimizer.apply(plateau))
            .penalty(Penalties.l2(1e-4))
            .clipping(GradientClipping.byNorm(1))
            .batchSize(7)
            .accumulate(2)
            .epochs(6)
            .seed(2)
            .stratifiedValidationSplit(0.2)
            .metric(accuracy());
    for (TrainingListener listener : listeners) {
      builder.listener(listener);
    }
    trainer =
        builder
            .listener(PlateauListener.of(plateau))
            .listener(EarlyStopping.after(2).watching(Monitor.highest(accuracy())))
            .build();
  }

  static Map<String, Function<Schedule, Optimizer>> optimizers() {
    Map<String, Function<Schedule, Optimizer>> all = new LinkedHashMap<>();
    all.put("sgd", Optimizers::sgd);
    all.put("momentum", rate -> Optimizers.momentum(rate, 0.9));
    all.put("nesterov", rate -> Optimizers.nesterov(rate, 0.9));
    all.put("adagrad", Optimizers::adagrad);
    all.put("rmsProp", Optimizers::rmsProp);
    all.put("adadelta", Optimizers::adadelta);
    all.put("adam", Optimizers::adam);
    all.put("adamW", Optimizers::adamW);
    all.put("nadam", Optimizers::nadam);
    return all;
  }

  History fit() {
    return trainer.fit(DATA);
  }

  double[] parameters() {
    return Near.doubles(network.parameters().values());
  }
}
