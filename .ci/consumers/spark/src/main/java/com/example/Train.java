package com.example;

import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.nn4j.data.Sample;
import org.nn4j.mnist.ElementType;
import org.nn4j.mnist.Idx;
import org.nn4j.mnist.IdxDataset;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.spark.SparkSamples;
import org.nn4j.spark.SparkTraining;
import org.nn4j.spark.TrainingRecipe;
import org.nn4j.train.Trainer;

/** Writes XOR as IDX files, trains on executors that read them, and saves the model. */
public final class Train {
  private static final int SAMPLES = 2000;

  private Train() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    String images = folder.resolve("images").toString();
    String labels = folder.resolve("labels").toString();
    byte[] pixels = new byte[2 * SAMPLES];
    byte[] classes = new byte[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      pixels[2 * i] = (byte) (i % 2 * 255);
      pixels[2 * i + 1] = (byte) (i / 2 % 2 * 255);
      classes[i] = (byte) (i % 2 ^ i / 2 % 2);
    }
    Idx.ofBytes(ElementType.UBYTE, pixels, SAMPLES, 1, 2).write(Path.of(images));
    Idx.ofBytes(ElementType.UBYTE, classes, SAMPLES).write(Path.of(labels));

    TrainingRecipe recipe =
        () ->
            Trainer.builder(
                    Network.builder(2).dense(8, tanh()).dense(2, softmax()).seed(1).build())
                .loss(crossEntropy())
                .optimizer(sgd(0.5))
                .batchSize(4);
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
      JavaRDD<Sample> samples =
          SparkSamples.of(context, 2, () -> IdxDataset.load(Path.of(images), Path.of(labels)));
      Trainer trainer = recipe.builder().epochs(4).build();
      try (SparkTraining data = SparkTraining.averageEachEpoch(samples, recipe)) {
        trainer.fit(data);
      }
      ModelFiles.save(trainer.network(), folder.resolve("xor.safetensors"));
      double[][] outputs =
          trainer.network().predict(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
      long[] answers = Arrays.stream(outputs).mapToLong(row -> Math.round(row[1])).toArray();
      System.out.println("trained " + Arrays.toString(answers));
    }
  }
}
