package org.nn4j.persistence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.data.feature.CategoryFeature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.NumberFeature;
import org.nn4j.data.feature.NumberFeature.Bounds;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.data.feature.UnknownCategory;
import org.nn4j.estimator.Regressor;
import org.nn4j.internal.PassMemory;
import org.nn4j.io.Safetensors;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;

/**
 * One file of each released format stays here and has to load for ever. {@link #main} made the file
 * of the newest format and printed its predictions; a file that is released is never made again.
 */
class FormatFilesTest {
  /** What the network of format 1 predicted when it was saved. */
  private static final double[][] FORMAT_1 = {
    {0.3985111094585897, 0.39987394674069976, 0.20161494380071063},
    {0.39024131589442707, 0.39366704276155573, 0.21609164134401732}
  };

  /** What the regressor of format 2 predicted when it was saved. */
  private static final double FORMAT_2 = 10.224623735593983;

  private static final Features FEATURES =
      Features.of(
          List.of(
              new NumberFeature("n", new Bounds(1, 5), 2, 0.5, OptionalDouble.of(4), true),
              new BooleanFeature("t", OptionalDouble.empty(), false),
              new CategoryFeature("c", List.of("a", "b"), UnknownCategory.ZEROS)));

  private static final List<TargetColumn> TARGETS = List.of(new TargetColumn("y", 10, 2));

  private static INDArray inputs() {
    double[] numbers = new double[12];
    Arrays.setAll(numbers, i -> Math.sin(i + 1));
    return Nd4j.createFromArray(numbers).reshape('c', 2, 2, 3);
  }

  @Test
  void format1IsRead() throws IOException {
    try (InputStream in = resource("format-1.safetensors")) {
      Network network = ModelFiles.load(in, Pieces.REGISTRY);
      assertNear(network.predict(inputs()), Nd4j.createFromArray(FORMAT_1), 1e-12);
      assertThat(network.info().classLabels()).containsExactly("a", "b", "c");
      assertThat(network.info().inputScaling()).contains(InputScaling.divideBy(255));
      assertThat(network.info().notes()).containsEntry("title", "every layer");
      assertThat(network.layers().get(5).parameters()).allMatch(Parameter::isFrozen);
    }
  }

  @Test
  void aCheckpointOfFormat1IsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("checkpoint");
    try (InputStream in = resource("format-1-checkpoint.safetensors")) {
      Files.copy(in, file);
    }
    Checkpoint checkpoint = Checkpoint.load(file);
    assertThat(checkpoint.progress()).isEqualTo(new Progress(3, 1, 21, 0.1, 8));
    assertThat(checkpoint.notes()).containsEntry("order", "seed 5");
    assertThat(doubles(requireNonNull(checkpoint.tensors().get("best")))).containsExactly(1, 2);
    assertThat(checkpoint.optimizer().steps()).isEqualTo(1);
    Network network = Pieces.everyLayer(DOUBLE);
    checkpoint.restore(network, Optimizers.adam());
    assertNear(network.predict(inputs()), Nd4j.createFromArray(FORMAT_1), 1e-12);
    assertThat(PassMemory.of(network.trainingPass()).states()).hasSize(1);
  }

  @Test
  void format2IsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("regressor");
    try (InputStream in = resource("format-2.safetensors")) {
      Files.copy(in, file);
    }
    Regressor regressor = Regressor.load(file);
    assertThat(regressor.features().orElseThrow()).isEqualTo(FEATURES);
    assertThat(regressor.targets()).isEqualTo(TARGETS);
    assertThat(regressor.predict(List.of("3", "no", "b")).value())
        .isCloseTo(FORMAT_2, within(1e-12));
  }

  /** What older versions of the library can read is written so that they can. */
  @Test
  void aFileHasTheOldestFormatThatHoldsIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model");
    Network network = Network.builder(4).dense(1).build();
    network.setInfo(ModelInfo.none().withInputScaling(InputScaling.divideBy(2)));
    ModelFiles.save(network, file);
    assertThat(Safetensors.read(file).metadata()).containsEntry("format_version", "1");
    network.setInfo(ModelInfo.none().withTargets(TARGETS));
    ModelFiles.save(network, file);
    assertThat(Safetensors.read(file).metadata()).containsEntry("format_version", "2");
  }

  private static InputStream resource(String name) {
    return requireNonNull(FormatFilesTest.class.getResourceAsStream(name), name);
  }

  /**
   * Writes the files of the newest format.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Network network = Pieces.everyLayer(DOUBLE);
    network.layers().get(5).freeze(true);
    network.setInfo(
        ModelInfo.none()
            .withClassLabels("a", "b", "c")
            .withInputScaling(InputScaling.divideBy(255))
            .withNote("title", "every layer"));
    ModelFiles.save(network, folder.resolve("format-1.safetensors"));
    for (double[] row : network.predict(inputs()).toDoubleMatrix()) {
      System.out.println(Arrays.toString(row));
    }
    Optimizer optimizer = Optimizers.adam();
    INDArray before = network.parameters().values().dup();
    optimizer.step(network.parameters());
    network.parameters().setValues(before);
    Checkpoint.of(network, optimizer, new Progress(3, 1, 21, 0.1, 8))
        .withNote("order", "seed 5")
        .withTensor("best", Nd4j.createFromArray(1.0, 2.0))
        .save(folder.resolve("format-1-checkpoint.safetensors"));
    Network small = Network.builder(5).dense(1).dataType(DOUBLE).seed(1).build();
    Regressor regressor = Regressor.of(small, FEATURES, TARGETS);
    regressor.save(folder.resolve("format-2.safetensors"));
    System.out.println(regressor.predict(List.of("3", "no", "b")).value());
  }
}
