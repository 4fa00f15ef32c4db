package org.nn4j.spark;

import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.schedule.Schedules.cosine;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.model.Network;
import org.nn4j.optim.Penalties;
import org.nn4j.train.Trainer;

/** Small problem for tests of training. */
final class TrainingSets {
  static final List<Sample> SAMPLES = samples(64);

  /** Everything that a worker has to have the same as the trainer. */
  static final TrainingRecipe RECIPE =
      () ->
          Trainer.builder(
                  Network.builder(3)
                      .dense(5, tanh())
                      .dropout(0.1)
                      .dense(2, softmax())
                      .seed(3)
                      .build())
              .loss(crossEntropy())
              .optimizer(adam(cosine(0.02)))
              .penalty(Penalties.l2(0.001))
              .classWeights(1, 2)
              .batchSize(4)
              .seed(5);

  /** The same without dropout, whose masks depend on the parts. */
  static final TrainingRecipe WITHOUT_DROPOUT =
      () ->
          Trainer.builder(Network.builder(3).dense(5, tanh()).dense(2, softmax()).seed(3).build())
              .loss(crossEntropy())
              .optimizer(adam(cosine(0.02)))
              .penalty(Penalties.l2(0.001))
              .classWeights(1, 2)
              .batchSize(4)
              .seed(5);

  private TrainingSets() {}

  private static List<Sample> samples(int n) {
    SeededRandom random = new SeededRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] x = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      samples.add(Sample.ofLabel(x, x[0] + x[1] > x[2] + 0.5 ? 1 : 0, 2));
    }
    return samples;
  }

  static Dataset dataset() {
    return Dataset.ofSamples(SAMPLES.iterator());
  }

  /** Returns the samples in partitions of these sizes, in order. */
  static JavaRDD<Sample> partitions(int... sizes) {
    List<List<Sample>> parts = LocalWorkers.parts(SAMPLES, sizes);
    List<ArrayList<Sample>> lists = parts.stream().map(ArrayList::new).toList();
    return Cluster.context()
        .parallelize(new ArrayList<>(lists), sizes.length)
        .mapPartitions(
            rows -> {
              List<Sample> all = new ArrayList<>();
              rows.forEachRemaining(all::addAll);
              return all.iterator();
            });
  }

  static float[] values(Trainer trainer) {
    return trainer.network().parameters().values().toFloatVector();
  }
}
