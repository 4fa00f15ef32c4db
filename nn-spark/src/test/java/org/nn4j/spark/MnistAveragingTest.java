package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.nn4j.data.Dataset;
import org.nn4j.train.Trainer;

class MnistAveragingTest {
  @Test
  @EnabledIfEnvironmentVariable(named = "MNIST_DIR", matches = ".+")
  void averagedWorkersLearnDigits() throws IOException {
    Path folder = Path.of(System.getenv("MNIST_DIR"));
    Dataset test = TrainingAccuracy.load(folder, "t10k");
    Dataset training = TrainingAccuracy.load(folder, "train").take(6000);
    TrainingRecipe recipe = TrainingAccuracy.recipe(1, 0.001);
    Trainer trainer = recipe.builder().epochs(3).build();

    trainer.fit(
        new LocalWorkers(
            LocalWorkers.parts(TrainingAccuracy.samples(training), 3000, 3000), recipe, 20));

    assertThat(TrainingAccuracy.percent(trainer.network(), test)).isGreaterThan(85);
  }
}
