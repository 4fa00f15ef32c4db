package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.data.batch.Batch;
import org.nn4j.examples.cli.Digits;

class TrainSavePredictTest {
  @ParameterizedTest
  @CsvSource({
    "relu, softmax, cross_entropy, 0.1",
    "tanh, softmax, cross_entropy, 0.1",
    "sigmoid, sigmoid, mean_squared, 1"
  })
  void trainsSavesPredictsAndMeasures(
      String hidden, String last, String loss, double rate, @TempDir Path directory)
      throws IOException {
    Batch train = Digits.arrays(1000, 1);
    Batch test = Digits.arrays(200, 2);
    Path file = directory.resolve("model.safetensors");
    new TrainSavePredict(List.of(784, 16, 10), List.of(hidden, last), loss)
        .train(10, train.inputs(), train.targets(), 10, rate, file);
    double accuracy = TrainSavePredict.accuracy(file, test.inputs(), test.targets());
    assertThat(accuracy).isBetween(60.0, 95.0);

    int correct = 0;
    Batch few = Digits.arrays(20, 2);
    for (int i = 0; i < few.size(); i++) {
      INDArray oneHot = TrainSavePredict.predict(file, few.inputs().getRow(i));
      assertThat(oneHot.toIntVector()).hasSize(10).containsOnlyOnce(1).containsOnly(0, 1);
      correct += oneHot.equals(few.targets().getRow(i)) ? 1 : 0;
    }
    assertThat(TrainSavePredict.accuracy(file, few.inputs(), few.targets()))
        .isEqualTo(correct * 100.0 / 20, within(1e-9));
  }

  /** In a folder for temporary files of its own, since other programs write to the common one. */
  @Test
  void leavesNoFileBehind(@TempDir Path directory) throws Exception {
    ProcessBuilder builder =
        ClassifierRun.process(TrainSavePredict.class, List.of("-Djava.io.tmpdir=" + directory));
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".safetensors"));
    }
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    refuses(
        List.of(4, 3),
        List.of("swish"),
        "mean_squared",
        "one of relu, sigmoid, softmax, tanh, found swish; use one of these names");
    refuses(
        List.of(4, 3),
        List.of("relu"),
        "hinge",
        "one of cross_entropy, mean_squared, found hinge; use one of these names");
    refuses(
        List.of(4, 3),
        List.of("relu"),
        "cross_entropy",
        "softmax before cross_entropy, found relu; end in softmax, or use mean_squared");
    refuses(
        List.of(4, 3),
        List.of("relu", "relu"),
        "mean_squared",
        "one or more layers, and one size more than activations, found [4, 3] and [relu, relu];"
            + " pass the number of inputs, and a size and an activation for each layer");
  }

  private static void refuses(
      List<Integer> sizes, List<String> activations, String loss, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainSavePredict(sizes, activations, loss))
        .withMessage("TrainSavePredict: expected " + message);
  }
}
